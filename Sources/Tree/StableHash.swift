/// A 64-bit hash that is the same in every process, on every machine and in every version of the
/// program: run files name nodes by it and every random draw comes from it.
///
/// FNV-1a over bytes (Fowler, Noll, Vo), finished by the mixer of SplitMix64 (Steele, Lea, Flood:
/// "Fast Splittable Pseudorandom Number Generators", 2014), without which neighbouring inputs would
/// give neighbouring draws. Not for secrets.
package struct StableHash: Sendable {
  private var state: UInt64

  /// - Parameter seed: two hashes with different seeds are independent of each other.
  package init(seed: UInt64 = 0) {
    state = 0xcbf2_9ce4_8422_2325 ^ Self.mix(seed)
  }

  package mutating func combine(_ bytes: some Sequence<UInt8>) {
    for byte in bytes {
      state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }
  }

  /// As of a text with these bytes, for who reads many and must not make a string of each.
  package mutating func combine(utf8 bytes: UnsafeRawBufferPointer) {
    combine(bytes)
    combine(CollectionOfOne(0xff))
  }

  /// Hashes the UTF-8 of the text and an end mark, so that ("ab", "c") and ("a", "bc") differ.
  package mutating func combine(_ text: String) {
    combine(text.utf8)
    combine(CollectionOfOne(0xff))
  }

  package mutating func combine(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: UInt64(truncatingIfNeeded: value).littleEndian) { combine($0) }
  }

  package func finalize() -> UInt64 { Self.mix(state) }

  private static func mix(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9e37_79b9_7f4a_7c15
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
