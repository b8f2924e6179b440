import Testing
import TextDiff

@Suite struct SideBySideTests {
  /// One row a line: both sides with «changed» spans marked, `=`, `~`, `<` or `>` between for same,
  /// changed, removed and added, and `∅` for no line.
  private func picture(_ left: String, _ right: String) -> [String] {
    SideBySide.rows(left: left, right: right).map { row in
      let mark =
        switch row.kind {
        case .same: "="
        case .changed: "~"
        case .removed: "<"
        case .added: ">"
        }
      return [draw(row.left), mark, draw(row.right)].joined(separator: " ")
    }
  }

  private func draw(_ line: SideBySide.Line?) -> String {
    guard let line else { return "∅" }
    return "\(line.number)|" + line.spans.map { $0.isChanged ? "«\($0.text)»" : $0.text }.joined()
  }

  @Test func aPromptAndItsRewrite() {
    let left = """
      You are a highly capable assistant.
      Give accurate, in-depth answers.
      - You cannot browse.

      - Refuse harmful requests.
      """
    let right = """
      You are a highly capable assistant.
      Give accurate, in-depth and engaging answers.
      - You cannot browse.
      - Admit what you do not know.

      - Refuse harmful requests.
      """
    #expect(
      picture(left, right) == [
        "1|You are a highly capable assistant. = 1|You are a highly capable assistant.",
        "2|Give accurate, in-depth answers. ~ 2|Give accurate, in-depth «and engaging »answers.",
        "3|- You cannot browse. = 3|- You cannot browse.",
        "∅ > 4|«- Admit what you do not know.»",
        "4| = 5|",
        "5|- Refuse harmful requests. = 6|- Refuse harmful requests.",
      ])
  }

  @Test(arguments: [
    ("both empty", "", "", ["1| = 1|"]),
    ("text for nothing", "a", "", ["1|«a» < ∅", "∅ > 1|"]),
    ("a line feed at the end", "a", "a\n", ["1|a = 1|a", "∅ > 2|"]),
    ("lines of nothing in common", "one two", "three", ["1|«one two» < ∅", "∅ > 1|«three»"]),
    ("a carriage return", "say a\r\nb", "say a\nb", ["1|say a«\r» ~ 1|say a", "2|b = 2|b"]),
    (
      "the line that corresponds, not the one at the same place", "be kind to all\nbe brief",
      "speak plainly\nbe very kind to all",
      [
        "∅ > 1|«speak plainly»", "1|be kind to all ~ 2|be «very »kind to all",
        "2|«be brief» < ∅",
      ]
    ),
    (
      "a moved line", "a b c\nd e f\ng h i", "d e f\ng h i\na b c",
      ["1|«a b c» < ∅", "2|d e f = 1|d e f", "3|g h i = 2|g h i", "∅ > 3|«a b c»"]
    ),
  ])
  func pictures(name: String, left: String, right: String, rows: [String]) {
    #expect(picture(left, right) == rows, "\(name)")
  }

  @Test(arguments: 0..<40)
  func eachSideGivesItsText(block: Int) {
    for seed in UInt64(block * 50)..<UInt64(block * 50 + 50) {
      var texts = RandomTexts(seed: seed)
      let (left, right) = texts.pair()
      let rows = SideBySide.rows(left: left, right: right)
      let lefts = rows.compactMap(\.left)
      let rights = rows.compactMap(\.right)
      #expect(exactly(lefts.map(\.text).joined(separator: "\n")) == exactly(left), "seed \(seed)")
      #expect(exactly(rights.map(\.text).joined(separator: "\n")) == exactly(right), "seed \(seed)")
      #expect(lefts.map(\.number) == Array(1...lefts.count), "seed \(seed)")
      #expect(rights.map(\.number) == Array(1...rights.count), "seed \(seed)")
      #expect(rows.allSatisfy(isConsistent), "seed \(seed)")
    }
  }

  private func isConsistent(_ row: SideBySide.Row) -> Bool {
    switch (row.kind, row.left, row.right) {
    case (.same, let left?, let right?):
      exactly(left.text) == exactly(right.text)
        && (left.spans + right.spans).allSatisfy { !$0.isChanged }
    case (.changed, let left?, let right?):
      exactly(left.text) != exactly(right.text)
        && exactly(common(left)) == exactly(common(right))
        && (left.spans + right.spans).contains(where: \.isChanged)
    case (.removed, let only?, nil), (.added, nil, let only?):
      only.spans.allSatisfy(\.isChanged)
    default: false
    }
  }

  private func common(_ line: SideBySide.Line) -> String {
    line.spans.filter { !$0.isChanged }.map(\.text).joined()
  }
}
