import ArgumentParser
import Export
import FoundationEssentials
import RunFile
import Tree

/// Lists the runs in a folder.
struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs", abstract: "List the runs in a folder, the newest first.")

  @Argument(help: "The folder.") var folder = RunFiles.folder
  @Flag(help: "As a JSON array.") var json = false

  func run() throws {
    guard folder == RunFiles.folder || FileManager.default.fileExists(atPath: folder) else {
      throw Failure("There is no folder \(folder).")
    }
    let runs = RunFile.list(in: folder)
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      Console.out(String(decoding: try encoder.encode(runs.map(Line.init)), as: UTF8.self))
    } else if runs.isEmpty {
      Console.err("There is no run in \(folder)/. espalier starts one.")
    } else {
      Console.out(Card.columns([Self.header] + runs.map { Self.cells($0, now: RunFiles.now) }))
      for case .damaged(let error) in runs.map(\.state) { Console.err("\(error)") }
    }
  }

  private static let header = [
    "RUN", "STATE", "MODEL", "BEST", "REWARD", "LEVEL", "CALLS", "COST", "AGE",
  ]

  private static func cells(_ summary: RunSummary, now: Double) -> [String] {
    guard let run = summary.run else {
      return [summary.path, summary.stateWord, "–", "–", "–", "–", "–", "–", "–"]
    }
    return [
      summary.path, summary.stateWord, run.modelName, "\(run.best)",
      run.pathReward.map { $0.fixed() } ?? "–", "\(run.level)", "\(run.totals.started)",
      run.cost.map { "$" + $0.fixed() } ?? "–", age(now - run.changed),
    ]
  }

  /// `40 s`, `7 min`, `2 h`, `3 d`.
  private static func age(_ seconds: Double) -> String {
    let whole = Int(max(0, min(seconds, 1e11)))
    return switch whole {
    case ..<60: "\(whole) s"
    case ..<5400: "\((whole + 30) / 60) min"
    case ..<129_600: "\((whole + 1800) / 3600) h"
    default: "\((whole + 43_200) / 86_400) d"
    }
  }

  /// A run as `--json` has it.
  private struct Line: Encodable {
    var file: String
    var state: String
    var process: Int32?
    var why: String?
    var name: String?
    var model: String?
    var simulated: Bool?
    var steered: Bool?
    var best: Int?
    var pathReward: Double?
    var level: Int?
    var nodes: Int?
    var calls: Int?
    var cost: Double?
    var created: String?
    var changed: String?

    init(_ summary: RunSummary) {
      file = summary.path
      state = summary.stateName
      switch summary.state {
      case .running(let process): self.process = process
      case .finished(let reason): why = reason.rawValue
      case .damaged(let error): why = error.description
      default: break
      }
      guard let run = summary.run else { return }
      name = run.configuration.name
      model = run.configuration.models[.base]?.name
      simulated = run.configuration.isSimulated
      steered = run.isSteered
      best = run.best
      pathReward = run.pathReward
      level = run.level
      nodes = run.nodes
      calls = run.totals.started
      cost = run.cost
      created = run.created.timestamp
      changed = run.changed.timestamp
    }
  }
}

extension RunSummary {
  fileprivate var stateName: String {
    switch state {
    case .running: "running"
    case .finished: "done"
    case .paused: "paused"
    case .interrupted: "interrupted"
    case .damaged: "damaged"
    }
  }

  fileprivate var stateWord: String {
    if case .running(let process) = state { return "running (\(process))" }
    return stateName
  }
}

extension RunSummary.Run {
  fileprivate var modelName: String {
    let name = configuration.models[.base]?.name ?? "not known"
    return configuration.isSimulated ? "\(name) (SIMULATED)" : name
  }
}
