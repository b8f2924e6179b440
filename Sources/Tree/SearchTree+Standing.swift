// Rewards along paths, who is alive, the front and the ranks.

extension SearchTree {
  /// Counts a node's reward anew, and with it the path rewards of its whole subtree: a score may
  /// come, or be overridden, long after there are descendants.
  mutating func reward(from position: Int) {
    let counted = countedReward(at: position)
    nodes.move(position) { $0.reward = counted }
    var due = [position]
    while let position = due.popLast() {
      let standing = nodes.standings[position]
      if let parent = standing.parent.map({ nodes.standings[$0] }) {
        let reward = standing.isSettled ? standing.reward : nil
        nodes.move(position) {
          $0.pathSum = parent.pathSum + (reward ?? 0)
          $0.pathCount = parent.pathCount + (reward == nil ? 0 : 1)
        }
      }
      if standing.hasChildren { due += nodes.children(of: position) }
    }
  }

  /// The reward with overrides and the policy applied.
  private func countedReward(at position: Int) -> Double? {
    let record = nodes.record(at: position)
    if let reward = record.evaluation?.reward { return reward }
    guard record.prompt != nil, record.trial.isSettled else { return nil }
    return settings.unreadable == .zero ? 0 : nil
  }

  /// Every reward anew: the policy has changed.
  mutating func rewardAll() {
    for position in nodes.indices {
      let reward = countedReward(at: position)
      nodes.move(position) { $0.reward = reward }
    }
    reward(from: 0)
  }

  /// Says anew who of the subtree is alive.
  mutating func enliven(from position: Int) {
    var due = [position]
    while let position = due.popLast() {
      let standing = nodes.standings[position]
      let isBelowLife = standing.parent.map { nodes.standings[$0].isAlive } ?? true
      nodes.move(position) { $0.isAlive = isBelowLife && !standing.isPruned }
      if standing.hasChildren { due += nodes.children(of: position) }
    }
  }
}

extension SearchTree {
  /// Whether the node may be opened some day: alive, unopened, and not a dead slot.
  package func isCandidate(_ node: Node) -> Bool { node.standing.isCandidate }

  /// The deepest level with a living, unopened child of an opened node; nil before the root is
  /// opened and when there is none.
  package var front: Int? {
    levelPositions.indices.reversed().first { level in
      level > 0
        && positions(atLevel: level).contains { position in
          let node = nodes.standings[position]
          guard node.isCandidate, let parent = node.parent else { return false }
          return nodes.standings[parent].isOpened
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
    for level in levelPositions.indices.reversed() {
      let living = positions(atLevel: level).filter { nodes.standings[$0].isAlive }
      guard !living.isEmpty, living.allSatisfy({ nodes.standings[$0].isSettled }) else { continue }
      if let best = first(of: living.filter { !nodes.standings[$0].isDeadSlot }) {
        return nodes[best]
      }
    }
    return root
  }

  /// The first as `ranked` has them.
  private func first(of positions: [Int]) -> Int? {
    positions.reduce(nil) { best, position in
      guard let best else { return position }
      return nodes.standings[position].isBetter(than: nodes.standings[best]) ? position : best
    }
  }

  /// Where `ranked` has the node, from 1, among those of its level that live and are no dead slots;
  /// nil for one that is not of them.
  package func rank(of node: Node) -> (place: Int, count: Int)? {
    guard let own = position(of: node.id), node.isAlive, !node.isDeadSlot else { return nil }
    var (place, count) = (1, 0)
    for position in positions(atLevel: node.level) {
      let other = nodes.standings[position]
      guard other.isAlive, !other.isDeadSlot else { continue }
      count += 1
      let isEqual = !node.standing.isBetter(than: other)
      if other.isBetter(than: node.standing) || isEqual && position < own { place += 1 }
    }
    return (place, count)
  }

  /// Those that a person pinned and nobody pruned, in the order of their making.
  package var livingPinned: [Node] {
    nodes.indices.filter { nodes.standings[$0].isPinned && nodes.standings[$0].isAlive }
      .map { nodes[$0] }
  }

  /// Whether any branch besides the root is left.
  package var isAnythingAlive: Bool {
    nodes.standings.dropFirst().contains { $0.isAlive && !$0.isDeadSlot }
      || !nodes.standings[0].isOpened
  }
}
