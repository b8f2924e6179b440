import Statistics
import Testing

@Suite struct StudentTTests {
  @Test(arguments: [
    (1, 12.7062), (2, 4.3027), (9, 2.2622), (30, 2.0423),
    (31, 2.0395), (40, 2.0211), (60, 2.0003), (120, 1.9799), (1_000, 1.9623), (1_000_000, 1.96),
  ])
  func quantiles(degreesOfFreedom: Int, expected: Double) {
    let quantile = StudentT.quantile95(degreesOfFreedom: degreesOfFreedom)
    #expect(abs(quantile - expected) < 0.0005)
  }

  @Test func fallsWithTheDegreesOfFreedom() {
    let quantiles = (1...200).map { StudentT.quantile95(degreesOfFreedom: $0) }
    #expect(zip(quantiles, quantiles.dropFirst()).allSatisfy { $0 > $1 })
  }
}
