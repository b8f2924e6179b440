extension Duration {
  /// For a person, in at most two units: `0.5 s`, `90 s`, `20 min`, `1 h 30 min`, `11 days`,
  /// `more than a year`.
  package var inWords: String {
    let seconds = self / .seconds(1)
    guard seconds.isFinite, seconds >= 100 else {
      let tenths = (seconds * 10).rounded() / 10
      return tenths == tenths.rounded() ? "\(Int(tenths)) s" : "\(tenths) s"
    }
    guard seconds <= 366 * 86_400 else { return "more than a year" }
    var rest = Int(seconds.rounded())
    var words: [String] = []
    for (unit, length) in [("days", 86_400), ("h", 3_600), ("min", 60), ("s", 1)] {
      let count = rest / length
      rest -= count * length
      if count > 0 { words.append("\(count) \(count == 1 && unit == "days" ? "day" : unit)") }
      // The second unit is the one next to the first, or none.
      if words.count == 2 || (words.count == 1 && count == 0) { break }
    }
    return words.joined(separator: " ")
  }
}
