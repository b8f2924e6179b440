/// Two things tried on the same queries, compared pair by pair: a query that is hard for both says
/// nothing about their difference and drops out.
package struct PairedComparison: Hashable, Sendable {
  /// What resampling the pairs tells: no assumption about how the differences are distributed.
  package struct Bootstrap: Hashable, Sendable {
    /// The 95 % percentile interval of the mean difference (Efron and Tibshirani, "An Introduction
    /// to the Bootstrap", 1993, chapter 13). With fewer than some ten pairs it is too narrow; then
    /// `differences.interval` is the one to show.
    package let interval: ClosedRange<Double>
    /// Share of the resampled means above 0, in `0...1`: how sure it is that the second is better.
    package let shareAboveZero: Double
    /// Share below 0. Both are less than 1 together where resamples came out even.
    package let shareBelowZero: Double
  }

  /// Second minus first, pair by pair.
  package let differences: Summary
  /// Nil for a single pair, which resampling can only repeat.
  package let bootstrap: Bootstrap?

  /// Below this many pairs the bootstrap's interval is too narrow.
  private static let fewest = 10

  /// The 95 % interval of the mean difference to show: the bootstrap's, or Student's for few pairs; nil
  /// for a single pair, which says nothing of its own noise.
  package var interval: ClosedRange<Double>? {
    differences.count < Self.fewest ? differences.interval : bootstrap?.interval
  }

  /// Nil for no pairs. The same pairs and seed give the same numbers, always.
  package init?(
    _ pairs: some Collection<(first: Double, second: Double)>, seed: UInt64,
    resamples: Int = 4_000
  ) {
    precondition(resamples > 0, "\(resamples) resamples")
    let values = pairs.map { $0.second - $0.first }
    guard let differences = Summary(values) else { return nil }
    self.differences = differences
    self.bootstrap =
      values.count > 1 ? Bootstrap(of: values, seed: seed, resamples: resamples) : nil
  }
}

extension PairedComparison.Bootstrap {
  /// - Parameter values: two or more.
  fileprivate init(of values: [Double], seed: UInt64, resamples: Int) {
    var generator = SplitMix64(seed: seed)
    var means: [Double] = []
    means.reserveCapacity(resamples)
    for _ in 0..<resamples {
      var sum = 0.0
      for _ in values.indices { sum += values[generator.index(below: values.count)] }
      means.append(sum / Double(values.count))
    }
    means.sort()
    // Rewards are means of small whole numbers: differences that cancel leave a rest of rounding,
    // which is neither better nor worse.
    let rounding = 1e-12 * values.reduce(1) { max($0, abs($1)) }
    let above = means.count { $0 > rounding }
    let below = means.count { $0 < -rounding }
    self.init(
      interval: Self.percentile(0.025, of: means)...Self.percentile(0.975, of: means),
      shareAboveZero: Double(above) / Double(resamples),
      shareBelowZero: Double(below) / Double(resamples))
  }

  /// Between the two nearest ranks in proportion (Hyndman and Fan's type 7).
  private static func percentile(_ share: Double, of sorted: [Double]) -> Double {
    let place = share * Double(sorted.count - 1)
    let lower = Int(place)
    let upper = min(lower + 1, sorted.count - 1)
    return sorted[lower] + (sorted[upper] - sorted[lower]) * (place - Double(lower))
  }
}
