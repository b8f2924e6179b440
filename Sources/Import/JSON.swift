/// A JSON document whose objects keep the order of their members: the aspects of a published
/// evaluation stand in the judge's order, which Foundation's decoder would lose.
enum JSON: Hashable, Sendable {
  struct Member: Hashable, Sendable {
    var key: String
    var value: JSON
  }

  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSON])
  case object([Member])

  init(_ text: String) throws(ImportError) {
    var parser = JSONParser(Array(text.utf8))
    self = try parser.document()
  }

  /// The value of the first member of this name.
  subscript(key: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  var string: String? {
    guard case .string(let string) = self else { return nil }
    return string
  }

  var double: Double? {
    guard case .number(let number) = self else { return nil }
    return number
  }

  var int: Int? { double.flatMap(Int.init(exactly:)) }
}

/// Reads strict JSON (RFC 8259); a lone surrogate becomes U+FFFD, so that one bad character does not
/// cost the document.
private struct JSONParser {
  /// Deeper nesting than any tree needs, and far from the end of the stack.
  private static let depthLimit = 100

  private let bytes: [UInt8]
  private var position = 0
  private var depth = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func document() throws(ImportError) -> JSON {
    let value = try value()
    skipBlanks()
    guard position == bytes.count else { throw fault("something follows the end of the document") }
    return value
  }

  private func fault(_ what: String) -> ImportError {
    let line = bytes[..<min(position, bytes.count)].count { $0 == UInt8(ascii: "\n") } + 1
    return .notJSON(line: line, fault: what)
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || (0x09...0x0d).contains(byte) { position += 1 }
  }

  private mutating func skip(_ byte: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard next == UInt8(ascii: byte) else { return false }
    position += 1
    return true
  }

  private mutating func value() throws(ImportError) -> JSON {
    skipBlanks()
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else { throw fault("it is nested too deeply") }
    switch next {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case nil: throw fault("it ends in the middle")
    default: return try number()
    }
  }

  private mutating func word(_ word: String, _ value: JSON) throws(ImportError) -> JSON {
    guard bytes[position...].starts(with: word.utf8) else { throw fault("\(word) is misspelt") }
    position += word.utf8.count
    return value
  }

  private mutating func object() throws(ImportError) -> JSON {
    position += 1
    var members: [JSON.Member] = []
    if skip("}") { return .object(members) }
    repeat {
      skipBlanks()
      guard next == UInt8(ascii: "\"") else { throw fault("the name of a member is missing") }
      let key = try string()
      guard skip(":") else { throw fault("\"\(key)\" has no colon behind it") }
      members.append(JSON.Member(key: key, value: try value()))
    } while skip(",")
    guard skip("}") else { throw fault("an object has no end") }
    return .object(members)
  }

  private mutating func array() throws(ImportError) -> JSON {
    position += 1
    var values: [JSON] = []
    if skip("]") { return .array(values) }
    repeat { values.append(try value()) } while skip(",")
    guard skip("]") else { throw fault("an array has no end") }
    return .array(values)
  }

  private mutating func number() throws(ImportError) -> JSON {
    let start = position
    while let byte = next, Self.numeric.contains(byte) { position += 1 }
    let digits = String(decoding: bytes[start..<position], as: UTF8.self)
    guard let number = Double(digits), number.isFinite else { throw fault("a value is missing") }
    return .number(number)
  }

  private static let numeric = Set("+-.0123456789eE".utf8)
}

// MARK: - Strings

extension JSONParser {
  private mutating func string() throws(ImportError) -> String {
    position += 1
    var content: [UInt8] = []
    while let byte = next {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: content, as: UTF8.self)
      case UInt8(ascii: "\\"): content += try escape()
      default: content.append(byte)
      }
    }
    throw fault("a string has no end")
  }

  private mutating func escape() throws(ImportError) -> [UInt8] {
    guard let byte = next else { throw fault("a string has no end") }
    position += 1
    switch byte {
    case UInt8(ascii: "n"): return [0x0a]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "r"): return [0x0d]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0c]
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "u"): return Array(String(try escapedScalar()).utf8)
    default: throw fault("there is no escape \\\(Unicode.Scalar(byte))")
    }
  }

  private mutating func escapedScalar() throws(ImportError) -> Unicode.Scalar {
    let unit = try codeUnit()
    guard UTF16.isLeadSurrogate(unit) else { return Unicode.Scalar(unit) ?? "\u{fffd}" }
    let resume = position
    guard bytes[position...].starts(with: "\\u".utf8) else { return "\u{fffd}" }
    position += 2
    let trail = try codeUnit()
    guard UTF16.isTrailSurrogate(trail) else {
      position = resume
      return "\u{fffd}"
    }
    return UTF16.decode(UTF16.EncodedScalar([unit, trail]))
  }

  private mutating func codeUnit() throws(ImportError) -> UInt16 {
    let end = position + 4
    guard end <= bytes.count,
      let unit = UInt16(String(decoding: bytes[position..<end], as: UTF8.self), radix: 16)
    else { throw fault("\\u needs four hexadecimal digits") }
    position = end
    return unit
  }
}
