import Screen
import Tree

/// Draws a comparison over the whole screen but the last line.
enum ComparePane {
  static func draw(_ comparison: Comparison, into surface: inout Surface, _ state: State) {
    let style = Style(.border)
    let inside = surface.drawBox(surface.bounds, style: style)
    let columns = ComparisonColumns(width: surface.width)
    let middle = inside.x + columns.left
    put(title: "Compare: ", comparison.left, x: 2, room: columns.left - 2, state, on: &surface)
    put(title: "", comparison.right, x: middle + 2, room: columns.right - 2, state, on: &surface)
    let rows = Array(comparison.rows.dropFirst(comparison.top).prefix(inside.height))
    for (index, row) in rows.enumerated() {
      let y = inside.y + index
      switch row {
      case .whole(let line):
        surface.put(line.truncated(to: inside.width), x: inside.x, y: y)
      case .pair(let left, let right):
        surface.put(left.truncated(to: columns.left), x: inside.x, y: y)
        surface.put(right.truncated(to: columns.right), x: middle + 1, y: y)
      }
    }
    drawMiddle(rows, x: middle, y: inside.y, style, on: &surface)
    if comparison.top + inside.height < comparison.rows.count {
      surface.put("↓", x: inside.endX - 1, y: inside.endY - 1, .muted)
    }
    surface.placeCursor(x: inside.x, y: inside.y)
  }

  private static func put(
    title: String, _ id: NodeID, x: Int, room: Int, _ state: State, on surface: inout Surface
  ) {
    guard room > 2, let node = state.tree[id] else { return }
    let text: Displayable = " \(title)\(node.number) "
    surface.put(text.truncated(to: room), x: x, y: 0, .title, .bold)
  }

  /// The line between the sides, broken by what belongs to both.
  private static func drawMiddle(
    _ rows: [Comparison.Row], x: Int, y: Int, _ style: Style, on surface: inout Surface
  ) {
    for (index, row) in rows.enumerated() {
      guard case .pair = row else { continue }
      surface.draw(LineJoint(up: .light, down: .light), x: x, y: y + index, style: style)
    }
    if case .pair = rows.first {
      surface.draw(
        LineJoint(right: .light, down: .light, left: .light), x: x, y: y - 1, style: style)
    }
  }
}
