import Screen
import Tree

/// The lines that lead to a row: heavy to what was kept, light to the rest.
enum TreeLines {
  /// One joint for each level below the root, from the left.
  static func joints(to node: Node, in state: State) -> [LineJoint] {
    let path = state.tree.path(to: node.id)
    return zip(path, path.dropFirst()).enumerated().map { index, step in
      let (parent, child) = step
      let isOwn = index == path.count - 2
      return joint(below: parent, at: child, isOwn: isOwn, in: state)
    }
  }

  private static func joint(
    below parent: Node, at child: Node, isOwn: Bool, in state: State
  ) -> LineJoint {
    let shown = state.outline.shownChildren(of: parent, in: state.tree)
    let later = shown.drop { $0.id != child.id }.dropFirst()
    let down = weight(of: later, in: state.tree)
    guard isOwn else { return LineJoint(up: down, down: down) }
    let right: LineJoint.Weight = state.tree.isKept(child) ? .heavy : .light
    return LineJoint(up: max(right, down), right: right, down: down)
  }

  private static func weight(
    of siblings: some Sequence<Node>, in tree: SearchTree
  ) -> LineJoint.Weight {
    siblings.reduce(.none) { max($0, tree.isKept($1) ? .heavy : .light) }
  }
}
