import Testing
import Tree

@testable import Export

/// What the best prompt gained over the initial one, and how sure that is.
@Suite struct LiftTests {
  private static func pairs(_ rewards: [(Double, Double)]) -> [RewardPair] {
    rewards.enumerated().map { RewardPair(query: $0, initial: $1.0, result: $1.1) }
  }

  @Test(
    arguments: [
      ([], nil),
      ([(3, 3.5)], "+0.50 on 1 query"),
      ([(3, 3)], "+0.00 on 1 query"),
      ([(4, 3)], "-1.00 on 1 query"),
      // Student's t with one degree of freedom: two queries know next to nothing.
      ([(3, 4), (3, 5)], "+1.50 (-4.85 to +7.85) on 2 queries"),
      ([(3, 4), (2, 4), (3, 3), (4, 5)], "+1.00 (-0.30 to +2.30) on 4 queries"),
    ] as [([(Double, Double)], String?)])
  func `lift is told with its interval`(rewards: [(Double, Double)], words: String?) {
    #expect(Lift(Self.pairs(rewards), seed: 1)?.words == words)
  }

  @Test func `of many queries the interval is that of resampling, the same each time`() throws {
    let pairs = Self.pairs((0..<12).map { (3, 3 + Double($0 % 3) / 2) })
    let lift = try #require(Lift(pairs, seed: 7))
    #expect(lift.mean == 0.5 && lift.queries == 12)
    let interval = try #require(lift.interval)
    #expect(interval.lowerBound > 0.2 && interval.upperBound < 0.8)
    #expect(Lift(pairs, seed: 7) == lift)
  }

  @Test func `what was not measured is said so, and an initial prompt has no lift`() {
    let record = RunRecord.scripted()
    #expect(record.liftSentence == "Its lift over the initial prompt was not measured.")
    let young = RunRecord(
      configuration: record.tree.configuration, events: [], texts: TextsInMemory(), file: nil)
    #expect(young.liftSentence == "It is the initial prompt.")
    #expect(Lift?.none.words == "–")
  }
}
