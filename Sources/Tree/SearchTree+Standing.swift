// Rewards along paths, who is alive, the front and the ranks.

extension SearchTree {
  /// Counts a node's reward anew, and with it the path rewards of its whole subtree: a score may
  /// come, or be overridden, long after there are descendants.
  mutating func reward(from position: Int) {
    nodes[position].reward = countedReward(of: nodes[position])
    var due = [position]
    while let position = due.popLast() {
      if let parent = nodes[position].parent.flatMap({ index[$0] }) {
        let reward = nodes[position].isSettled ? nodes[position].reward : nil
        nodes[position].pathSum = nodes[parent].pathSum + (reward ?? 0)
        nodes[position].pathCount = nodes[parent].pathCount + (reward == nil ? 0 : 1)
      }
      due += nodes[position].children.compactMap { index[$0] }
    }
  }

  /// The reward with overrides and the policy applied.
  private func countedReward(of node: Node) -> Double? {
    if let reward = node.evaluation?.reward { return reward }
    guard node.prompt != nil, node.trial.isSettled else { return nil }
    return settings.unreadable == .zero ? 0 : nil
  }

  /// Every reward anew: the policy has changed.
  mutating func rewardAll() {
    for position in nodes.indices { nodes[position].reward = countedReward(of: nodes[position]) }
    reward(from: 0)
  }

  /// Says anew who of the subtree is alive.
  mutating func enliven(from position: Int) {
    var due = [position]
    while let position = due.popLast() {
      let parentIsAlive = nodes[position].parent.flatMap { self[$0] }?.isAlive ?? true
      nodes[position].isAlive = parentIsAlive && nodes[position].prunedBy == nil
      due += nodes[position].children.compactMap { index[$0] }
    }
  }
}

extension SearchTree {
  /// Whether the node may be opened some day: alive, unopened, and not a dead slot.
  package func isCandidate(_ node: Node) -> Bool {
    node.isAlive && !node.isOpened && !node.isDeadSlot
  }

  /// The deepest level with a living, unopened child of an opened node; nil before the root is
  /// opened and when there is none.
  package var front: Int? {
    levels.indices.reversed().first { level in
      level > 0
        && levels[level].contains { id in
          guard let node = self[id], isCandidate(node), let parent = node.parent else {
            return false
          }
          return self[parent]?.isOpened == true
        }
    }
  }

  /// Best first: stable-sorted by path reward, those without a score of their own behind all that
  /// have one. (Paper, algorithm 1; the order of equals is the order of their making.)
  package func ranked(_ nodes: [Node]) -> [Node] {
    // The standard library's sort is stable, but does not promise it: so the position decides.
    nodes.enumerated().sorted { a, b in
      let (scoredA, scoredB) = (a.element.reward != nil, b.element.reward != nil)
      if scoredA != scoredB { return scoredA }
      let (rewardA, rewardB) = (a.element.pathReward ?? 0, b.element.pathReward ?? 0)
      return rewardA == rewardB ? a.offset < b.offset : rewardA > rewardB
    }
    .map(\.element)
  }

  /// The best of the deepest level whose living nodes are all settled: what a run that is ended now
  /// would give. The root when nothing else is settled.
  package var best: Node {
    for level in levels.indices.reversed() {
      let living = self.level(level).filter(\.isAlive)
      guard !living.isEmpty, living.allSatisfy(\.isSettled) else { continue }
      if let best = ranked(living.filter { !$0.isDeadSlot }).first { return best }
    }
    return root
  }

  /// Whether any branch besides the root is left.
  package var isAnythingAlive: Bool {
    nodes.dropFirst().contains { $0.isAlive && !$0.isDeadSlot } || !root.isOpened
  }
}
