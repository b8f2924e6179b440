import Tree

/// Numbers and times as people read them.
enum Wording {
  /// With as many digits after the point; a score has two.
  static func fixed(_ value: Double, _ digits: Int = 2) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return "–" }
    var scale = 1
    for _ in 0..<digits { scale *= 10 }
    let whole = Int((abs(value) * Double(scale)).rounded())
    let sign = value < 0 && whole != 0 ? "-" : ""
    guard digits > 0 else { return sign + String(whole) }
    let rest = String(whole % scale)
    let zeros = String(repeating: "0", count: digits - rest.utf8.count)
    return "\(sign)\(whole / scale).\(zeros)\(rest)"
  }

  static func score(_ value: Double?) -> String { value.map { fixed($0) } ?? "–" }

  /// A score of one aspect: whole as the judge gives it, else as a person did.
  static func mark(_ value: Double) -> String {
    value == value.rounded() ? fixed(value, 0) : fixed(value, 1)
  }

  static func signed(_ value: Double, _ digits: Int = 1) -> String {
    let text = fixed(value, digits)
    return value > 0 && text != fixed(0, digits) ? "+" + text : text
  }

  /// `940`, `61k`, `1.2M`.
  static func count(_ count: Int) -> String {
    switch count {
    case ..<1_000: String(count)
    case ..<10_000: fixed(Double(count) / 1_000, 1) + "k"
    case ..<1_000_000: fixed(Double(count) / 1_000, 0) + "k"
    default: fixed(Double(count) / 1_000_000, 1) + "M"
    }
  }

  /// USD: `$0.41`, and with more digits below a dollar.
  static func dollars(_ value: Double) -> String {
    "$" + fixed(value, value >= 1 || value == 0 ? 2 : value >= 0.001 ? 4 : 6)
  }

  /// `2:41` or `1:02:41`.
  static func clock(_ seconds: Double) -> String {
    let whole = Int(max(0, min(seconds, 1e9)))
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
    let tail = rest < 10 ? "0\(rest)" : "\(rest)"
    guard hours > 0 else { return "\(minutes):\(tail)" }
    return "\(hours):\(minutes < 10 ? "0" : "")\(minutes):\(tail)"
  }

  /// `40 s`, `7 min`, `2 h`.
  static func roughly(_ seconds: Double) -> String {
    let whole = Int(max(0, min(seconds, 1e9)))
    if whole < 60 { return "\(max(1, whole)) s" }
    if whole < 5400 { return "\((whole + 30) / 60) min" }
    return "\((whole + 1800) / 3600) h"
  }

  static func ordinal(_ number: Int) -> String {
    switch (number % 10, number % 100) {
    case (1, let rest) where rest != 11: "\(number)st"
    case (2, let rest) where rest != 12: "\(number)nd"
    case (3, let rest) where rest != 13: "\(number)rd"
    default: "\(number)th"
    }
  }

  static func plural(_ count: Int, _ noun: String) -> String {
    count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
  }
}
