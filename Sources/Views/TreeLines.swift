import Screen
import Tree

/// The lines that lead to a row: heavy to what was kept, light to the rest.
enum TreeLines {
  /// One joint for each level below the root, from the left.
  ///
  /// - Parameter position: of the row's node in `SearchTree.nodes`.
  static func joints(to position: Int, in state: State) -> [LineJoint] {
    let path = state.tree.positions(to: position).dropFirst()
    return path.map { joint(at: $0, isOwn: $0 == position, in: state) }
  }

  private static func joint(at position: Int, isOwn: Bool, in state: State) -> LineJoint {
    let down = weight(ofLaterThan: position, in: state)
    guard isOwn else { return LineJoint(up: down, down: down) }
    let right: LineJoint.Weight =
      state.tree.isKept(state.tree.nodes.standings[position]) ? .heavy : .light
    return LineJoint(up: max(right, down), right: right, down: down)
  }

  /// The weight of the line from the node down to its later siblings.
  private static func weight(ofLaterThan position: Int, in state: State) -> LineJoint.Weight {
    let later = state.outline.shownSiblings(after: position, in: state.tree)
    if later.isEmpty { return .none }
    return later.contains { state.tree.isKept(state.tree.nodes.standings[$0]) } ? .heavy : .light
  }
}
