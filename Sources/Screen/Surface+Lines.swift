extension Surface {
  /// Draws a joint. Over another line the two become one joint: `─` over `│` gives `┼`.
  package mutating func draw(_ joint: LineJoint, x: Int, y: Int, style: Style) {
    guard let cell = self[x, y] else { return }
    let whole = LineJoint(cell.character)?.joined(with: joint) ?? joint
    put(Glyph(whole.character), x: x, y: y, style: style)
  }

  /// Draws a line to the right that begins and ends at the middle of a cell, so that its ends join what they
  /// meet: `├──┤`.
  package mutating func drawHorizontal(
    x: Int, y: Int, width: Int, weight: LineJoint.Weight = .light, style: Style
  ) {
    guard width > 0 else { return }
    for column in x..<(x + width) {
      let joint = LineJoint(
        right: column < x + width - 1 || width == 1 ? weight : .none,
        left: column > x || width == 1 ? weight : .none)
      draw(joint, x: column, y: y, style: style)
    }
  }

  /// Draws a line downwards that begins and ends at the middle of a cell, so that its ends join what they
  /// meet.
  package mutating func drawVertical(
    x: Int, y: Int, height: Int, weight: LineJoint.Weight = .light, style: Style
  ) {
    guard height > 0 else { return }
    for row in y..<(y + height) {
      let joint = LineJoint(
        up: row > y || height == 1 ? weight : .none,
        down: row < y + height - 1 || height == 1 ? weight : .none)
      draw(joint, x: x, y: row, style: style)
    }
  }

  /// Draws a frame around a part, joined with the lines it meets, and returns what is inside it.
  ///
  /// The title stands in the upper edge, one column after the corner, cut if the edge is short.
  @discardableResult
  package mutating func drawBox(
    _ rect: Rect, title: StyledText = StyledText(), weight: LineJoint.Weight = .light,
    style: Style = Style(.border)
  ) -> Rect {
    guard rect.width > 1, rect.height > 1 else {
      return Rect(x: rect.x, y: rect.y, width: 0, height: 0)
    }
    for y in [rect.y, rect.endY - 1] {
      drawHorizontal(x: rect.x, y: y, width: rect.width, weight: weight, style: style)
    }
    for x in [rect.x, rect.endX - 1] {
      drawVertical(x: x, y: rect.y, height: rect.height, weight: weight, style: style)
    }
    putTitle(title, in: rect, style: style)
    return rect.inset(columns: 1, rows: 1)
  }

  private mutating func putTitle(_ title: StyledText, in rect: Rect, style: Style) {
    let room = rect.width - 6
    guard !title.isEmpty, room > 0 else { return }
    let x = put(" ", x: rect.x + 2, y: rect.y, style: style)
    let end = put(title.truncated(to: room), x: x, y: rect.y)
    put(" ", x: end, y: rect.y, style: style)
  }
}
