import Tree

/// In-context examples by the meaning of their queries: the nearest by the angle between vectors.
struct ExampleVectors: Sendable {
  /// The queries of the examples, in their order.
  private let examples: [TextID]
  /// Each of length 1.
  private var known: [TextID: [Float]] = [:]
  private var hasExamples: Bool

  init(examples: [Example]) {
    self.examples = examples.map(\.query.id)
    hasExamples = examples.isEmpty
  }

  /// How many numbers a vector has; nil before there is one.
  var dimension: Int? { known.first?.value.count }

  mutating func add(_ vectors: [NamedVector]) {
    for (id, vector) in vectors { known[id] = Self.unit(vector) }
    hasExamples = examples.allSatisfy(isKnown)
  }

  func isKnown(_ text: TextID) -> Bool { known[text] != nil }

  /// Whether examples for the query can be found by them.
  func covers(_ query: TextID) -> Bool { isKnown(query) && hasExamples }

  /// Indices of the examples, the nearest first; nil where vectors are wanting.
  func nearest(_ count: Int, to query: TextID) -> [Int]? {
    guard let vector = known[query] else { return nil }
    var ranked: [(index: Int, nearness: Float)] = []
    for (index, id) in examples.enumerated() {
      guard let example = known[id] else { return nil }
      ranked.append((index, Self.product(example, vector)))
    }
    ranked.sort { ($1.nearness, $0.index) < ($0.nearness, $1.index) }
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
