package import Tree

/// Checks a finished or unfinished log against the algorithm: whether each decision in it is the one
/// that the strategy takes on the tree as it was at that moment.
package struct Conformance: Hashable, Sendable {
  /// How many of how many.
  package struct Tally: Hashable, Sendable {
    package fileprivate(set) var right = 0
    package fileprivate(set) var all = 0

    fileprivate mutating func count(_ isRight: Bool) {
      all += 1
      right += isRight ? 1 : 0
    }
  }

  /// The first decision that differs.
  package struct Difference: Hashable, Sendable, CustomStringConvertible {
    package var description: String
  }

  /// Nodes that were opened.
  package private(set) var selections = Tally()
  /// Opened nodes at which the skip rule was applied, or not, as it should be.
  package private(set) var skips = Tally()
  /// The number of the node at which the run ended, and the one that it should be; nil for a run
  /// that has not ended.
  package private(set) var terminal: Int?
  package private(set) var expectedTerminal: Int?
  /// The path reward of the terminal node by the fold, and computed anew from the judgements.
  package private(set) var pathReward: Double?
  package private(set) var expectedPathReward: Double?
  package private(set) var difference: Difference?

  package var holds: Bool { difference == nil }

  /// - Parameter statedPathReward: what the file itself says, where it does.
  package init(
    configuration: RunConfiguration, events: some Sequence<RunEvent>,
    strategy: some SearchStrategy = BeamStrategy(), statedPathReward: Double? = nil
  ) {
    var tree = SearchTree(configuration: configuration)
    for event in events {
      if case .decided(let decision) = event {
        check(decision, against: strategy.next(in: tree).decision, in: tree)
      } else if case .flight(.started) = event, !tree.isPaused,
        let due = strategy.next(in: tree).decision
      {
        note("A call was sent before a decision that was due: \(Self.words(due, in: tree)).")
      }
      tree.apply(event)
    }
    checkEnd(of: tree, stated: statedPathReward)
  }

  // MARK: Decisions

  private mutating func check(_ decision: Decision, against due: Decision?, in tree: SearchTree) {
    switch decision {
    case .open(let opening):
      guard case .open(let expected)? = due else {
        selections.count(false)
        return notice(decision, due, tree)
      }
      let isSame = expected.node == opening.node
      selections.count(isSame)
      guard isSame else { return notice(decision, due, tree) }
      skips.count(expected.skips == opening.skips)
      if expected != opening { notice(decision, due, tree) }
    case .extend:
      if decision != due { notice(decision, due, tree) }
    case .finish(let node, let why):
      terminal = tree[node]?.number
      // When the calls are used up, the engine ends the run with the best so far.
      let expected = why == .calls ? .finish(node: tree.best.id, why: .calls) : due
      if case .finish(let right, _)? = expected { expectedTerminal = tree[right]?.number }
      if decision != expected { notice(decision, expected, tree) }
    }
  }

  private mutating func checkEnd(of tree: SearchTree, stated: Double?) {
    guard let finish = tree.finish else { return }
    pathReward = stated ?? tree[finish.node]?.pathReward
    let rewards = tree.path(to: finish.node).dropFirst().compactMap(\.reward)
    expectedPathReward =
      rewards.isEmpty ? nil : rewards.reduce(0, +) / Double(rewards.count)
    if pathReward != expectedPathReward {
      note(
        "The path reward of \(terminal ?? 0) is \(Self.words(pathReward)) in the file, and "
          + "\(Self.words(expectedPathReward)) by its judgements.")
    }
  }

  // MARK: Words

  private mutating func notice(_ decision: Decision, _ due: Decision?, _ tree: SearchTree) {
    let done = Self.words(decision, in: tree)
    guard let due else { return note("The run \(done), where nothing was due.") }
    note("The run \(done), where the algorithm \(Self.words(due, in: tree)).")
  }

  private mutating func note(_ text: String) {
    if difference == nil { difference = Difference(description: text) }
  }

  private static func words(_ decision: Decision, in tree: SearchTree) -> String {
    func name(_ id: NodeID) -> String {
      guard let node = tree[id] else { return "a node that is not there" }
      return "\(node.number) (level \(node.level), path reward \(words(node.pathReward)))"
    }
    switch decision {
    case .open(let opening):
      let how = opening.skips ? "without a rewrite" : "with \(opening.numbers.count) rewrites"
      return "opened \(name(opening.node)) \(how), numbered from \(opening.numbers.first ?? 0)"
    case .extend(let level): return "deepened the search at level \(level)"
    case .finish(let node, let why): return "ended at \(name(node)) (\(why.rawValue))"
    }
  }

  private static func words(_ value: Double?) -> String { value.map { "\($0)" } ?? "none" }
}
