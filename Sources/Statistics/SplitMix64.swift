/// SplitMix64 (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators", 2014): a small
/// generator whose draws are the same on every machine and in every version of the program. For
/// resampling and shuffling, never for secrets.
package struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// A number in `0..<bound`, each as likely: by multiplication, with the few draws that would
  /// favour some numbers thrown away (Lemire, "Fast Random Integer Generation in an Interval",
  /// 2019). Stated here, for the standard library does not promise which draws it uses.
  package mutating func index(below bound: Int) -> Int {
    precondition(bound > 0, "no number below \(bound)")
    let bound = UInt64(bound)
    let uneven = (0 &- bound) % bound
    while true {
      let product = next().multipliedFullWidth(by: bound)
      if product.low >= uneven { return Int(product.high) }
    }
  }
}
