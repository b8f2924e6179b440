import Screen
import Testing

@Suite struct DisplayableTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    let text: String
    let shown: String
    var width: Int?
    var hidden = true

    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "plain", text: "a b–c é", shown: "a b–c é", width: 7, hidden: false),
    Case(name: "escape sequence", text: "\u{1B}[31mred", shown: "␛[31mred", width: 8),
    Case(name: "OSC 52", text: "\u{1B}]52;c;eA==\u{7}", shown: "␛]52;c;eA==␇"),
    Case(name: "C1 CSI", text: "\u{9B}2J", shown: "\\x9b2J", width: 6),
    Case(name: "delete and backspace", text: "a\u{8}\u{7F}", shown: "a␈␡"),
    Case(name: "right-to-left override", text: "a\u{202E}b", shown: "a‹U+202E›b", width: 10),
    Case(name: "isolate", text: "\u{2066}", shown: "‹U+2066›"),
    Case(name: "zero-width space", text: "a\u{200B}b", shown: "a‹U+200B›b"),
    Case(name: "soft hyphen", text: "a\u{AD}b", shown: "a‹U+00AD›b"),
    Case(name: "byte order mark", text: "\u{FEFF}a", shown: "‹U+FEFF›a"),
    Case(name: "tag characters", text: "a\u{E0041}\u{E007F}", shown: "a‹U+E0041›‹U+E007F›"),
    Case(
      name: "tags after a flag", text: "🏴\u{E0067}\u{E007F}",
      shown: "🏴‹U+E0067›‹U+E007F›"),
    Case(name: "variation selector as data", text: "a\u{E0100}", shown: "a‹U+E0100›"),
    Case(name: "variation selector on a letter", text: "a\u{FE0F}", shown: "a‹U+FE0F›"),
    Case(
      name: "two variation selectors", text: "❤\u{FE0F}\u{FE0F}", shown: "❤‹U+FE0F›"),
    Case(name: "Hangul filler", text: "\u{3164}", shown: "‹U+3164›"),
    Case(name: "line separator", text: "a\u{2028}b", shown: "a‹U+2028›b"),
    Case(name: "private use", text: "\u{E000}", shown: "‹U+E000›"),
    Case(name: "unassigned", text: "\u{378}", shown: "‹U+0378›"),
    Case(name: "noncharacter", text: "\u{FFFF}", shown: "‹U+FFFF›"),
    Case(name: "dangling joiner", text: "😀\u{200D}", shown: "😀‹U+200D›"),
    Case(name: "joiner before a letter", text: "😀\u{200D}a", shown: "😀‹U+200D›a"),
    Case(
      name: "endless joining", text: String(repeating: "😀\u{200D}", count: 4) + "😀",
      shown: "😀‹U+200D›😀"),
    Case(
      name: "marks heaped on a letter", text: "e" + String(repeating: "\u{301}", count: 40),
      shown: "e\u{301}\u{301}\u{301}", width: 1),
    Case(name: "mark without a letter", text: "\u{301}a", shown: "◌\u{301}a", hidden: false),
    Case(name: "mark after an escape", text: "\u{1B}\u{301}", shown: "␛◌\u{301}"),
    Case(name: "tabs", text: "a\tb\t\tc", shown: "a   b       c", hidden: false),
    Case(
      name: "no-break and wide blanks", text: "a\u{A0}b\u{3000}c", shown: "a b  c", hidden: false),
    Case(name: "line break in one line", text: "a\nb", shown: "a␊b"),
    Case(name: "CJK", text: "日本", shown: "日本", width: 4, hidden: false),
    Case(name: "Hangul syllable by parts", text: "가", shown: "가", width: 2, hidden: false),
    Case(
      name: "family", text: "👨\u{200D}👩\u{200D}👧!", shown: "👨!", width: 3, hidden: false),
    Case(name: "skin colour", text: "👍🏽", shown: "👍", width: 2, hidden: false),
    Case(name: "heart", text: "❤️", shown: "❤", width: 1, hidden: false),
    Case(name: "flag", text: "🇩🇪", shown: "DE", width: 2, hidden: false),
    Case(name: "key cap", text: "1️⃣", shown: "1\u{20E3}", width: 1, hidden: false),
    Case(name: "Devanagari", text: "क्षि", shown: "क्षि", width: 3, hidden: false),
    Case(name: "what looks like an escape", text: "‹U+202E›", shown: "‹U+202E›", hidden: false),
  ]

  @Test(arguments: cases) func `untrusted text is made visible`(_ test: Case) {
    let line = Displayable(test.text)
    #expect(line.string.unicodeScalars.elementsEqual(test.shown.unicodeScalars))
    #expect(line.hasHidden == test.hidden)
    if let width = test.width { #expect(line.width == width) }
  }

  @Test func `an escape is told apart from the same text`() {
    #expect(Displayable("\u{202E}").glyphs.allSatisfy { $0.isEscape })
    #expect(!Displayable("‹U+202E›").glyphs.contains { $0.isEscape })
  }

  /// Every scalar of the planes in use, after a letter: what remains can't act, hide or reorder.
  @Test func `no scalar passes that a terminal would act on`() {
    for value in [0...0x1FFFF, 0x2FA00...0x30010, 0xE0000...0xE0FFF, 0x10FFF0...0x10FFFF].joined() {
      guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
      let line = Displayable("a" + String(Character(scalar)))
      for shown in line.string.unicodeScalars {
        let properties = shown.properties
        let isAllowed =
          !properties.isDefaultIgnorableCodePoint
          && ![.control, .format, .unassigned, .privateUse, .lineSeparator, .paragraphSeparator]
            .contains(properties.generalCategory)
        #expect(
          isAllowed, "U+\(String(value, radix: 16)) lets U+\(String(shown.value, radix: 16)) pass")
      }
    }
  }

  @Test func `lines end at CR, LF and both`() {
    let lines = Displayable.lines(of: "a\r\nb\rc\n\nd\n")
    #expect(lines.map(\.string) == ["a", "b", "c", "", "d", ""])
    #expect(Displayable.lines(of: "").map(\.string) == [""])
  }

  @Test func `a summary is one line`() {
    #expect(Displayable.summary(of: "  a\n\n  b\tc \n", width: 20).string == "a b c")
    #expect(Displayable.summary(of: "You are helpful", width: 10).string == "You are h…")
  }

  @Test func `a line has an end`() {
    let line = Displayable(String(repeating: "x", count: Displayable.widthLimit * 2))
    #expect(line.width == Displayable.widthLimit)
    #expect(line.string.last == "…")
  }

  @Test func `interpolated parts are sanitized too`() {
    let text = "\u{1B}c"
    let line: Displayable = "\(4) of \(text): \(Displayable("日"))"
    #expect(line.string == "4 of ␛c: 日")
    #expect(line.hasHidden)
    #expect(line.width == 11)
  }

  @Test func `fields are padded and truncated by columns`() {
    #expect(Displayable("日本語").truncated(to: 4).string == "日…")
    #expect(Displayable("日本語").truncated(to: 6).string == "日本語")
    #expect(Displayable("日本語").padded(to: 4).string == "日… ")
    #expect(Displayable("ab").padded(to: 5, .right).string == "   ab")
    #expect(Displayable("ab").padded(to: 5, .center).string == " ab  ")
    #expect(Displayable("ab").truncated(to: 0).isEmpty)
    #expect(Displayable("▇").repeated(3).string == "▇▇▇")
  }
}
