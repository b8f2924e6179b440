package import Tree

extension SearchTree {
  /// The role that has given nothing, where a decision would be built on that: a person should be
  /// asked before it is taken, as more often than not the settings are wrong and not the replies.
  ///
  /// That is so where the search would end with nothing, and where the first step of a search would
  /// be taken on nothing. What a preset says that an unreadable judgement counts for is left to it.
  package func uselessRole(behind decision: Decision) -> Role? {
    switch decision {
    case .extend: nil
    case .open(let opening):
      roleThatLeftUnscored(opening.node).flatMap {
        isEverUseful($0) || isCounted(opening.node) ? nil : $0
      }
    case .finish(_, .nothingAlive):
      // What a person pruned is no role's fault.
      lastBest == nil && unusable[.optimizer] != nil ? .optimizer : nil
    case .finish(_, let why) where why.leavesAnythingOut: nil
    case .finish(let node, _):
      isCounted(node) && isAnythingScored ? nil : roleThatLeftUnscored(node)
    }
  }

  /// Why nothing of the node's level is scored, where it is for want of usable replies lately.
  private func roleThatLeftUnscored(_ id: NodeID) -> Role? {
    guard let node = self[id], node.trial.isSettled else { return nil }
    let tried = level(node.level).filter { $0.isAlive && !$0.isDeadSlot }
    guard tried.allSatisfy({ $0.evaluation == nil }) else { return nil }
    let role: Role = node.trial.answer == nil ? .base : .judge
    return unusable[role] == nil ? nil : role
  }

  /// An unreadable judgement counts as zero: that is then what the search goes by.
  private func isCounted(_ node: NodeID) -> Bool {
    settings.unreadable == .zero && self[node]?.trial.failure == nil
  }

  private func isEverUseful(_ role: Role) -> Bool {
    role == .base ? nodes.contains { $0.trial.answer != nil } : isAnythingScored
  }
}
