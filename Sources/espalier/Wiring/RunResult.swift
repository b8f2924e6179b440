import Engine
import Export
import RunFile
import Tree

/// What came of a run, for the end of a command.
struct RunResult {
  private let record: RunRecord
  private let texts: any TextSource
  private let path: String
  /// What a run that a budget has ended must be allowed to go on.
  private let allowance: Allowance?
  private let unsaved: Unsaved?

  /// - Parameters:
  ///   - models: those that would go on with it.
  ///   - unsaved: what of it is not in the file.
  init(_ file: RunFile, _ models: [Role: PlayedRole], _ unsaved: Unsaved? = nil) throws {
    self.unsaved = unsaved
    record = RunRecord(
      configuration: file.configuration, events: try file.events(), texts: file, file: file.path)
    texts = file
    path = file.path
    allowance = Allowance(record.tree, texts: file, lost: try file.lost(), models)
  }

  private var tree: SearchTree { record.tree }

  var prompt: String { record.best.prompt.map(texts.string) ?? "" }

  /// A few lines: how the run stands, and its best prompt's standing.
  var summary: String {
    var lines = ["\(tree.configuration.name): \(ending)"]
    if tree.configuration.isSimulated {
      lines[0] += " SIMULATED: models inside the program played at least one role."
    }
    let best = record.best
    let reward = best.pathReward.map { ", path reward \($0.sixPlaces)" } ?? ""
    let place = "node \(best.number) at level \(best.level)"
    let calls = record.callWords + cost
    lines.append(
      tree.isAnythingScored
        ? "Best prompt: \(place)\(reward), after \(calls)."
        : "No prompt has a score after \(calls), so none is known to be better than another; that "
          + "of \(place) is given as it is.")
    if let setback = record.retrievalSetback { lines.append(setback) }
    return lines.joined(separator: "\n")
  }

  /// Nothing where nothing costs anything.
  private var cost: String {
    let totals = tree.totals
    // Of calls that all failed nothing is known, and what a cache gave has cost nothing.
    guard !tree.configuration.isFree, totals.knownCost > 0 || totals.cached > 0 else { return "" }
    return totals.cost.map { ", and $\($0.inCents)" } ?? ""
  }

  private var ending: String {
    switch tree.finish?.why {
    case .depth: "finished at the depth limit."
    case .queries: "finished where the queries end."
    case .stopped: "stopped; this is the best so far."
    case .calls: "ended by --max-calls; this is the best so far."
    case .tokens: "ended by --max-tokens; this is the best so far."
    case .cost: "ended by --max-usd; this is the best so far."
    case .minutes: "ended by --max-minutes; this is the best so far."
    case .nothingAlive: "ended with nothing left alive; this is the best that was alive last."
    case nil:
      tree.isPaused
        ? "paused. " + (tree.pauseReason.map(texts.string) ?? "")
        : unsaved.map { "interrupted; \($0.words)." } ?? "interrupted, and saved."
    }
  }

  /// What to do next with the run.
  var advice: String {
    switch tree.finish?.why {
    case .depth, .queries, .nothingAlive: return "Look at it: espalier open \(path.shellWord)"
    case .stopped, .calls, .tokens, .cost, .minutes, nil:
      // With the same budget it would end again at once.
      let more = allowance.map { " \($0)" } ?? ""
      return "Go on with it: espalier resume \(path.shellWord)\(more)"
    }
  }

  /// nil for success.
  var exitCode: Int32? {
    if tree.finish != nil { return tree.isAnythingScored ? nil : 1 }
    return tree.isPaused ? 1 : 130
  }

  var json: String {
    get throws { try record.exported(as: .json) }
  }
}

extension Unsaved {
  /// What was not stored, and what comes of that.
  fileprivate var words: String {
    let why =
      if case RunFileError.diskFull? = trouble as? RunFileError { "the disk is full" } else {
        "the run file can't be written"
      }
    return switch replies {
    case 0: "its last steps could not be saved, as \(why): they will be made again"
    case 1: "1 reply that had come could not be saved, as \(why): it will be asked again"
    default:
      "\(replies) replies that had come could not be saved, as \(why): they will be asked again"
    }
  }
}
