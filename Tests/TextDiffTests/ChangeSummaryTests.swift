import Testing
import TextDiff

@Suite struct ChangeSummaryTests {
  @Test(arguments: [
    ("the same", "Be brief.", "Be brief.", nil),
    ("a word", "You are helpful.", "You are kind.", "kind"),
    ("words inserted", "Give answers.", "Give accurate, deep answers.", "accurate, deep"),
    (
      "a bullet added", "Be kind.\n", "Be kind.\n- Admit what you do not know.\n",
      "Admit what you do"
    ),
    ("several places", "a b c d e", "a X b c Y d e", "X … Y"),
    ("only removed", "Be brief and very kind.", "Be brief.", "without and very kind"),
    ("added words before removed ones", "Be brief. Be kind.", "Be brief. Now.", "Now"),
    ("punctuation", "Be brief.", "Be brief!", "!"),
    ("punctuation removed", "Be brief!", "Be brief", "without !"),
    ("white space", "a b", "a\n\nb", "spacing"),
    ("from nothing", "", "You are a helpful assistant.", "You are a helpful"),
    ("to nothing", "You are helpful.", "", "without You are helpful"),
    ("on one line", "a", "a first\n\tsecond", "first second"),
  ])
  func firstWords(name: String, old: String, new: String, summary: String?) {
    #expect(ChangeSummary.firstWords(from: old, to: new, limit: 4) == summary, "\(name)")
  }

  @Test func theLimitCountsWordsOfAllPlaces() {
    let (old, new) = ("a b c d", "a one two b three four c five d")
    #expect(ChangeSummary.firstWords(from: old, to: new, limit: 1) == "one")
    #expect(ChangeSummary.firstWords(from: old, to: new, limit: 3) == "one two … three")
    #expect(ChangeSummary.firstWords(from: old, to: new, limit: 9) == "one two … three four … five")
  }
}
