import HTTP

/// How long a server asks to wait, in any of the ways servers say it.
enum RetryAfter {
  /// Nil when it says nothing usable: nonsense, zero, or a time gone by.
  static func read(_ head: HTTPHead) -> Duration? {
    if let text = head["retry-after-ms"], let wait = positive(text, unit: 0.001) { return wait }
    // LiteLLM passes the provider's on under a name of its own.
    guard let text = head["retry-after"] ?? head["llm_provider-retry-after"] else { return nil }
    if let wait = positive(text, unit: 1) { return wait }
    // A date is measured against the server's own: its clock and ours may differ by a day.
    guard let then = HTTPDate.seconds(text), let now = head["date"].flatMap(HTTPDate.seconds),
      then > now
    else { return nil }
    return .seconds(then - now)
  }

  private static func positive(_ text: String, unit: Double) -> Duration? {
    guard let value = Double(text), value.isFinite, value > 0 else { return nil }
    return .seconds(min(value * unit, 1e9))
  }
}

/// A date as HTTP writes it: `Sun, 06 Nov 1994 08:49:37 GMT`.
enum HTTPDate {
  /// Seconds since 1970.
  static func seconds(_ text: String) -> Int? {
    let parts = text.split { $0 == " " || $0 == "," || $0 == ":" }
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    guard parts.count >= 7, let day = Int(parts[1]), (1...31).contains(day),
      let month = months.firstIndex(of: String(parts[2])), let year = Int(parts[3]),
      (1970...9999).contains(year), let hour = Int(parts[4]), let minute = Int(parts[5]),
      let second = Int(parts[6])
    else { return nil }
    // Days since 1970-03-01 in years that begin in March, so that a leap day comes last.
    let march = month < 2 ? year - 1 : year
    let shifted = (month + 10) % 12
    let days =
      march * 365 + march / 4 - march / 100 + march / 400
      + (shifted * 306 + 5) / 10 + day - 1 - 719_468
    return ((days * 24 + hour) * 60 + minute) * 60 + second
  }
}
