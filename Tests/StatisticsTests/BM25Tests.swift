import Statistics
import Testing

@Suite struct BM25Tests {
  private let documents = ["the cat sat", "the dog ran to the dog park", "a bird"]

  /// By hand: N = 3, mean length 4; "the" is in 2 (ln 1.6), "dog" in 1 (ln 8/3).
  @Test(arguments: [
    ("the dog", [0.523548346501579, 1.647397337272989, 0]),
    ("dog dog", [0, 2.2274315939363074, 0]),
    ("fish", [0, 0, 0]),
  ])
  func scores(query: String, expected: [Double]) {
    let scores = BM25(documents: documents).scores(for: query)
    #expect(scores.count == expected.count)
    for (score, expected) in zip(scores, expected) {
      #expect(abs(score - expected) < 1e-12)
    }
  }

  @Test(arguments: [
    ("the best first", "a bird in the park", 3, [2, 1, 0]),
    ("equals by index", "fish", 3, [0, 1, 2]),
    ("fewer than asked for", "cat", 9, [0, 1, 2]),
    ("one", "DOG!", 1, [1]),
    ("none", "dog", 0, []),
    ("fewer than none", "dog", -1, []),
  ])
  func nearest(name: String, query: String, k: Int, expected: [Int]) {
    #expect(BM25(documents: documents).nearest(k, to: query) == expected, "\(name)")
  }

  @Test func withoutDocumentsThereIsNothingToRank() {
    #expect(BM25(documents: []).nearest(2, to: "dog") == [])
    #expect(BM25(documents: ["", "…"]).nearest(2, to: "dog") == [0, 1])
  }

  @Test func ignoredWordsCountNowhere() {
    let documents = ["how to do this and that and this", "bake bread"]
    let plain = BM25(documents: documents)
    let ignoring = BM25(documents: documents, ignoring: Words.englishStopWords)
    #expect(plain.nearest(1, to: "how do this: bread") == [0])
    #expect(ignoring.nearest(1, to: "how do this: bread") == [1])
  }

  @Test func composedAndDecomposedWordsAreTheSameWord() {
    let ranking = BM25(documents: ["tea", "caf\u{e9}"])
    #expect(ranking.nearest(1, to: "CAFE\u{301}") == [1])
  }
}
