import ArgumentParser
import Export
import FoundationEssentials
import RunFile
import Screen
import Tree

/// Lists the runs in a folder.
struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs", abstract: "List the runs in a folder, the newest first.",
    discussion: """
      A run is running, done, ended with nothing scored, stopped (by a person), at the end of a \
      budget, paused, or interrupted (nobody is at work on it, and "resume" goes on); with the \
      number of the process that has it open. A file that can't be listed is damaged, newer (a \
      later espalier wrote it), no run, or not readable; below the list it says why.

      REWARD is the best prompt's path reward: it orders the prompts of one run, and says nothing \
      across runs. CALLS and COST are "unknown" of an imported search, which does not tell what it \
      took. COST is "unknown" too where no price of a call is known, and "over $1.20" where some \
      are not.

      LIFT is what the best prompt gained over the initial one: the mean difference of their rewards \
      on the queries that both have answered, as the judge scored them, with its 95 % interval. One \
      query has no interval, and as the best was chosen by such rewards, few queries flatter it. \
      "–": no query was answered under both, so nobody knows.
      """)

  @Argument(help: "The folder, or a run file.") var folder = RunFiles.folder
  @Flag(help: "As a JSON array.") var json = false

  func run() throws {
    guard folder == RunFiles.folder || Files.status(folder) != nil else {
      throw Failure("There is no folder \(folder).")
    }
    let runs = try runs()
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      Console.out(String(decoding: try encoder.encode(runs.map(Line.init)), as: UTF8.self))
    } else if runs.isEmpty {
      Console.err("There is no run in \(folder)/. espalier starts one.")
    } else {
      Console.page(Card.columns([Self.header] + runs.map { Self.cells($0, now: RunFiles.now) }))
      for case .unreadable(let error) in runs.map(\.state) {
        Console.err(Displayable(error.description).string)
      }
    }
  }

  /// - Throws: a `RunFileError` where somebody names one file, and it is no run.
  private func runs() throws -> [RunSummary] {
    guard let status = Files.status(folder), !status.isFolder else {
      return try RunFile.list(in: folder)
    }
    let run = RunFile.summary(of: folder)
    switch run.state {
    case .unreadable(let error) where error.isNoRun: throw error
    default: return [run]
    }
  }

  private static let header = [
    "RUN", "STATE", "MODEL", "BEST", "REWARD", "LIFT", "LEVEL", "CALLS", "COST", "AGE",
  ]

  /// Each a single line: a name may have a line break in it, or what acts on a terminal.
  private static func cells(_ summary: RunSummary, now: Double) -> [String] {
    texts(of: summary, now: now).map { Displayable($0).string }
  }

  private static func texts(of summary: RunSummary, now: Double) -> [String] {
    guard let run = summary.run else {
      return [summary.path, summary.stateWords] + Array(repeating: "–", count: header.count - 2)
    }
    return [
      summary.path, summary.stateWords, run.modelName, "\(run.best)",
      run.pathReward.map { $0.fixed() } ?? "–", run.lift.words, "\(run.level)",
      run.totals.areKnown ? "\(run.totals.started)" : "unknown", cost(of: run),
      age(now - run.changed),
    ]
  }

  /// `$1.20`, `over $1.20` where the price of some calls is unknown; `$0` where nothing costs anything.
  private static func cost(of run: RunSummary.Run) -> String {
    if let cost = run.cost { return cost == 0 ? "$0" : "$" + cost.fixed() }
    let known = run.totals.knownCost
    return known > 0 ? "over $" + known.fixed() : "unknown"
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
    var lift: Lift?
    var level: Int?
    var nodes: Int?
    var calls: Int?
    var cost: Double?
    var created: String?
    var changed: String?

    init(_ summary: RunSummary) {
      file = summary.path
      state = summary.stateName
      process = summary.writer
      switch summary.state {
      case .finished(let reason): why = reason.rawValue
      case .unreadable(let error): why = error.description
      default: break
      }
      guard let run = summary.run else { return }
      name = run.configuration.name
      model = run.configuration.models[.base]?.name
      simulated = run.configuration.isSimulated
      steered = run.isSteered
      best = run.best
      pathReward = run.pathReward
      lift = run.lift
      level = run.level
      nodes = run.nodes
      calls = run.totals.areKnown ? run.totals.started : nil
      cost = run.cost
      created = run.created.timestamp
      changed = run.changed.timestamp
    }
  }
}

extension RunFileError {
  /// There is nothing there that could be listed.
  fileprivate var isNoRun: Bool {
    switch self {
    case .notARun, .notAFile, .notReadable: true
    default: false
    }
  }
}

extension RunSummary {
  fileprivate var stateName: String {
    switch state {
    case .running: "running"
    case .finished(let why) where why.isBudget: "budget reached"
    case .finished(.stopped): "stopped"
    case .finished: run?.isAnythingScored == false ? "nothing scored" : "done"
    case .paused: "paused"
    case .interrupted: "interrupted"
    case .unreadable(.newer): "newer"
    case .unreadable(.notARun), .unreadable(.empty): "no run"
    case .unreadable(.damaged): "damaged"
    case .unreadable: "not readable"
    }
  }

  /// With the budget that is used up, and the process.
  fileprivate var stateWords: String {
    var words = stateName
    if case .finished(let why) = state, why.isBudget { words += " (\(why.rawValue))" }
    return writer.map { "\(words) (\($0))" } ?? words
  }
}

extension RunSummary.Run {
  fileprivate var lift: Lift? { Lift(resultPairs, seed: configuration.seed) }

  /// In USD; nil where some price is unknown, 0 where every model is simulated.
  fileprivate var cost: Double? {
    guard totals.areKnown else { return nil }
    return configuration.isFree ? 0 : totals.cost
  }

  fileprivate var modelName: String {
    let name = configuration.models[.base]?.name ?? "not known"
    return configuration.isSimulated ? "\(name) (SIMULATED)" : name
  }
}
