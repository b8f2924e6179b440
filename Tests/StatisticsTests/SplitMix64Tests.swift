import Statistics
import Testing

@Suite struct SplitMix64Tests {
  /// The published test vector of the generator.
  @Test func knownDraws() {
    var generator = SplitMix64(seed: 1_234_567)
    #expect(
      (0..<5).map { _ in generator.next() } == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
      ])
  }

  @Test func knownIndices() {
    var generator = SplitMix64(seed: 7)
    let indices = (0..<12).map { _ in generator.index(below: 5) }
    #expect(indices == [1, 0, 4, 2, 2, 1, 2, 1, 0, 2, 0, 4])
    #expect(generator.index(below: 1) == 0)
  }

  @Test func indicesAreEven() {
    var generator = SplitMix64(seed: 3)
    var counts = [Int](repeating: 0, count: 6)
    for _ in 0..<60_000 { counts[generator.index(below: 6)] += 1 }
    #expect(counts.allSatisfy { abs($0 - 10_000) < 400 }, "\(counts)")
  }
}
