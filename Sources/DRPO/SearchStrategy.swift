package import Tree

/// A way to search: from the tree to what should happen next, and nothing else.
///
/// It has no state and does no input or output, so a resumed run, a replay and a property test all
/// see the same search.
package protocol SearchStrategy: Sendable {
  func next(in tree: SearchTree) -> Plan
}

/// What is due, and what is wanted.
package struct Plan: Hashable, Sendable {
  /// The next decision; the strategy is asked again once it has been applied.
  package var decision: Decision?
  /// All the calls that should be in flight now, the most urgent first. What is in flight and not
  /// wanted is called back.
  package var wanted: [CallKey]

  package init(decision: Decision? = nil, wanted: [CallKey] = []) {
    self.decision = decision
    self.wanted = wanted
  }
}
