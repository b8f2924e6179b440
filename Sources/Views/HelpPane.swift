import Screen

/// Every key, over everything else; made from the table that the keys are looked up in.
enum HelpPane {
  static let lines: [StyledText] = {
    var lines: [StyledText] = []
    for group in Keymap.Group.allCases {
      if !lines.isEmpty { lines.append(StyledText()) }
      lines.append(StyledText(Displayable(group.rawValue), .header, .bold))
      for binding in Keymap.bindings where binding.group == group {
        let keys = binding.strokes.map(\.description).joined(separator: " ")
        var line = StyledText(Displayable(keys).padded(to: keyWidth), .key, .bold)
        line.append(Displayable(binding.help), .text)
        if !binding.places.contains(.main) { line.append("  (from compare and help)", .muted) }
        lines.append(line)
      }
    }
    lines.append(StyledText())
    lines.append(StyledText("Marks in the tree", .header, .bold))
    lines.append(contentsOf: legend)
    return lines
  }()

  /// Lines of help in sight.
  static func room(in size: Size) -> Int { max(1, rect(in: size).height - 2) }

  static func draw(into surface: inout Surface, _ state: State) {
    let rect = rect(in: state.size)
    surface.clear(rect)
    let inside = surface.drawBox(
      rect, title: StyledText("Help", .title, .bold), style: Style(.borderFocused))
    let room = max(1, inside.width - 2)
    let shown = lines.dropFirst(state.helpTop).prefix(inside.height)
    surface.put(shown.map { $0.truncated(to: room) }, in: inside.inset(columns: 1))
    if state.helpTop + inside.height < lines.count {
      surface.put("↓", x: inside.endX - 1, y: inside.endY - 1, .muted)
    }
    surface.placeCursor(x: inside.x, y: inside.y)
  }

  private static let keyWidth = 22

  private static let legend: [StyledText] = [
    ("┣━ ┃", "heavy: kept by the search"),
    ("├─ │", "light: dropped, pruned, or not decided yet"),
    (">  *", "selected; marked for compare"),
    ("reward", "mean of the aspect scores on the query of its level"),
    ("path", "mean reward on the way from the root: what the search sorts by"),
  ].map { sign, meaning in
    var line = StyledText(Displayable(sign).padded(to: keyWidth), .key)
    line.append(Displayable(meaning), .text)
    return line
  }

  private static func rect(in size: Size) -> Rect {
    let width = min(size.width, 92)
    let height = max(0, min(size.height - 1, lines.count + 2))
    return Rect(
      x: (size.width - width) / 2, y: (size.height - 1 - height) / 2, width: width, height: height)
  }
}
