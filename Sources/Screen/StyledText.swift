/// A line, or before wrapping a paragraph, of differently styled runs: a prompt with its changed words
/// underlined, say.
package struct StyledText: Hashable, Sendable {
  package struct Run: Hashable, Sendable {
    package var text: Displayable
    package var style: Style
  }

  package private(set) var runs: [Run]

  package init() {
    runs = []
  }

  package init(_ text: Displayable, style: Style) {
    runs = text.isEmpty ? [] : [Run(text: text, style: style)]
  }

  package init(_ text: Displayable, _ role: StyleRole = .text, _ modifiers: Modifiers = []) {
    self.init(text, style: Style(role, modifiers))
  }

  package var width: Int { runs.reduce(0) { $0 + $1.text.width } }
  package var isEmpty: Bool { runs.isEmpty }
  package var hasHidden: Bool { runs.contains { $0.text.hasHidden } }

  /// What is seen, as a string.
  package var string: String { runs.map(\.text.string).joined() }

  /// Adds text at the end; of the same style as the last run, it joins that run.
  package mutating func append(_ text: Displayable, style: Style) {
    guard !text.isEmpty else { return }
    if runs.last?.style == style {
      runs[runs.count - 1].text += text
    } else {
      runs.append(Run(text: text, style: style))
    }
  }

  package mutating func append(
    _ text: Displayable, _ role: StyleRole = .text, _ modifiers: Modifiers = []
  ) {
    append(text, style: Style(role, modifiers))
  }

  package mutating func append(_ other: StyledText) {
    for run in other.runs { append(run.text, style: run.style) }
  }

  /// The text in at most `width` columns, with `…` in the style of what it replaces.
  package func truncated(to width: Int) -> StyledText {
    if self.width <= width { return self }
    var cut = StyledText()
    var room = width
    for run in runs where room > 0 {
      // A run that just fits must still give way to the ellipsis, as something follows it or was cut.
      if run.text.width < room {
        cut.append(run.text, style: run.style)
        room -= run.text.width
      } else {
        let forced = run.text.width == room ? run.text + " " : run.text
        cut.append(forced.truncated(to: room), style: run.style)
        room = 0
      }
    }
    return cut
  }
}

extension Surface {
  /// Puts as many lines as there are rows, from the top of `rect` on.
  package mutating func put(_ lines: some Sequence<StyledText>, in rect: Rect) {
    within(rect) { part in
      for (y, line) in zip(0..<rect.height, lines) { part.put(line, x: 0, y: y) }
    }
  }
}
