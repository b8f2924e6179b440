import Statistics
package import Tree

/// How much better the result is than the initial prompt, as far as that was measured: the mean
/// difference of their rewards on the same queries.
///
/// Path rewards can't tell: they are of other queries. On few queries it flatters the result, which
/// was chosen by some of these rewards.
package struct Lift: Hashable, Sendable {
  package let mean: Double
  /// Of 95 %; nil for a single query, which says nothing of its own noise.
  package let interval: ClosedRange<Double>?
  /// How many queries both have answered.
  package let queries: Int

  /// nil where there is no query that both have answered.
  package init?(_ pairs: [RewardPair], seed: UInt64) {
    guard
      let comparison = PairedComparison(
        pairs.map { (first: $0.initial, second: $0.result) }, seed: seed)
    else { return nil }
    mean = comparison.differences.mean
    queries = comparison.differences.count
    interval = comparison.interval
  }

  package init?(of tree: SearchTree) {
    self.init(tree.resultPairs, seed: tree.configuration.seed)
  }

  /// `+0.42 (+0.10 to +0.74) on 12 queries`; `+0.50 on 1 query` where nobody knows how sure it is.
  package var words: String {
    let range = interval.map { " (\($0.lowerBound.signed) to \($0.upperBound.signed))" } ?? ""
    return "\(mean.signed)\(range) on \(queries == 1 ? "1 query" : "\(queries.grouped) queries")"
  }
}

extension Lift? {
  /// A dash where it was not measured.
  package var words: String { self?.words ?? "–" }
}

extension Double {
  /// With its sign, two digits after the point.
  fileprivate var signed: String {
    let text = fixed()
    return text.first == "-" || text == "–" ? text : "+" + text
  }
}

extension Lift: Encodable {
  private enum CodingKeys: String, CodingKey { case mean, low, high, queries }

  /// `low` and `high` are absent for a single query.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(mean, forKey: .mean)
    try container.encodeIfPresent(interval?.lowerBound, forKey: .low)
    try container.encodeIfPresent(interval?.upperBound, forKey: .high)
    try container.encode(queries, forKey: .queries)
  }
}
