import TestSupport
import Testing

@testable import Tree

/// What events of embeddings do to a tree.
@Suite struct RetrievalTests {
  private static let most = Usage(input: 100, isEstimated: true, cost: 0.25)

  private static func asked(_ number: Int) -> RunEvent {
    .flight(.embedding(EmbeddingRequest(number: number, model: "m", texts: 4, most: most)))
  }

  private static func embedded(
    _ number: Int, _ vectors: Text?, model: String = "m", tokens: Int = 80, requests: Int = 1,
    _ setback: RetrievalSetback? = nil
  ) -> RunEvent {
    .flight(
      .embedded(
        EmbeddingReply(
          number: number, model: model, texts: 4, vectors: vectors,
          usage: Usage(input: tokens, requests: requests, cost: Double(tokens) / 100),
          setback: setback)))
  }

  private static let lost = RunEvent.flight(
    .embedded(
      EmbeddingReply(lost: EmbeddingRequest(number: 0, model: "m", texts: 4, most: most))))

  /// In flight, calls started, completed and cached, tokens, texts of vectors, ignored events.
  struct Picture: Equatable {
    var flying: Int
    var calls: [Int]
    var tokens: Int
    var vectors: Int
    var ignored = 0
  }

  @Test(
    arguments: [
      ("asked", [asked(0)], Picture(flying: 1, calls: [1, 0, 0], tokens: 0, vectors: 0)),
      (
        "answered", [asked(0), embedded(0, "v")],
        Picture(flying: 0, calls: [1, 1, 0], tokens: 80, vectors: 1)
      ),
      (
        "side by side", [asked(0), asked(1), embedded(1, "w"), embedded(0, "v")],
        Picture(flying: 0, calls: [2, 2, 0], tokens: 160, vectors: 2)
      ),
      (
        "from the cache", [embedded(0, "v", tokens: 0, requests: 0)],
        Picture(flying: 0, calls: [1, 1, 1], tokens: 0, vectors: 1)
      ),
      (
        "failed", [asked(0), embedded(0, nil, .failed("no"))],
        Picture(flying: 0, calls: [1, 1, 0], tokens: 80, vectors: 0)
      ),
      (
        "no budget", [embedded(0, nil, tokens: 0, requests: 0, .budget(.tokens))],
        Picture(flying: 0, calls: [0, 0, 0], tokens: 0, vectors: 0)
      ),
      (
        "lost", [asked(0), lost, .flight(.reopened)],
        Picture(flying: 0, calls: [1, 0, 0], tokens: 100, vectors: 0)
      ),
      (
        "killed", [asked(0), .flight(.reopened)],
        Picture(flying: 0, calls: [1, 0, 0], tokens: 0, vectors: 0)
      ),
      (
        "too late to count",
        [asked(0), asked(1), embedded(0, nil, .failed("no")), embedded(1, "v")],
        Picture(flying: 0, calls: [2, 2, 0], tokens: 160, vectors: 0)
      ),
      (
        "said twice", [asked(0), asked(0), embedded(0, "v"), embedded(0, "v")],
        Picture(flying: 0, calls: [1, 1, 0], tokens: 80, vectors: 1, ignored: 2)
      ),
    ] as [(String, [RunEvent], Picture)])
  func counts(_ name: String, _ events: [RunEvent], _ picture: Picture) {
    let tree = SearchTree(configuration: .scripted(), events: events)
    let totals = tree.totals.retrieval
    #expect(
      Picture(
        flying: tree.retrieval.inFlight.count,
        calls: [totals.started, totals.completed, totals.cached], tokens: totals.input,
        vectors: tree.retrieval["m"]?.vectors.count ?? 0, ignored: tree.ignored) == picture)
    #expect(tree.totals.started == totals.started && tree.totals.input == totals.input)
    #expect(tree.isNothingInFlight == (picture.flying == 0))
  }

  /// Nothing of another model's is of use, nor does its setback count.
  @Test func modelsAreKeptApart() {
    let tree = SearchTree(
      configuration: .scripted(),
      events: [
        Self.embedded(0, nil, .budget(.cost)), Self.embedded(1, "v", model: "n"),
      ])
    #expect(tree.retrieval["m"]?.setback == .budget(.cost))
    #expect(tree.retrieval["n"]?.vectors == ["v"])
    #expect(tree.retrieval.setback == nil)
  }

  @Test func saysWhy() {
    let texts = TextsInMemory()
    let start = "Examples are found by their words (BM25) for the rest of the run: "
    #expect(
      RetrievalSetback.budget(.tokens).words(texts)
        == start + "embeddings may take more than is left of the budget of tokens.")
    #expect(
      RetrievalSetback.failed("m at h: no.").words(texts)
        == start + "there are no embeddings. m at h: no.")
  }
}
