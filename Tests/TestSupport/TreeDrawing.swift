package import Testing
package import Tree

/// Expects the same search, and draws both where they differ.
package func expectSame(
  _ tree: SearchTree, _ expected: SearchTree, _ what: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let isSame = tree == expected
  #expect(
    isSame, "\(what):\n\(tree.drawing)\nshould be\n\(expected.drawing)",
    sourceLocation: sourceLocation)
}

extension SearchTree {
  /// The tree as a picture: number, state and path reward of every node, children below parents.
  package var drawing: String {
    var lines: [String] = []
    draw(root, indent: "", into: &lines)
    lines += finishWords
    return lines.joined(separator: "\n")
  }

  /// The same in a line a family: a parent, and its children as they stand.
  package var families: String {
    var lines: [String] = []
    for node in levels.joined().compactMap({ self[$0] }) where !node.children.isEmpty {
      let children = node.children.compactMap { self[$0] }.map(words)
      lines.append("\(words(node)) -> \(children.joined(separator: ", "))")
    }
    lines += finishWords
    return lines.joined(separator: "\n")
  }

  private func draw(_ node: Node, indent: String, into lines: inout [String]) {
    lines.append(indent + words(node))
    for child in node.children.compactMap({ self[$0] }) {
      draw(child, indent: indent + "  ", into: &lines)
    }
  }

  private func words(_ node: Node) -> String {
    var words = ["\(node.number)", state(of: node).rawValue]
    if let reward = node.pathReward, node.isSettled { words.append(Self.twoPlaces(reward)) }
    if node.opening?.skips == true { words.append("skips") }
    if node.isPinned { words.append("pinned") }
    return words.joined(separator: " ")
  }

  private var finishWords: [String] {
    guard let finish, let node = self[finish.node] else { return [] }
    return ["finish \(node.number), \(finish.why.rawValue)"]
  }

  private static func twoPlaces(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}
