/// The chance of the simulated world: a hash of what a draw is for, so that a draw is the same
/// whatever was drawn before it.
///
/// FNV-1a over bytes and the mixer of SplitMix64, as `StableHash` of `Tree`, which this room may not
/// know. One more value makes another independent draw of it.
struct Chance {
  private var state: UInt64

  init(_ seed: UInt64) { state = Self.mix(seed) ^ 0xcbf2_9ce4_8422_2325 }

  /// The chance that belongs to this text, apart from that of all others.
  func of(_ text: String) -> Chance {
    var next = self
    for byte in text.utf8 { next.add(byte) }
    next.add(0xff)
    return next
  }

  func of(_ value: UInt64) -> Chance {
    var next = self
    next.state = Self.mix(next.state ^ Self.mix(value))
    return next
  }

  func of(_ value: Int) -> Chance { of(UInt64(truncatingIfNeeded: value)) }

  var bits: UInt64 { Self.mix(state) }

  /// In `0..<1`.
  var unit: Double { Double(bits >> 11) * 0x1p-53 }

  /// Close to the normal distribution with deviation 1, within ±6: a sum of twelve draws.
  var normal: Double {
    (0..<12).reduce(-6) { sum, index in sum + of(index).unit }
  }

  /// One of the elements; nil of none.
  func pick<Element>(_ elements: some RandomAccessCollection<Element>) -> Element? {
    guard !elements.isEmpty else { return nil }
    let offset = Int(bits % UInt64(elements.count))
    return elements[elements.index(elements.startIndex, offsetBy: offset)]
  }

  private mutating func add(_ byte: UInt8) {
    state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9e37_79b9_7f4a_7c15
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
