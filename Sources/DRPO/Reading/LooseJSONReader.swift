/// Reads one JSON value out of a reply, forgiving what models get wrong without changing what they
/// meant: trailing commas, `NaN`, line breaks and unescaped quotes inside strings, unknown escapes,
/// lone surrogates. Whatever is ambiguous is a failure. Linear in the length of the reply.
struct LooseJSONReader {
  private let bytes: [UInt8]
  private(set) var index: Int
  /// Whether a first key and its colon were read: then the text was meant to be JSON, and a
  /// failure is a broken reply, not prose with a brace in it.
  private(set) var wasMeant = false

  private static let maximalDepth = 32

  init(_ bytes: [UInt8], at start: Int) {
    self.bytes = bytes
    index = start
  }

  mutating func value(depth: Int = 0) throws(LooseJSON.Failure) -> LooseJSON {
    guard depth < Self.maximalDepth else { throw .tooDeep(at: index) }
    skipSpace()
    switch try peek() {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    default: return try word()
    }
  }

  private mutating func object(depth: Int) throws(LooseJSON.Failure) -> LooseJSON {
    index += 1
    var members: [LooseJSON.Member] = []
    while true {
      skipSpace()
      switch try peek() {
      case UInt8(ascii: "}"):
        index += 1
        return .object(members)
      case UInt8(ascii: "\""): break
      default: throw .malformed(at: index)
      }
      let key = try string()
      skipSpace()
      guard try peek() == UInt8(ascii: ":") else { throw .malformed(at: index) }
      index += 1
      wasMeant = true
      members.append(.init(key: key, value: try value(depth: depth + 1)))
      try separator(before: UInt8(ascii: "}"))
    }
  }

  private mutating func array(depth: Int) throws(LooseJSON.Failure) -> LooseJSON {
    index += 1
    var elements: [LooseJSON] = []
    while true {
      skipSpace()
      if try peek() == UInt8(ascii: "]") {
        index += 1
        return .array(elements)
      }
      elements.append(try value(depth: depth + 1))
      try separator(before: UInt8(ascii: "]"))
    }
  }

  /// A comma, or the end mark, which is left to be read.
  private mutating func separator(before end: UInt8) throws(LooseJSON.Failure) {
    skipSpace()
    let next = try peek()
    if next == UInt8(ascii: ",") {
      index += 1
    } else if next != end {
      throw .malformed(at: index)
    }
  }

  /// A number or a literal: whatever runs up to the next mark of JSON, if it is one.
  private mutating func word() throws(LooseJSON.Failure) -> LooseJSON {
    let start = index
    while index < bytes.count, !Self.isSpace(bytes[index]), !Self.isMark(bytes[index]) {
      index += 1
    }
    if index == bytes.count { throw .truncated }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    switch text {
    case "null", "None", "undefined": return .null
    case "true", "True": return .bool(true)
    case "false", "False": return .bool(false)
    case "NaN", "Infinity", "-Infinity": return .number(text)
    default:
      guard Double(text) != nil else {
        index = start
        throw .malformed(at: start)
      }
      return .number(text)
    }
  }

  private mutating func string() throws(LooseJSON.Failure) -> String {
    index += 1
    var content: [UInt8] = []
    while true {
      let byte = try peek()
      index += 1
      switch byte {
      case UInt8(ascii: "\""):
        if closesString() { return String(decoding: content, as: UTF8.self) }
        content.append(byte)
      case UInt8(ascii: "\\"): try escape(into: &content)
      default: content.append(byte)
      }
    }
  }

  /// Whether the quote before `index` ends its string. In sound JSON it always does; the quote of
  /// `"she said "hi" to me"` is followed by no mark that can follow a string.
  private func closesString() -> Bool {
    var next = index
    while next < bytes.count, Self.isSpace(bytes[next]) { next += 1 }
    guard next < bytes.count else { return true }
    switch bytes[next] {
    case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "}"), UInt8(ascii: "]"): return true
    default: return false
    }
  }

  private mutating func escape(into content: inout [UInt8]) throws(LooseJSON.Failure) {
    let byte = try peek()
    index += 1
    switch byte {
    case UInt8(ascii: "n"): content.append(UInt8(ascii: "\n"))
    case UInt8(ascii: "t"): content.append(UInt8(ascii: "\t"))
    case UInt8(ascii: "r"): content.append(UInt8(ascii: "\r"))
    case UInt8(ascii: "b"): content.append(8)
    case UInt8(ascii: "f"): content.append(12)
    case UInt8(ascii: "u"): content.append(contentsOf: String(try unicodeEscape()).utf8)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "'"):
      content.append(byte)
    default: content.append(contentsOf: [UInt8(ascii: "\\"), byte])
    }
  }

  /// The character of `\uXXXX`, or of a pair of them; U+FFFD for half a pair or for digits that are
  /// none.
  private mutating func unicodeEscape() throws(LooseJSON.Failure) -> Character {
    guard let first = try fourDigits() else { return "\u{fffd}" }
    if let scalar = Unicode.Scalar(first) { return Character(scalar) }
    let resume = index
    if first < 0xdc00, index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\\"),
      bytes[index + 1] == UInt8(ascii: "u")
    {
      index += 2
      if let second = try fourDigits(), 0xdc00...0xdfff ~= second,
        let scalar = Unicode.Scalar(0x10000 + (first - 0xd800) << 10 + (second - 0xdc00))
      {
        return Character(scalar)
      }
      index = resume
    }
    return "\u{fffd}"
  }

  private mutating func fourDigits() throws(LooseJSON.Failure) -> UInt32? {
    guard index + 4 <= bytes.count else { throw .truncated }
    let digits = bytes[index..<index + 4]
    guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
    index += 4
    return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
  }

  private mutating func skipSpace() {
    while index < bytes.count, Self.isSpace(bytes[index]) { index += 1 }
  }

  private func peek() throws(LooseJSON.Failure) -> UInt8 {
    guard index < bytes.count else { throw .truncated }
    return bytes[index]
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0d).contains(byte)
  }

  private static func isMark(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "}"), UInt8(ascii: "]"),
      UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\""):
      true
    default: false
    }
  }
}
