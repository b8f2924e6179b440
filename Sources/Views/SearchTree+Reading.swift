import TextDiff
import Tree

// What rows and notices say of nodes.

extension SearchTree {
  /// Whether the node's line is drawn heavy: it was selected, and it is alive.
  func isKept(_ node: Node.Standing) -> Bool {
    node.isAlive && (node.isOpened || finish?.node == node.id)
  }

  /// Whether no living node of the branch can be opened at the front or below: it then goes on only
  /// when it is pinned.
  func isBehind(_ id: NodeID) -> Bool {
    guard let front else { return false }
    var due = position(of: id).map { [$0] } ?? []
    while let position = due.popLast() {
      let node = nodes.standings[position]
      guard node.isAlive else { continue }
      if node.level >= front, node.isCandidate { return false }
      due += nodes.children(of: position)
    }
    return true
  }

  /// Siblings that have been judged.
  func judgedSiblings(of node: Node) -> [Node] {
    guard let parent = node.standing.parent else { return [] }
    return nodes.children(of: parent).filter { isJudged($0, beside: node) }.map { nodes[$0] }
  }

  /// The first that answered the same query and have been judged.
  func judgedPeers(of node: Node, most: Int) -> [Node] {
    positions(atLevel: node.level).lazy.filter { isJudged($0, beside: node) }.prefix(most)
      .map { nodes[$0] }
  }

  private func isJudged(_ position: Int, beside node: Node) -> Bool {
    let other = nodes.standings[position]
    return other.id != node.id && other.isSettled && nodes[position].evaluation != nil
  }

  /// Where the node would stand now at a level that has been selected, from 1, when that differs
  /// from what the selection made of it: scores have been overridden since, or others pruned.
  func changedRank(of node: Node) -> Int? {
    guard isSteered, node.isAlive, node.isSettled, node.reward != nil, finish?.node != node.id,
      let seats = seats[node.level], let front, node.level < front, let rank = rank(of: node)
    else { return nil }
    return (rank.place <= seats) == node.isOpened ? nil : rank.place
  }

  /// Nodes that still live below the node.
  func livingBelow(_ id: NodeID) -> Int {
    var count = 0
    var due = position(of: id).map { Array(nodes.children(of: $0)) } ?? []
    while let position = due.popLast() {
      guard nodes.standings[position].isAlive else { continue }
      count += 1
      due += nodes.children(of: position)
    }
    return count
  }
}

/// What the row of a node says that changed from its parent.
enum ChangeWords {
  private static let limit = 9

  static func of(_ node: Node, in tree: SearchTree, texts: any TextSource) -> String {
    switch node.origin {
    case .root: return "the initial prompt"
    case .copy:
      let hasScores = node.parent.flatMap { tree[$0] }?.evaluation?.reward != nil
      return hasScores ? "unchanged: mean above 4.5" : "unchanged: nothing was judged"
    case .fork: return "yours: " + (difference(of: node, in: tree, texts: texts) ?? "unchanged")
    case .rewrite:
      guard node.prompt != nil else {
        return node.isDeadSlot ? "no prompt came" : "a rewrite to come"
      }
      let summary = node.proposal.map { texts.string($0.summary) } ?? ""
      if summary.contains(where: { !$0.isWhitespace }) { return summary }
      return difference(of: node, in: tree, texts: texts) ?? "no change"
    }
  }

  private static func difference(
    of node: Node, in tree: SearchTree, texts: any TextSource
  ) -> String? {
    guard let prompt = node.prompt, let parent = node.parent.flatMap({ tree[$0] })?.prompt else {
      return nil
    }
    return ChangeSummary.firstWords(
      from: texts.string(parent), to: texts.string(prompt), limit: limit)
  }
}
