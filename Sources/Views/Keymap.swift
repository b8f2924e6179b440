/// The one table of keys: what they do, what the help says of them, and what the hint line shows.
struct Keymap {
  struct Binding: Sendable {
    var command: Command
    var strokes: [Stroke]
    /// Where it works.
    var places: Set<Place>
    /// A word for the hint line; nil for keys that everybody knows.
    var hint: String?
    var help: String
    var group: Group
  }

  enum Place: Hashable, Sendable { case main, compare, help }

  enum Group: String, CaseIterable, Sendable {
    case moving = "Moving about"
    case looking = "Looking closer"
    case steering = "Stepping in"
    case replaying = "Going back in time"
    case rest = "The rest"
  }

  static let bindings: [Binding] = moving + looking + steering + replaying + rest

  static func command(for stroke: Stroke, in place: Place) -> Command? {
    bindings.first { $0.places.contains(place) && $0.strokes.contains(stroke) }?.command
  }

  /// The first key of a command, as people read it.
  static func key(of command: Command) -> String {
    bindings.first { $0.command == command }?.strokes.first?.description ?? ""
  }

  private static let moving: [Binding] = [
    Binding(.up, [.up, .character("k")], everywhere, "a row up", .moving),
    Binding(.down, [.down, .character("j")], everywhere, "a row down", .moving),
    Binding(
      .left, [.left, .character("h")], [.main], "to the parent; in the detail, the tab before",
      .moving),
    Binding(
      .right, [.right, .character("l")], [.main], "to the first child; in the detail, the next tab",
      .moving),
    Binding(
      .pageUp, [.pageUp, .control("b"), .control("u")], everywhere, "a page up", .moving),
    Binding(
      .pageDown, [.pageDown, .control("f"), .control("d")], everywhere, "a page down", .moving),
    Binding(.first, [.home, .character("g")], everywhere, "to the start", .moving),
    Binding(.last, [.end, .character("G")], everywhere, "to the end", .moving),
    Binding(.best, [.character("b")], [.main], hint: "best", "to the best so far", .moving),
    Binding(
      .follow, [.character("F")], [.main], hint: "follow", "follow the search as it goes on",
      .moving),
    Binding(
      .search, [.character("/")], [.main], hint: "search", "search prompts and changes", .moving),
    Binding(.nextMatch, [.character("n")], [.main], "to the next match", .moving),
    Binding(.previousMatch, [.character("N")], [.main], "to the match before", .moving),
  ]

  private static let looking: [Binding] = [
    Binding(
      .fold, [.enter], [.main], hint: "fold", "fold or unfold what grew from the node", .looking),
    Binding(.nextPane, [.tab], [.main], "to the other pane", .looking),
    Binding(.previousPane, [.backTab], [.main], "to the other pane, backwards", .looking),
    Binding(.tab(.prompt), [.character("1")], [.main], "the prompt and what changed", .looking),
    Binding(
      .tab(.rewards), [.character("2")], [.main], "the scores and the judge's reasons", .looking),
    Binding(
      .tab(.feedback), [.character("3")], [.main], "what the optimizer read and thought", .looking),
    Binding(.tab(.trial), [.character("4")], [.main], "the query and the answer", .looking),
    Binding(
      .tab(.calls), [.character("5")], [.main], hint: "calls",
      "every call: what it took, and what the server needed", .looking),
    Binding(.scrollDetailDown, [.character("J")], [.main], "scroll the detail down", .looking),
    Binding(.scrollDetailUp, [.character("K")], [.main], "scroll the detail up", .looking),
    Binding(
      .zoom, [.character("z")], [.main], hint: "zoom", "the focused pane alone, and back", .looking),
    Binding(
      .mark, [.character(" ")], [.main], hint: "mark", "mark or unmark, two at most", .looking),
    Binding(
      .compare, [.character("c")], [.main], hint: "compare",
      "compare the two marked, or with the parent", .looking),
  ]

  private static let steering: [Binding] = [
    Binding(
      .prune, [.character("x")], [.main], hint: "prune", "prune the node and what grew from it",
      .steering),
    Binding(
      .undo, [.character("u")], [.main], hint: "undo", "take back what you did last", .steering),
    Binding(.redo, [.character("U")], [.main], "do again what you took back", .steering),
    Binding(.pause, [.character("p")], [.main], hint: "pause", "pause, and go on", .steering),
    Binding(
      .pin, [.character("P")], [.main], hint: "pin", "pin the branch to the beam, or unpin it",
      .steering),
    Binding(
      .commandLine(.steer), [.character("s")], [.main], hint: "steer",
      "tell every later rewrite a wish of yours", .steering),
    Binding(
      .commandLine(.override), [.character("o")], [.main], hint: "override",
      "give an aspect of the node a score of your own", .steering),
    Binding(
      .commandLine(.fork), [.character("f")], [.main], hint: "fork",
      "change the prompt: a child of the node, yours and pinned", .steering),
    Binding(
      .commandLine(.empty), [.character(":")], [.main], hint: "command",
      "beam N, actions N, depth N; at most: calls N, tokens N, usd N, minutes N; steer TEXT, "
        + "override ASPECT SCORE, fork TEXT, lock TEXT, unlock TEXT, stop, at EVENT or end, or a "
        + "node's number",
      .steering),
  ]

  private static let replaying: [Binding] = [
    Binding(
      .eventBack, [.character("[")], [.main], "an event back: all is as it was then",
      .replaying),
    Binding(.eventForward, [.character("]")], [.main], "an event on", .replaying),
    Binding(.levelBack, [.character("{")], [.main], "back to the begin of a level", .replaying),
    Binding(.levelForward, [.character("}")], [.main], "on to the begin of a level", .replaying),
  ]

  private static let rest: [Binding] = [
    Binding(
      .help, [.character("?")], everywhere, hint: "help", "these keys, over everything", .rest),
    Binding(
      .leave, [.escape, .character("q"), .character("c"), .enter], [.compare, .help], "back",
      .rest),
    Binding(
      .leave, [.escape], [.main], "to the present; let go: notices, matches, marks, zoom", .rest),
    Binding(
      .quit, [.character("q")], [.main], hint: "quit",
      "finish and save what is in flight, then leave; again: leave at once", .rest),
    Binding(.interrupt, [.control("c")], everywhere, "as q, from anywhere", .rest),
    Binding(.repaint, [.control("l")], everywhere, "paint the screen anew", .rest),
  ]

  private static let everywhere: Set<Place> = [.main, .compare, .help]
}

extension Keymap.Binding {
  fileprivate init(
    _ command: Command, _ strokes: [Stroke], _ places: Set<Keymap.Place>, hint: String? = nil,
    _ help: String, _ group: Keymap.Group
  ) {
    self.init(
      command: command, strokes: strokes, places: places, hint: hint, help: help, group: group)
  }
}
