import FoundationEssentials

// Numbers and times as people read them.

extension Double {
  /// With so many digits after the point.
  package func fixed(_ digits: Int = 2) -> String {
    guard isFinite, abs(self) < 1e12 else { return "–" }
    var scale = 1
    for _ in 0..<digits { scale *= 10 }
    let whole = Int((abs(self) * Double(scale)).rounded())
    let sign = self < 0 && whole != 0 ? "-" : ""
    guard digits > 0 else { return sign + String(whole) }
    let rest = String(whole % scale)
    return
      "\(sign)\(whole / scale).\(String(repeating: "0", count: digits - rest.utf8.count))\(rest)"
  }

  /// A score of one aspect: whole as the judge gives it, else as a person did.
  var mark: String { self == rounded() ? fixed(0) : fixed(1) }

  /// Seconds since 1970-01-01 UTC as ISO 8601, `2026-11-21T09:11:38Z`.
  package var timestamp: String {
    guard isFinite, abs(self) < 1e11 else { return "–" }
    return Date(timeIntervalSince1970: rounded(.down)).formatted(.iso8601)
  }
}

extension Double? {
  /// A reward, or a dash where there is none.
  var reward: String { self?.fixed() ?? "–" }
}

extension Int {
  /// `1 call`, `2 calls`.
  package func counted(_ noun: String) -> String {
    self == 1 ? "1 \(noun)" : "\(grouped) \(noun)s"
  }

  /// `12 345 678`, with thin spaces: no country reads those as a decimal point.
  var grouped: String {
    let digits = Array(String(magnitude))
    var text = self < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "\u{202F}" }
      text.append(digit)
    }
    return text
  }
}

extension String {
  /// With what can't be seen or would reorder its neighbours shown as `‹U+202E›`: control characters
  /// other than line feed and tab, and the bidirectional ones. CR LF and CR become line feeds.
  var visible: String {
    var text = ""
    var previous: Unicode.Scalar = " "
    for scalar in unicodeScalars {
      defer { previous = scalar }
      switch scalar.value {
      case 0x0A where previous == "\r": continue
      case 0x0D: text += "\n"
      case 0x09, 0x0A: text.unicodeScalars.append(scalar)
      case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069,
        0xFFFE, 0xFFFF:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        text += "‹U+\(String(repeating: "0", count: max(0, 4 - digits.utf8.count)))\(digits)›"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// In one line.
  var oneLine: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
