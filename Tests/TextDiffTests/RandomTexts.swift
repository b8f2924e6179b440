/// Pairs of texts for properties, drawn from a seed that a failure prints.
struct RandomTexts {
  /// Pieces that a careless diff gets wrong: equal under canonical equivalence, joined into one
  /// character with what comes before, or line ends of other systems.
  private static let pieces = [
    "be", "brief", "helpful", "Be", "the", "the", "answer", "42", "{query}", "-", ",", ".", " ",
    " ",
    " ", "  ", "\t", "\n", "\n", "\n\n", "\r\n", "\r", "\u{2028}", "caf\u{e9}", "cafe\u{301}",
    "\u{301}", "👍", "👍🏽", "\u{200d}", "🇫🇷", "東京", "ไทย", "don't", "a_b", "\u{0}", "\u{a0}",
  ]

  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 | 1 }

  /// Two texts: unrelated, or one an edit of the other.
  mutating func pair() -> (old: String, new: String) {
    let old = pieces()
    guard below(4) > 0 else { return (old.joined(), pieces().joined()) }
    var new = old
    for _ in 0..<below(6) {
      let piece = Self.pieces[below(Self.pieces.count)]
      switch below(3) {
      case 0 where !new.isEmpty: new.remove(at: below(new.count))
      case 1 where !new.isEmpty: new[below(new.count)] = piece
      default: new.insert(piece, at: below(new.count + 1))
      }
    }
    return (old.joined(), new.joined())
  }

  private mutating func pieces() -> [String] {
    (0..<below(60)).map { _ in Self.pieces[below(Self.pieces.count)] }
  }

  /// xorshift64* (Vigna, 2016).
  private mutating func below(_ bound: Int) -> Int {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return Int((state &* 0x2545_f491_4f6c_dd1d) >> 33) % bound
  }
}

/// Compares by scalars, as `==` of strings does not.
func exactly(_ text: String) -> [Unicode.Scalar] { Array(text.unicodeScalars) }
