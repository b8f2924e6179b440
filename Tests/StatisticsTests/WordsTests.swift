import Statistics
import Testing

@Suite struct WordsTests {
  @Test(arguments: [
    ("", []),
    (" \n…!", []),
    ("Hello, World!", ["hello", "world"]),
    ("Don't, don’t 'quoted'", ["dont", "dont", "quoted"]),
    ("rock ''n' roll", ["rock", "n", "roll"]),
    ("a''b", ["a", "b"]),
    ("x86-64 in 2024", ["x86", "64", "in", "2024"]),
    ("ÉCOLE straße ΣΊΣΥΦΟΣ σίσυφος", ["école", "straße", "σίσυφοσ", "σίσυφοσ"]),
    ("東京 tower", ["東", "京", "tower"]),
    ("カメラ", ["カ", "メ", "ラ"]),
    ("한국어 text", ["한국어", "text"]),
    ("हिन्दी", ["हिन्दी"]),
    ("ok👍🏽ok", ["ok", "ok"]),
  ])
  func lowercased(text: String, words: [String]) {
    #expect(Words.lowercased(in: text) == words)
  }

  @Test func stopWordsAreInTheFormOfWords() {
    for word in Words.englishStopWords {
      #expect(Words.lowercased(in: word) == [word])
    }
  }
}
