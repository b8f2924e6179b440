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
    let down = weight(ofLaterThan: child, below: parent, in: state)
    guard isOwn else { return LineJoint(up: down, down: down) }
    let right: LineJoint.Weight = state.tree.isKept(child) ? .heavy : .light
    return LineJoint(up: max(right, down), right: right, down: down)
  }

  /// The weight of the line from the child down to its later siblings.
  private static func weight(
    ofLaterThan child: Node, below parent: Node, in state: State
  ) -> LineJoint.Weight {
    guard let position = state.tree.position(of: parent.id) else { return .none }
    let shown = state.outline.shownChildren(of: position, in: state.tree)
    let later = shown.drop { state.tree.nodes.standings[$0].id != child.id }.dropFirst()
    if later.isEmpty { return .none }
    return later.contains { state.tree.isKept(state.tree.nodes[$0]) } ? .heavy : .light
  }
}
