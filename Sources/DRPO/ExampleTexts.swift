package import Tree

extension SearchTree {
  /// How many texts go in one request for embeddings: some servers take no more than 100.
  package static let textsARequest = 64

  /// The texts whose vectors tell which in-context examples are near to a query: those of the examples,
  /// and the queries as far as the search may come by itself. Each once.
  package var textsToEmbed: [Text] {
    guard settings.examplesShown > 0, !configuration.examples.isEmpty else { return [] }
    let levels = settings.depth + settings.maxDepthIncrease
    var known: Set<TextID> = []
    return (configuration.examples.map(\.query) + configuration.queries.prefix(max(levels, 0)))
      .filter { known.insert($0.id).inserted }
  }

  /// Requests for embeddings that are still to be made, as far as can be told; none where examples are
  /// found by their words.
  package var embeddingCallsLeft: Int {
    guard configuration.embeddings != nil, retrieval.nextNumber == 0, finish == nil else {
      return 0
    }
    return (textsToEmbed.count + Self.textsARequest - 1) / Self.textsARequest
  }
}
