/// What a setting accepts.
enum Kind: Hashable, Sendable {
  case text
  /// A file: `~/` is the home folder; in the configuration file, relative to that file's folder.
  case path
  case whole(ClosedRange<Int>)
  case decimal(ClosedRange<Double>)
  /// What a run may take in all, a number of this unit: more than none, which would end it at once.
  case budget(unit: String, isWhole: Bool)
  case truth
  /// A list of texts; only the file can say one.
  case texts
  case choice([String])
  /// A day, as 2026-11-21.
  case date

  /// The value in this kind's own form, or nil where it is not of this kind. Text is read only from
  /// variables: a number in quotation marks is no number in TOML.
  func read(_ raw: Raw, textual: Bool) -> Raw? {
    switch (self, raw) {
    case (.text, .text), (.path, .text): return raw
    case (.choice(let names), .text(let name)): return names.contains(name) ? raw : nil
    case (.date, .text(let text)): return isDay(text) ? raw : nil
    case (.truth, .truth), (.texts, .texts): return raw
    case (.whole(let range), .whole(let number)): return range.contains(number) ? raw : nil
    case (.decimal(let range), .decimal(let number)): return range.contains(number) ? raw : nil
    case (.budget(_, let isWhole), _):
      let number: Kind =
        isWhole
        ? .whole(1...Int.max) : .decimal(.leastNonzeroMagnitude ... .greatestFiniteMagnitude)
      return number.read(raw, textual: textual)
    case (.decimal, .whole(let number)): return read(.decimal(Double(number)), textual: false)
    case (.truth, .text(let text)) where textual:
      switch text {
      case "true", "1", "yes": return .truth(true)
      case "false", "0", "no": return .truth(false)
      default: return nil
      }
    case (.whole, .text(let text)) where textual:
      return Int(text).flatMap { read(.whole($0), textual: false) }
    case (.decimal, .text(let text)) where textual:
      return Double(text).flatMap { read(.decimal($0), textual: false) }
    default: return nil
    }
  }

  /// What is wanted, for a message: "a whole number from 1 to 64".
  var wanted: String {
    switch self {
    case .text: "text"
    case .path: "the path of a file"
    case .whole(let range): Self.wanted("a whole number", range, unbounded: Int.max)
    case .decimal(let range):
      Self.wanted("a number", range, unbounded: Double.greatestFiniteMagnitude)
    case .budget(let unit, let isWhole):
      "a \(isWhole ? "whole number" : "number") above 0 (with 0 \(unit) nothing can be done)"
    case .truth: "true or false"
    case .texts: "a list of texts"
    case .choice(let names): names.map(\.debugDescription).joined(separator: " or ")
    case .date: "a day such as 2026-11-21"
    }
  }

  private static func wanted<Number: Comparable>(
    _ noun: String, _ range: ClosedRange<Number>, unbounded: Number
  ) -> String {
    range.upperBound == unbounded
      ? "\(noun), at least \(range.lowerBound)"
      : "\(noun) from \(range.lowerBound) to \(range.upperBound)"
  }
}

/// Whether the text is a day of the calendar, written as 2026-11-21.
private func isDay(_ text: String) -> Bool {
  let parts = text.split(separator: "-", omittingEmptySubsequences: false)
  guard parts.map(\.utf8.count) == [4, 2, 2],
    parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
    let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
    (1...12).contains(month)
  else { return false }
  let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  return (1...days[month - 1]).contains(day)
}
