import Testing
import TextDiff

@Suite struct TextDiffTests {
  /// In the pictures [-…-] is removed and {+…+} added.
  @Test(arguments: [
    ("nothing", "", "", ""),
    ("the same", "Be brief.\n", "Be brief.\n", "Be brief.\n"),
    ("everything added", "", "Be brief.", "{+Be brief.+}"),
    ("everything removed", "Be brief.", "", "[-Be brief.-]"),
    ("a word replaced", "Be brief, please.", "Be kind, please.", "Be [-brief-]{+kind+}, please."),
    (
      "words inserted", "Give accurate answers.", "Give accurate and engaging answers.",
      "Give accurate {+and engaging +}answers."
    ),
    ("words added at the end", "Be brief.", "Be brief. Be kind.", "Be brief.{+ Be kind.+}"),
    ("punctuation leaves the word", "Be brief.", "Be brief!", "Be brief[-.-]{+!+}"),
    ("a capital letter is a change", "be brief", "Be brief", "[-be-]{+Be+} brief"),
    (
      "a rewritten sentence in one piece", "one two three", "four five six",
      "[-one two three-]{+four five six+}"
    ),
    ("white space", "a b", "a  b", "a[- -]{+  +}b"),
    ("an indent", "- a\n- b", "- a\n  - b", "- a\n{+  +}- b"),
    ("line ends of another system", "a\r\nb", "a\nb", "a[-\r\n-]{+\n+}b"),
    ("a line inserted", "a\nc\n", "a\nb\nc\n", "a\n{+b\n+}c\n"),
    ("a line removed", "a\nb\nc", "a\nc", "a\n[-b\n-]c"),
    (
      "a line broken anew", "one two\nthree", "one\ntwo three",
      "one[- -]{+\n+}two[-\n-]{+ +}three"
    ),
    ("a placeholder", "Hi {name}!", "Hi {query}!", "Hi {[-name-]{+query+}}!"),
    ("no blanks between words", "東京です", "大阪です", "[-東京-]{+大阪+}です"),
    ("an emoji's colour", "ok 👍", "ok 👍🏽", "ok [-👍-]{+👍🏽+}"),
  ])
  func pictures(name: String, old: String, new: String, picture: String) {
    let drawn = TextDiff.words(from: old, to: new).map { change in
      switch change.kind {
      case .same: change.text
      case .removed: "[-\(change.text)-]"
      case .added: "{+\(change.text)+}"
      }
    }.joined()
    #expect(exactly(drawn) == exactly(picture), "\(name): \(drawn.debugDescription)")
  }

  @Test func canonicallyEquivalentIsNotTheSame() {
    let changes = TextDiff.words(from: "a caf\u{e9}", to: "a cafe\u{301}")
    #expect(changes.map(\.kind) == [.same, .removed, .added])
    #expect(exactly(changes[1].text) == exactly("caf\u{e9}"))
    #expect(exactly(changes[2].text) == exactly("cafe\u{301}"))
  }

  @Test func aLongRewriteIsReplacedBetweenItsCommonEnds() {
    let words = (0..<5_000).map { "w\($0 % 97)" }
    let old = (["start"] + words + ["end"]).joined(separator: " ")
    let new = (["start"] + words.reversed() + ["end"]).joined(separator: " ")
    let changes = TextDiff.words(from: old, to: new)
    #expect(changes.map(\.kind) == [.same, .removed, .added, .same])
    #expect(changes.filter { $0.kind != .added }.map(\.text).joined() == old)
    #expect(changes.filter { $0.kind != .removed }.map(\.text).joined() == new)
  }

  @Test(arguments: 0..<40)
  func theDiffAppliedToTheOldTextGivesTheNew(block: Int) {
    for seed in UInt64(block * 50)..<UInt64(block * 50 + 50) {
      var texts = RandomTexts(seed: seed)
      let (old, new) = texts.pair()
      let changes = TextDiff.words(from: old, to: new)
      let left = changes.filter { $0.kind != .added }.map(\.text).joined()
      let right = changes.filter { $0.kind != .removed }.map(\.text).joined()
      #expect(exactly(left) == exactly(old), "seed \(seed)")
      #expect(exactly(right) == exactly(new), "seed \(seed)")
      #expect(changes.allSatisfy { !$0.text.isEmpty }, "seed \(seed)")
      #expect(zip(changes, changes.dropFirst()).allSatisfy { isInOrder($0, $1) }, "seed \(seed)")
    }
  }

  private func isInOrder(_ first: TextDiff.Change, _ second: TextDiff.Change) -> Bool {
    first.kind != second.kind && !(first.kind == .added && second.kind == .removed)
  }
}
