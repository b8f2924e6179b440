import Screen
import Testing

@Suite struct WrappingTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    let text: String
    let width: Int
    var indent = 0
    let lines: [String]

    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "fits", text: "one two", width: 7, lines: ["one two"]),
    Case(name: "between words", text: "one two three", width: 8, lines: ["one two", "three"]),
    Case(name: "blanks at a break go", text: "one    two", width: 5, lines: ["one", "two"]),
    Case(name: "just fits before a blank", text: "one two x", width: 7, lines: ["one two", "x"]),
    Case(
      name: "blanks at the start stay", text: "    one two", width: 8, lines: ["    one", "two"]),
    Case(name: "long word", text: "abcdefghij", width: 4, lines: ["abcd", "efgh", "ij"]),
    Case(
      name: "long word after another", text: "a bcdefghij", width: 4,
      lines: ["a", "bcde", "fghi", "j"]),
    Case(name: "wide characters", text: "日本語の文", width: 5, lines: ["日本", "語の", "文"]),
    Case(
      name: "hanging", text: "- one two six", width: 7, indent: 2,
      lines: ["- one", "  two", "  six"]),
    Case(name: "too narrow for a wide one", text: "日本", width: 1, lines: ["日", "本"]),
    Case(name: "no room", text: "ab", width: 0, lines: ["a", "b"]),
    Case(name: "empty", text: "", width: 5, lines: [""]),
    Case(name: "trailing blanks", text: "one   ", width: 4, lines: ["one"]),
  ]

  @Test(arguments: cases) func wraps(_ test: Case) {
    let lines = Displayable(test.text).wrapped(to: test.width, indent: test.indent)
    #expect(lines.map(\.string) == test.lines)
    let styled = StyledText(Displayable(test.text)).wrapped(to: test.width, indent: test.indent)
    #expect(styled.map(\.string) == test.lines)
  }

  @Test func `styles survive a break in the middle of a run`() {
    var text = StyledText("gives ")
    text.append("accurate, in-depth", .changed, .underline)
    text.append(" answers")
    let lines = text.wrapped(to: 16)
    #expect(lines.map(\.string) == ["gives accurate,", "in-depth answers"])
    #expect(lines[0].runs.map(\.text.string) == ["gives ", "accurate,"])
    #expect(lines[1].runs.map(\.text.string) == ["in-depth", " answers"])
    #expect(lines[1].runs[0].style == Style(.changed, .underline))
  }

  @Test func `a word of two styles is not broken between them`() {
    var text = StyledText("one un")
    text.append("able", .changed)
    #expect(text.wrapped(to: 7).map(\.string) == ["one", "unable"])
  }

  @Test func `truncation keeps the style of what it cuts`() {
    var text = StyledText("abc")
    text.append("def", .changed)
    #expect(text.truncated(to: 6).string == "abcdef")
    #expect(text.truncated(to: 5).string == "abcd…")
    #expect(text.truncated(to: 5).runs.last?.style == Style(.changed))
    #expect(text.truncated(to: 3).string == "ab…")
    #expect(text.truncated(to: 1).string == "…")
    #expect(text.truncated(to: 0).isEmpty)
  }
}
