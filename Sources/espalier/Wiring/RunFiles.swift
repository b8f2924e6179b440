import Configuration
import FoundationEssentials
import RunFile
import Tree

/// Run files as the commands need them.
enum RunFiles {
  /// The folder of runs that nobody names.
  static let folder = "runs"

  static func newName() -> String {
    var generator = SystemRandomNumberGenerator()
    return RunName(bits: generator.next()).description
  }

  static func create(_ plan: RunPlan, _ settings: Settings) throws -> RunFile {
    let path =
      settings.output.runFile?.value
      ?? RunFile.freshPath(in: folder, name: plan.configuration.name)
    let file = try RunFile.create(
      at: path, configuration: plan.configuration, durability: durability(settings), time: now)
    if settings.isSimulated {
      try? file.remember([latency: "\(settings.search.latency.value)"])
    }
    return file
  }

  /// What remembers by which latency the simulated models play: it is none of what the run is.
  private static let latency = "simulated latency"

  /// The latency that the run was started with, in milliseconds; nil where none was remembered.
  static func latency(of path: String) -> Int? {
    guard let file = try? RunFile.open(path, for: .reading) else { return nil }
    defer { file.close() }
    return (try? file.memory()[latency]).flatMap { Int($0) }
  }

  /// Opens a run to go on with it. It is read whole before: a prompt that was lost to damage must not
  /// be sent as an empty one. A spare copy that is damaged is made anew.
  static func open(_ path: String, _ settings: Settings) throws -> RunFile {
    if RunFile.writer(of: path) == nil,
      let damage = try RunFile.check(path).damage.first(where: { $0 != .spare })
    {
      throw RunFileError.damaged(path: path, damage)
    }
    return try RunFile.open(path, for: .writing(durability(settings)))
  }

  /// What the run was started with.
  static func look(at path: String) throws -> RunConfiguration {
    let file = try RunFile.open(path, for: .reading)
    defer { file.close() }
    return file.configuration
  }

  /// Seconds since 1970-01-01 UTC.
  static var now: Double { Date().timeIntervalSince1970 }

  /// Answers that cost money survive a loss of power.
  private static func durability(_ settings: Settings) -> RunFile.Durability {
    let isFree =
      settings.embeddings == nil && Role.allCases.allSatisfy { settings[$0.name].isSimulated }
    return isFree ? .normal : .full
  }
}
