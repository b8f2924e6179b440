import Screen
import Tree

/// The last line: what one can do now, or what has just been said, asked or typed.
enum HintLine {
  static func draw(into surface: inout Surface, _ rect: Rect, _ state: State) {
    switch state.mode {
    case .entry(let entry): draw(entry, into: &surface, rect)
    case .question(let question):
      draw(question.text, .warning, into: &surface, rect)
    default:
      if let notice = state.notice {
        draw(notice.text, role(of: notice.kind), into: &surface, rect)
      } else if state.layout.status == nil,
        let trouble = StatusPane.troubles(of: state, width: rect.width, most: 1).first
      {
        // There is no other place for it on a small screen.
        surface.within(rect) { $0.put(trouble.truncated(to: $0.width), x: 0, y: 0) }
      } else {
        surface.within(rect) { $0.put(hints(for: state, width: $0.width), x: 0, y: 0) }
      }
    }
  }

  private static func draw(_ entry: State.Entry, into surface: inout Surface, _ rect: Rect) {
    surface.within(rect) { line in
      let text = Displayable("\(String(entry.kind.rawValue))\(entry.text)")
      // The end of the line is where one types.
      let overflow = max(0, text.width + 1 - line.width)
      let end = line.put(text, x: -overflow, y: 0, .text, .bold)
      line.put(" ", x: end, y: 0, style: Style(.text, .reverse))
      line.placeCursor(x: end, y: 0)
    }
  }

  /// A sentence, over as many of the last rows as it needs.
  private static func draw(
    _ text: String, _ role: StyleRole, into surface: inout Surface, _ rect: Rect
  ) {
    let most = max(1, min(4, rect.y / 2))
    let lines = Displayable(text).wrapped(to: max(1, rect.width - 2)).prefix(most)
    let place = Rect(x: 0, y: rect.endY - lines.count, width: rect.width, height: lines.count)
    surface.clear(place)
    for (y, line) in lines.enumerated() {
      surface.put(line, x: 1, y: place.y + y, role, .bold)
    }
  }

  private static func role(of kind: State.Notice.Kind) -> StyleRole {
    switch kind {
    case .news: .accent
    case .hint: .hint
    case .refusal, .warning: .warning
    }
  }

  // MARK: Hints

  /// As many as there is room for, but always the way to help and out.
  private static func hints(for state: State, width: Int) -> StyledText {
    let (first, last) = words(for: state)
    let end = last.map(piece)
    let room = width - end.reduce(0) { $0 + $1.width }
    var line = StyledText()
    for piece in first.map(piece) where line.width + piece.width <= room { line.append(piece) }
    for piece in end { line.append(piece) }
    return line
  }

  private static func piece(_ key: String, _ word: String) -> StyledText {
    var piece = StyledText(" \(key) ", .key, .bold)
    piece.append("\(word) ", .hint)
    return piece
  }

  private typealias Words = [(key: String, word: String)]

  private static func words(for state: State) -> (first: Words, last: Words) {
    switch state.mode {
    case .compare: return ([("↑↓", "scroll"), ("c", "back")], [("?", "help")])
    case .help: return ([("↑↓", "scroll")], [("?", "back")])
    default: break
    }
    if state.replay != nil {
      return (
        [("[ ]", "event"), ("{ }", "level"), ("Esc", "present")], [("?", "help"), ("q", "quit")]
      )
    }
    let bindings = Keymap.bindings.filter { $0.hint != nil && $0.places.contains(.main) }
    func words(_ commands: [Command]) -> Words {
      commands.compactMap { command in
        guard isUsable(command, state),
          let binding = bindings.first(where: { $0.command == command }),
          let key = binding.strokes.first, let hint = binding.hint
        else { return nil }
        return (key.description, word(for: command, hint, state))
      }
    }
    return (words(byUse), words([.help, .quit]))
  }

  private static let byUse: [Command] = [
    .prune, .undo, .pause, .mark, .compare, .best, .fold, .pin, .follow, .zoom, .tab(.calls),
    .search,
    .commandLine(.fork), .commandLine(.steer), .commandLine(.override), .commandLine(.empty),
  ]

  private static func word(for command: Command, _ hint: String, _ state: State) -> String {
    switch command {
    case .pause where state.tree.isPaused: "go on"
    case .pin where state.selected.isPinned: "unpin"
    case .quit where state.rest == .draining: "quit at once"
    case .mark where state.marks.contains(state.selection): "unmark"
    default: hint
    }
  }

  private static func isUsable(_ command: Command, _ state: State) -> Bool {
    let canChange = state.readOnly == nil && state.rest == .none
    switch command {
    case .prune: return canChange && state.tree.refusal(of: .prune(state.selection)) == nil
    case .undo: return canChange && state.tree.undo != nil
    case .pause: return canChange && state.tree.finish == nil
    case .pin:
      let action: Intervention.Action =
        state.selected.isPinned ? .unpin(state.selection) : .pin(state.selection)
      return canChange && state.tree.refusal(of: action) == nil
    case .commandLine(.fork): return canChange && state.selected.prompt != nil
    case .commandLine(.override): return canChange && state.selected.evaluation != nil
    case .commandLine: return canChange
    case .compare: return state.pair != nil
    case .fold: return !state.selected.children.isEmpty
    case .follow: return !state.isFollowing
    case .best: return state.selection != state.best
    case .tab(let tab): return state.tab != tab
    default: return true
    }
  }
}
