/// Where a node stands, in the words of the design.
package enum NodeState: String, Hashable, Sendable, CaseIterable {
  /// Nothing is on its way for it at the moment.
  case waiting
  case rewriting
  case answering
  case judging
  /// Judged, and its level is not yet selected.
  case scored
  /// Selected at its level.
  case kept
  case dropped
  case pruned
  case unreadable
  case failed

  package var isRunning: Bool { self == .rewriting || self == .answering || self == .judging }
}

extension SearchTree {
  package func state(of node: Node) -> NodeState {
    if !node.isAlive { return .pruned }
    if node.prompt == nil {
      if node.isDeadSlot { return node.proposalFailure == nil ? .unreadable : .failed }
      return isInFlight(node, .proposal) ? .rewriting : .waiting
    }
    if !node.trial.isSettled {
      if isInFlight(node, .answer) { return .answering }
      return isInFlight(node, .judgement) ? .judging : .waiting
    }
    if node.isOpened || finish?.node == node.id { return .kept }
    if node.reward == nil || node.trial.evaluation == nil && node.overrides.isEmpty {
      return node.trial.failure == nil ? .unreadable : .failed
    }
    return isDecided(level: node.level) ? .dropped : .scored
  }

  /// Whether the search has passed this level, so that what was not opened there was left behind.
  private func isDecided(level: Int) -> Bool {
    if finish != nil { return true }
    guard let front else { return false }
    return level < front
  }

  private func isInFlight(_ node: Node, _ step: Step) -> Bool {
    inFlight.contains { $0.node == node.id && $0.step == step }
  }
}
