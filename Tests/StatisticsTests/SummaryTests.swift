import Statistics
import Testing

@Suite struct SummaryTests {
  /// By hand: the deviations are -0.25, -0.75, 0.75 and 0.25, their squares sum to 1.25.
  @Test func fourRewards() throws {
    let summary = try #require(Summary([4, 3.5, 5, 4.5]))
    #expect(summary.count == 4)
    #expect(summary.mean == 4.25)
    #expect(summary.minimum == 3.5)
    #expect(summary.maximum == 5)
    #expect(try abs(#require(summary.standardDeviation) - 0.6454972243679028) < 1e-15)
    #expect(try abs(#require(summary.standardError) - 0.3227486121839514) < 1e-15)
    #expect(try abs(#require(summary.margin) - 1.0271151834) < 1e-9)
    let interval = try #require(summary.interval)
    #expect(abs(interval.lowerBound - 3.2228848166) < 1e-9)
    #expect(abs(interval.upperBound - 5.2771151834) < 1e-9)
  }

  @Test func aSingleNumberHasNoSpread() throws {
    let summary = try #require(Summary([4.5]))
    #expect(summary.mean == 4.5)
    #expect(summary.minimum == 4.5)
    #expect(summary.maximum == 4.5)
    #expect(summary.standardDeviation == nil)
    #expect(summary.standardError == nil)
    #expect(summary.margin == nil)
    #expect(summary.interval == nil)
  }

  @Test func noNumbersHaveNoSummary() {
    #expect(Summary([]) == nil)
  }

  @Test func equalNumbersHaveNoWidth() {
    #expect(Summary([3, 3, 3])?.interval == 3...3)
  }
}
