import Testing

@testable import Export

@Suite struct DiffExcerptTests {
  /// The pieces as one line: `[-removed-]`, `{+added+}`, `<12>` for a gap of so many words.
  private static func drawn(_ old: String, _ new: String) -> String {
    DiffExcerpt(from: old, to: new).pieces.map { piece in
      switch piece {
      case .same(let text): text
      case .removed(let text): "[-\(text)-]"
      case .added(let text): "{+\(text)+}"
      case .gap(let words): "<\(words)>"
      }
    }
    .joined()
  }

  private static func words(_ range: ClosedRange<Int>) -> String {
    range.map { "w\($0)" }.joined(separator: " ")
  }

  @Test func `a short text stays whole`() {
    #expect(Self.drawn("be kind and short", "be kind and long") == "be kind and [-short-]{+long+}")
  }

  @Test func `what is the same for long is left out, but not beside a change`() {
    let long = Self.words(1...60)
    #expect(
      Self.drawn("\(long) old", "\(long) new") == "<46>\(Self.words(47...60)) [-old-]{+new+}")
    #expect(
      Self.drawn("old \(long)", "new \(long)") == "[-old-]{+new+} \(Self.words(1...14))<46>")
    #expect(
      Self.drawn("a \(long) c", "b \(long) d")
        == "[-a-]{+b+} \(Self.words(1...14))<32>\(Self.words(47...60)) [-c-]{+d+}")
  }

  @Test func `the same text is one without changes`() {
    #expect(DiffExcerpt(from: "same", to: "same").isEmpty)
    #expect(DiffExcerpt(from: "", to: "").isEmpty)
    #expect(!DiffExcerpt(from: "", to: "x").isEmpty)
  }
}
