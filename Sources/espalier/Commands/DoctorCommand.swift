import ArgumentParser
import Configuration
import Dispatch
import Locking

/// Says what a search would use and need, and tries the servers.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Check the settings and the servers before a search.",
    discussion: """
      Says for each role what is set and where it came from, asks its server for the models it has \
      and its model one small question, and tells what one search will need. Exit code 1 when \
      something is wrong.
      """)

  @OptionGroup(title: "Models") var models: ModelFlags
  @OptionGroup(title: "Search") var search: SearchFlags
  @Flag(help: "As one JSON object.") var json = false

  func run() throws {
    var flags = Flags()
    models.fill(&flags)
    search.fill(&flags)
    let surroundings = try Surroundings(configFlag: models.config)
    let checkup = try Checkup(
      try surroundings.settle(flags), environment: surroundings.environment)
    try Self.tried(checkup).tell(asJSON: json)
  }
}

extension DoctorCommand {
  /// Blocks the main thread until the servers have answered.
  private static func tried(_ checkup: Checkup) -> Checkup {
    let result = Locked(checkup)
    let done = DispatchSemaphore(value: 0)
    Task {
      var tried = checkup
      await tried.tryServers()
      let whole = tried
      result.withLock { $0 = whole }
      done.signal()
    }
    done.wait()
    return result.withLock { $0 }
  }
}

/// The same without calling anybody.
struct EstimateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "estimate", abstract: "Say what a search will need, without any call.")

  @OptionGroup(title: "Models") var models: ModelFlags
  @OptionGroup(title: "Search") var search: SearchFlags
  @Flag(help: "As one JSON object.") var json = false

  func run() throws {
    var flags = Flags()
    models.fill(&flags)
    search.fill(&flags)
    let surroundings = try Surroundings(configFlag: models.config)
    try Checkup(try surroundings.settle(flags), environment: surroundings.environment)
      .tell(asJSON: json)
  }
}
