import Tree

/// Turns texts into vectors, one each and all of one length; near in meaning is near in direction.
package typealias Embedding = @Sendable ([String]) async throws -> [[Float]]

/// In-context examples by the meaning of their queries: the nearest by the angle between vectors.
struct ExampleVectors: Sendable {
  /// Of length 1, in the order of the examples.
  private let examples: [[Float]]
  private let queries: [TextID: [Float]]

  /// Beyond these, queries find their examples by their words: nobody pays for queries that no level
  /// will ever reach.
  private static let mostQueries = 512

  /// Asks for all vectors that the run may need, at once.
  ///
  /// - Throws: what `embed` throws; `WrongCount`.
  init(
    of configuration: RunConfiguration, texts: any TextSource, by embed: Embedding
  ) async throws {
    let shown = configuration.examples.map { texts.string($0.query) }
    let asked = configuration.queries.prefix(Self.mostQueries)
    let vectors = try await embed(shown + asked.map(texts.string))
    guard vectors.count == shown.count + asked.count else { throw WrongCount() }
    let units = vectors.map(Self.unit)
    examples = Array(units.prefix(shown.count))
    queries = Dictionary(
      zip(asked.map(\.id), units.dropFirst(shown.count)), uniquingKeysWith: { first, _ in first })
  }

  struct WrongCount: Error, CustomStringConvertible {
    let description = "there is not one vector for each text"
  }

  /// Indices of the examples, the nearest first; nil for a query without a vector.
  func nearest(_ count: Int, to query: TextID) -> [Int]? {
    guard let vector = queries[query] else { return nil }
    let ranked = examples.enumerated()
      .map { (index: $0.offset, nearness: Self.product($0.element, vector)) }
      .sorted { ($1.nearness, $0.index) < ($0.nearness, $1.index) }
    return ranked.prefix(count).map(\.index)
  }

  private static func unit(_ vector: [Float]) -> [Float] {
    let length = product(vector, vector).squareRoot()
    return length > 0 ? vector.map { $0 / length } : vector
  }

  private static func product(_ a: [Float], _ b: [Float]) -> Float {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
