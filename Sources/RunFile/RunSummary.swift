package import Tree

/// A line about a run in a list of runs.
package struct RunSummary: Sendable {
  package enum State: Hashable, Sendable {
    /// A process is at work on it.
    case running
    case finished(FinishReason)
    /// Somebody, or the program, has paused it, whether a process has it open or not.
    case paused
    /// Nobody is at work on it, and it can be resumed.
    case interrupted
    /// Damaged, or no run that this version knows.
    case unreadable(RunFileError)
  }

  package let path: String
  package let state: State
  /// The process that has it open for writing.
  package let writer: Int32?
  /// nil for what can't be read.
  package let run: Run?

  package struct Run: Sendable {
    package let configuration: RunConfiguration
    /// When it was made, and when it changed last: seconds since 1970-01-01 UTC.
    package let created: Double
    package let changed: Double
    package let isSteered: Bool
    /// The number of the best candidate so far, and its path reward; nil for the initial prompt.
    package let best: Int
    package let pathReward: Double?
    /// What its lift is counted from.
    package let resultPairs: [RewardPair]
    /// Without a score there is no best.
    package let isAnythingScored: Bool
    /// The deepest level there is.
    package let level: Int
    package let nodes: Int
    package let totals: Totals
  }
}

extension RunFile {
  /// The runs in a folder, the one that changed last first. Texts are not read.
  /// - Throws: `RunFileError` when the folder can't be read.
  package static func list(in folder: String) throws -> [RunSummary] {
    let paths = try PrivateFile.names(in: folder).filter { $0.hasSuffix(suffix) }
      .map { folder.isEmpty ? $0 : "\(folder)/\($0)" }
    return distinct(paths).map { summary(of: $0) }
      .sorted { ($0.run?.changed ?? 0, $1.path) > ($1.run?.changed ?? 0, $0.path) }
  }

  /// A run that has several names is one run, by its own name rather than by that of a link to it: by
  /// that which its log and its lock are named after, where it has any.
  private static func distinct(_ paths: [String]) -> [String] {
    var seen: Set<PrivateFile.Identity> = []
    let links = Set(paths.filter(PrivateFile.isLink))
    let atWork = paths.filter { path in
      !links.contains(path)
        && ["-lock", "-wal"].contains { PrivateFile.exists(PrivateFile.companion($0, of: path)) }
    }
    let own = paths.filter { !links.contains($0) && !atWork.contains($0) }
    let inOrder = atWork.sorted() + own.sorted() + links.sorted()
    return inOrder.filter { path in
      PrivateFile.identity(of: path).map { seen.insert($0).inserted } ?? true
    }
  }

  package static func summary(of path: String) -> RunSummary {
    do {
      let file = try open(path, for: .reading)
      defer { file.close() }
      let moment = try file.moment()
      // Those before the snapshot, which nobody has looked at.
      try file.verify { true }
      let tree = moment.tree
      let best = tree.result
      let run = RunSummary.Run(
        configuration: file.configuration, created: file.created,
        changed: max(moment.work.last ?? 0, file.created), isSteered: tree.isSteered,
        best: best.number, pathReward: best.pathReward, resultPairs: tree.resultPairs,
        isAnythingScored: tree.isAnythingScored, level: tree.levels.count - 1,
        nodes: tree.nodes.count, totals: tree.totals)
      let writer = writer(of: path)
      return RunSummary(path: path, state: tree.state(writer), writer: writer, run: run)
    } catch {
      return RunSummary(
        path: path, state: .unreadable(RunFileError(error, path: path)), writer: writer(of: path),
        run: nil)
    }
  }
}

extension SearchTree {
  fileprivate func state(_ writer: Int32?) -> RunSummary.State {
    if let finish { return .finished(finish.why) }
    if isPaused { return .paused }
    return writer == nil ? .interrupted : .running
  }
}
