import Screen

/// Lines that are higher than the place they are read in.
struct Page {
  var lines: [StyledText] = [] {
    didSet { hasHidden = lines.contains(where: \.hasHidden) }
  }
  /// The first line in sight.
  var top = 0
  /// Lines in sight.
  var height = 0
  /// The line of most interest, as the first that changed.
  var focus: Int?
  /// The line that is kept in sight at the bottom when the page does not fit.
  var footer: StyledText?
  /// Something in a text would have been hidden, or would have acted on the terminal.
  private(set) var hasHidden = false

  var isFitting: Bool { lines.count <= height }

  /// Where reading begins: at the start, unless what matters would be out of sight.
  var opening: Int {
    guard let focus, focus >= height - 1 else { return 0 }
    return max(0, focus - 2)
  }

  mutating func scroll(by lines: Int) {
    top += lines
    clamp()
  }

  mutating func clamp() {
    top = max(0, min(top, lines.count - height))
  }
}
