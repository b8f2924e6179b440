/// Turns scalars of any origin into glyphs that a terminal can be trusted with.
///
/// - C0 controls and DEL become their pictures (`␛`), C1 controls `\x9b`.
/// - What reorders, hides or is not assigned becomes `‹U+202E›`: bidirectional controls, zero-width and tag
///   characters, variation selectors, private use, and all else that Unicode says may be ignored.
/// - Every kind of blank becomes plain ones; a tab goes to the next multiple of `tabWidth`.
/// - A glyph takes one or two columns and has few combining marks. What terminals disagree about is made
///   simple: of an emoji that is joined of several, or has a skin colour, the first is drawn, and a flag is drawn as its two
///   letters. These are not counted as hidden.
struct Sanitizer {
  /// Columns from one tab stop to the next.
  static let tabWidth = 4

  /// Combining marks that one glyph may carry: curses stores five code points a cell, and more than a few
  /// grow into the rows above and below.
  static let markLimit = 3

  private var glyphs: [Glyph] = []
  private var hasHidden = false
  private(set) var width = 0

  /// Whether the last glyph may take a combining mark, and how many it has.
  private var canTakeMarks = false
  private var markCount = 0

  /// Where in an emoji sequence we are, so that only well-formed ones lose their joiners silently.
  private var emoji = EmojiState.none

  /// Emoji swallowed since the one that is drawn. Real sequences join four at most.
  private var joined = 0

  private enum EmojiState {
    case none
    /// After a digit or sign that a variation selector turns into a key cap.
    case keycap
    /// After an emoji.
    case base
    /// After an emoji and a variation selector or a skin colour.
    case modified
    /// After an emoji and a joiner: another emoji is swallowed.
    case joined
  }

  var isEmpty: Bool { glyphs.isEmpty }

  mutating func add(_ scalars: some Sequence<Unicode.Scalar>) {
    for scalar in scalars { add(scalar) }
  }

  mutating func add(_ scalar: Unicode.Scalar) {
    if width > Displayable.widthLimit { return }
    if swallow(scalar) { return }
    emoji = .none
    switch scalar.value {
    case 0x20..<0x7F:
      start(scalar, width: 1)
      if scalar.properties.isEmoji { emoji = .keycap }
    case 0x09:
      for _ in 0..<(Self.tabWidth - width % Self.tabWidth) { start(" ", width: 1) }
    case 0..<0x20:
      escape(String(Character(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")))
    case 0x7F:
      escape("␡")
    case 0x80..<0xA0:
      escape("\\x" + String(scalar.value, radix: 16))
    case 0x1F1E6...0x1F1FF:
      start(Unicode.Scalar(UInt8(scalar.value - 0x1F1E6) + 0x41), width: 1)
    default:
      addPrintable(scalar)
    }
  }

  /// Ends the line and hands it out.
  mutating func finish() -> Displayable {
    escapeDanglingJoiner()
    let line = Displayable(glyphs: glyphs, hasHidden: hasHidden)
    return width > Displayable.widthLimit ? line.truncated(to: Displayable.widthLimit) : line
  }

  private mutating func addPrintable(_ scalar: Unicode.Scalar) {
    let properties = scalar.properties
    if properties.isDefaultIgnorableCodePoint { return escape(Self.name(of: scalar)) }
    switch properties.generalCategory {
    case .format, .unassigned, .privateUse, .surrogate, .control, .lineSeparator,
      .paragraphSeparator:
      escape(Self.name(of: scalar))
    case .spaceSeparator:
      for _ in 0..<DisplayWidth.columns(of: scalar) { start(" ", width: 1) }
    default:
      let columns = DisplayWidth.columns(of: scalar)
      if columns == 0 { return addMark(scalar) }
      start(scalar, width: columns)
      if properties.isEmoji {
        emoji = .base
        joined = 0
      }
    }
  }

  /// Takes what belongs to an emoji without being drawn. Says whether it did.
  private mutating func swallow(_ scalar: Unicode.Scalar) -> Bool {
    switch (emoji, scalar.value) {
    case (.none, _):
      return false
    case (.keycap, 0xFE0F):
      emoji = .none
      return true
    case (.base, 0xFE0E), (.base, 0xFE0F), (.base, 0x1F3FB...0x1F3FF):
      emoji = .modified
      return true
    case (.base, 0x200D), (.modified, 0x200D):
      guard joined < 3 else { return false }
      emoji = .joined
      joined += 1
      return true
    case (.joined, _) where scalar.properties.isEmoji && scalar.value > 0xFF:
      emoji = .base
      return true
    default:
      escapeDanglingJoiner()
      return false
    }
  }

  /// A joiner that joined nothing was hidden text after all.
  private mutating func escapeDanglingJoiner() {
    if emoji == .joined { escape(Self.name(of: "\u{200D}")) }
    emoji = .none
  }

  /// Adds a mark to the last glyph; to a dotted circle if there is none that could carry it.
  private mutating func addMark(_ scalar: Unicode.Scalar) {
    if !canTakeMarks { start("\u{25CC}", width: 1) }
    let carrier = glyphs[glyphs.count - 1]
    var text = String(carrier.character)
    text.unicodeScalars.append(scalar)
    if markCount < Self.markLimit, text.count == 1 {
      glyphs[glyphs.count - 1] = Glyph(Character(text), width: carrier.width)
      markCount += 1
    } else {
      hasHidden = true
    }
  }

  private mutating func start(_ scalar: Unicode.Scalar, width columns: Int) {
    glyphs.append(Glyph(Character(scalar), width: columns))
    width += columns
    canTakeMarks = true
    markCount = 0
  }

  private mutating func escape(_ form: String) {
    hasHidden = true
    canTakeMarks = false
    for character in form {
      glyphs.append(Glyph(character, isEscape: true))
      width += 1
    }
  }

  private static func name(of scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "‹U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "›"
  }
}
