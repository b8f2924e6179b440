import Screen
import Testing

@testable import espalier

@Suite struct SideBySidePageTests {
  private static func drawn(_ left: String, _ right: String, isMarked: Bool = true) -> [String] {
    SideBySidePage(width: 35, isMarked: isMarked).lines("old", left, "new", right).map { line in
      let string = line.string
      return String(string.reversed().drop { $0 == " " }.reversed())
    }
  }

  @Test func `lines that correspond stand beside each other`() {
    #expect(
      Self.drawn(
        "You are kind.\nBe short.\nGo on.",
        "You are very kind.\nGo on.\nNever stop, and never rest.")
        == [
          "old              │ new",
          "───────────────────────────────────",
          "You are kind.    ~ You are {+very",
          "                 ~ +}kind.",
          "[-Be short.-]    <",
          "Go on.           │ Go on.",
          "                 > {+Never stop,",
          "                 > and never",
          "                 > rest.+}",
        ])
  }

  @Test func `colours take the place of the marks`() {
    #expect(
      Self.drawn("be short", "be long", isMarked: false)
        == [
          "old              │ new", "───────────────────────────────────",
          "be short         ~ be long",
        ])
  }

  @Test func `what would act on the terminal is shown`() {
    #expect(Self.drawn("a\u{1b}[2Jb", "a\u{1b}[2Jb").last == "a␛[2Jb           │ a␛[2Jb")
  }
}
