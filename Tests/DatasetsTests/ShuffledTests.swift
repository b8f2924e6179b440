import Datasets
import Testing

@Suite struct ShuffledTests {
  @Test func theSeedDecidesTheOrder() {
    #expect((0..<10).shuffled(by: 7) == [9, 5, 8, 6, 1, 2, 4, 7, 0, 3])
    #expect((0..<10).shuffled(by: 7) != (0..<10).shuffled(by: 8))
    #expect(Array(0..<10).shuffled(by: 7) == (0..<10).shuffled(by: 7))
  }

  @Test(arguments: [0, 1, 2, 180])
  func nothingIsLost(count: Int) {
    #expect((0..<count).shuffled(by: 3).sorted() == Array(0..<count))
  }

  @Test func everyOrderComesUpAboutAsOften() {
    var counts: [[Int]: Int] = [:]
    for seed in 0..<6_000 { counts[(0..<3).shuffled(by: UInt64(seed)), default: 0] += 1 }
    #expect(counts.count == 6)
    #expect(counts.values.allSatisfy { abs($0 - 1_000) < 150 }, "\(counts)")
  }
}
