import Statistics
import Testing

@Suite struct PairedComparisonTests {
  private func pairs(_ differences: [Double]) -> [(first: Double, second: Double)] {
    differences.map { (first: 3, second: 3 + $0) }
  }

  /// By hand: the four resamples of two pairs have the means 0, ½ (twice) and 1.
  @Test func twoPairs() throws {
    let comparison = try #require(PairedComparison(pairs([0, 1]), seed: 1))
    #expect(comparison.differences.mean == 0.5)
    let bootstrap = try #require(comparison.bootstrap)
    #expect(bootstrap.interval == 0...1)
    #expect(abs(bootstrap.shareAboveZero - 0.75) < 0.03)
    #expect(bootstrap.shareBelowZero == 0)
  }

  @Test func theSecondIsAlwaysBetter() throws {
    let bootstrap = try #require(PairedComparison(pairs([0.5, 1, 1.5]), seed: 9)?.bootstrap)
    #expect(bootstrap.shareAboveZero == 1)
    #expect(bootstrap.interval.lowerBound >= 0.5)
    #expect(bootstrap.interval.upperBound <= 1.5)
  }

  /// 4.2 - 4 - 0.2 is not 0 in binary, yet nothing is better here.
  @Test func whatCancelsIsNeitherAboveNorBelow() throws {
    let even = [(first: 4.0, second: 4.2), (first: 4.2, second: 4.0)]
    let bootstrap = try #require(PairedComparison(even, seed: 5)?.bootstrap)
    #expect(abs(bootstrap.shareAboveZero - 0.25) < 0.03)
    #expect(abs(bootstrap.shareBelowZero - 0.25) < 0.03)
  }

  /// For many pairs the percentile interval is near mean ± 1.96 standard errors.
  @Test func agreesWithTheNormalInterval() throws {
    let comparison = try #require(
      PairedComparison(pairs((0..<200).map { Double($0 % 5) - 1.5 }), seed: 2))
    let normal = try #require(comparison.differences.interval)
    let interval = try #require(comparison.bootstrap?.interval)
    #expect(abs(interval.lowerBound - normal.lowerBound) < 0.02)
    #expect(abs(interval.upperBound - normal.upperBound) < 0.02)
  }

  @Test func theSeedDecides() {
    let some = pairs([0.2, -0.4, 0.6, 0.25, -0.1])
    #expect(PairedComparison(some, seed: 1) == PairedComparison(some, seed: 1))
    #expect(PairedComparison(some, seed: 1) != PairedComparison(some, seed: 2))
  }

  @Test func tooFewPairsForABootstrap() throws {
    #expect(PairedComparison(pairs([]), seed: 1) == nil)
    let one = try #require(PairedComparison(pairs([1]), seed: 1))
    #expect(one.differences.mean == 1)
    #expect(one.bootstrap == nil)
  }
}
