import Screen

/// Every key, over everything else; made from the table that the keys are looked up in.
enum HelpPane {
  static func lines(_ state: State, width: Int) -> [StyledText] {
    var builder = HelpBuilder(width: width)
    for group in Keymap.Group.allCases {
      builder.heading(group.rawValue)
      for binding in Keymap.bindings where binding.group == group {
        let place = binding.places.contains(.main) ? "" : " (from compare and help)"
        builder.add(
          binding.strokes.map(\.description).joined(separator: " "),
          help(of: binding, state) + place)
      }
    }
    builder.heading("Marks in the tree")
    for (sign, meaning) in legend { builder.add(sign, meaning) }
    return builder.lines
  }

  private static func help(of binding: Keymap.Binding, _ state: State) -> String {
    binding.command == .quit && state.isElsewhere
      ? "leave; the run goes on in its own process" : binding.help
  }

  /// Lines of help in sight.
  static func room(in state: State) -> Int { max(1, rect(in: state).height - 2) }

  static func draw(into surface: inout Surface, _ state: State) {
    let rect = rect(in: state)
    surface.clear(rect)
    let inside = surface.drawBox(
      rect, title: StyledText("Help", .title, .bold), style: Style(.borderFocused))
    let lines = lines(state, width: inside.width - 2)
    surface.put(lines.dropFirst(state.helpTop), in: inside.inset(columns: 1))
    if state.helpTop + inside.height < lines.count {
      surface.put("↓", x: inside.endX - 1, y: inside.endY - 1, .muted)
    }
    surface.placeCursor(x: inside.x, y: inside.y)
  }

  /// How far the help can be scrolled down.
  static func lastTop(in state: State) -> Int {
    let rect = rect(in: state)
    return max(0, lines(state, width: rect.width - 4).count - room(in: state))
  }

  private static let legend: [(String, String)] = [
    ("┣━ ┃", "heavy: kept by the search"),
    ("├─ │", "light: dropped, pruned, or not decided yet"),
    ("> *", "selected; marked for compare"),
    ("[+2]", "that many are folded away; Enter shows them"),
    ("reward", "mean of the aspect scores on the query of its level"),
    ("path", "mean reward on the way from the root: what the search sorts by"),
  ]

  private static func rect(in state: State) -> Rect {
    let size = state.size
    let width = min(size.width, 92)
    let height = max(0, min(size.height - 1, lines(state, width: width - 4).count + 2))
    return Rect(
      x: (size.width - width) / 2, y: (size.height - 1 - height) / 2, width: width, height: height)
  }
}

private struct HelpBuilder {
  let width: Int
  private(set) var lines: [StyledText] = []
  private var keyWidth: Int { width >= 60 ? 22 : 0 }

  init(width: Int) { self.width = max(1, width) }

  mutating func heading(_ text: String) {
    if !lines.isEmpty { lines.append(StyledText()) }
    lines.append(StyledText(Displayable(text), .header, .bold))
  }

  /// Keys with what they do beside them, or below where it is narrow.
  mutating func add(_ keys: String, _ meaning: String) {
    let key = Displayable(keys)
    let indent = keyWidth > 0 ? keyWidth : 2
    if keyWidth == 0 { lines.append(StyledText(key.truncated(to: width), .key, .bold)) }
    let room = max(1, width - indent)
    for (index, line) in Displayable(meaning).wrapped(to: room).enumerated() {
      let start = index == 0 && keyWidth > 0 ? key : Displayable("")
      var whole = StyledText(start.padded(to: indent), .key, .bold)
      whole.append(line, .text)
      lines.append(whole)
    }
  }
}
