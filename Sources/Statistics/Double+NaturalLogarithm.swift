extension Double {
  /// ln of a positive, finite number, to a few units in the last place.
  ///
  /// Here and not from the C library, whose last bits differ from one to the next: ranks that rest
  /// on it must be the same on every machine. `ln(m · 2^e) = e · ln 2 + 2 artanh((m - 1)/(m + 1))`,
  /// with m between √½ and √2, where the series is below rounding after eleven terms.
  var naturalLogarithm: Double {
    precondition(self > 0 && isFinite, "ln of \(self)")
    var power = Double(exponent)
    var fraction = significand
    if fraction > 2.0.squareRoot() {
      fraction /= 2
      power += 1
    }
    let ratio = (fraction - 1) / (fraction + 1)
    var sum = 0.0
    for odd in stride(from: 23.0, through: 1, by: -2) {
      sum = sum * ratio * ratio + 1 / odd
    }
    return power * 0.693_147_180_559_945_309_4 + 2 * ratio * sum
  }
}
