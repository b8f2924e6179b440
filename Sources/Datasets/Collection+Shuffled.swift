import Statistics

extension Collection {
  /// The elements in an order that the seed decides, the same on every machine and in every version
  /// of the program: the shuffle of Fisher and Yates in Durstenfeld's form, from the last place to
  /// the second, with draws of SplitMix64. (`shuffled(using:)` promises no algorithm.)
  package func shuffled(by seed: UInt64) -> [Element] {
    var elements = Array(self)
    var generator = SplitMix64(seed: seed)
    for place in elements.indices.dropFirst().reversed() {
      elements.swapAt(place, generator.index(below: place + 1))
    }
    return elements
  }
}
