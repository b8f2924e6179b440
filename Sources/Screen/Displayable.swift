/// One line of text that is safe to draw: the only text that a surface takes.
///
/// Whatever it is made from, a literal included, passes the one sanitizer (`Sanitizer`): nothing of it can move
/// the cursor, colour the screen, reorder its neighbours or hide. Keep the raw text for exports and for
/// differences, and make this where text is drawn.
///
/// A literal with interpolations composes a line: `"reward \(text) of \(count)"`.
package struct Displayable: Hashable, Sendable {
  package private(set) var glyphs: [Glyph]

  /// Columns it takes.
  package private(set) var width: Int

  /// Whether something in it was hidden or would have acted on the terminal, and is now shown in a form
  /// like `‹U+202E›`. A badge should say so, since a person would not expect it.
  package private(set) var hasHidden: Bool

  /// Most columns that one line keeps, whatever its source; what is beyond is cut with an ellipsis.
  package static let widthLimit = 100_000

  init(glyphs: some Sequence<Glyph>, hasHidden: Bool = false) {
    self.glyphs = Array(glyphs)
    self.hasHidden = hasHidden
    width = self.glyphs.reduce(0) { $0 + $1.width }
  }

  /// A text as one line. Line breaks in it show as `␊`; for several lines there is `lines(of:)`, and for a
  /// short mention `summary(of:)`.
  package init(_ text: some StringProtocol) {
    var sanitizer = Sanitizer()
    sanitizer.add(text.unicodeScalars)
    self = sanitizer.finish()
  }

  package init(_ number: some BinaryInteger) {
    self.init(String(number))
  }

  /// The lines of a text, at least one. CR LF, LF and CR each end a line.
  package static func lines(of text: some StringProtocol) -> [Displayable] {
    var lines: [Displayable] = []
    var sanitizer = Sanitizer()
    var previous: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      if scalar == "\n" || scalar == "\r" {
        if !(scalar == "\n" && previous == "\r") {
          lines.append(sanitizer.finish())
          sanitizer = Sanitizer()
        }
      } else {
        sanitizer.add(scalar)
      }
      previous = scalar
    }
    lines.append(sanitizer.finish())
    return lines
  }

  /// A text in one line of at most `width` columns, every run of blanks and line breaks being one blank.
  package static func summary(of text: some StringProtocol, width: Int) -> Displayable {
    var sanitizer = Sanitizer()
    var hasGap = false
    for scalar in text.unicodeScalars {
      if scalar.properties.isWhitespace {
        hasGap = !sanitizer.isEmpty
        continue
      }
      if hasGap { sanitizer.add(" ") }
      hasGap = false
      sanitizer.add(scalar)
      if sanitizer.width > width + 8 { break }
    }
    return sanitizer.finish().truncated(to: width)
  }

  package var isEmpty: Bool { glyphs.isEmpty }

  /// What is seen, as a string.
  package var string: String { String(glyphs.map(\.character)) }

  package static func + (left: Displayable, right: Displayable) -> Displayable {
    var sum = left
    sum += right
    return sum
  }

  package static func += (left: inout Displayable, right: Displayable) {
    left.glyphs += right.glyphs
    left.width += right.width
    left.hasHidden = left.hasHidden || right.hasHidden
  }

  /// The text so many times in a row, as for a bar.
  package func repeated(_ count: Int) -> Displayable {
    Displayable(
      glyphs: repeatElement(glyphs, count: max(0, count)).joined(), hasHidden: hasHidden)
  }

  /// The text in at most `width` columns, with `…` for what had to go.
  package func truncated(to width: Int) -> Displayable {
    if self.width <= width { return self }
    if width <= 0 { return Displayable(glyphs: [], hasHidden: hasHidden) }
    var kept: [Glyph] = []
    var columns = 0
    for glyph in glyphs {
      if columns + glyph.width > width - 1 { break }
      kept.append(glyph)
      columns += glyph.width
    }
    return Displayable(glyphs: kept + [.ellipsis], hasHidden: hasHidden)
  }

  /// The text in exactly `width` columns: filled with blanks, or truncated.
  package func padded(to width: Int, _ alignment: Alignment = .left) -> Displayable {
    let cut = truncated(to: width)
    let missing = max(0, width - cut.width)
    let before =
      switch alignment {
      case .left: 0
      case .center: missing / 2
      case .right: missing
      }
    let spaces = Displayable(glyphs: [.space])
    return spaces.repeated(before) + cut + spaces.repeated(missing - before)
  }

  /// Where text stands in a field that is wider than it.
  package enum Alignment: Sendable {
    case left
    case center
    case right
  }
}

extension Displayable: ExpressibleByStringInterpolation {
  package init(stringLiteral value: String) {
    self.init(value)
  }

  package init(stringInterpolation: StringInterpolation) {
    self = stringInterpolation.line
  }

  /// Composes a line of sanitized parts.
  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var line = Displayable(glyphs: [])

    package init(literalCapacity: Int, interpolationCount: Int) {}

    package mutating func appendLiteral(_ literal: String) {
      line += Displayable(literal)
    }

    package mutating func appendInterpolation(_ part: Displayable) {
      line += part
    }

    package mutating func appendInterpolation(_ text: some StringProtocol) {
      line += Displayable(text)
    }

    package mutating func appendInterpolation(_ number: some BinaryInteger) {
      line += Displayable(number)
    }
  }
}
