/// A model that turns texts into vectors: near in meaning, near in direction.
package protocol EmbeddingModel: Sendable {
  /// The name a server knows it by.
  var name: String { get }

  /// One request, and one vector a text, in the order of the texts, all of one length.
  ///
  /// - Throws: `ModelError`, `WoundDown`, or `CancellationError` when the task was cancelled.
  func embeddings(of texts: [String]) async throws -> Embeddings

  /// As a `LanguageModel`'s.
  func setWindingDown(_ isWindingDown: Bool)

  /// As a `LanguageModel`'s.
  func carryOn()
}

extension EmbeddingModel {
  package func setWindingDown(_ isWindingDown: Bool) {}

  package func carryOn() {}
}

/// Vectors, and what all attempts at them have taken.
package struct Embeddings: Hashable, Sendable {
  package var vectors: [[Float]]
  package var usage: TokenUsage
  /// That reached the wire.
  package var requests: Int

  package init(vectors: [[Float]], usage: TokenUsage = TokenUsage(), requests: Int = 1) {
    self.vectors = vectors
    self.usage = usage
    self.requests = requests
  }
}
