/// Reads JSON strictly by RFC 8259 and says where it is broken.
///
/// Not `JSONDecoder`: that one has no lines, of values or of faults, and lets a trailing comma pass.
struct JSONReader {
  /// Deeper values are refused: the reader calls itself.
  private static let deepest = 64

  private let bytes: [UInt8]
  private var index: Int
  private let end: Int
  private var line: Int

  /// - Parameters:
  ///   - bytes: valid UTF-8.
  ///   - line: the number of the line that the range starts in.
  static func value(in bytes: [UInt8], _ range: Range<Int>, line: Int = 1) throws(JSONFault)
    -> JSONValue
  {
    var reader = JSONReader(bytes: bytes, range: range, line: line)
    let value = try reader.value(depth: 0)
    reader.skipSpace()
    if reader.index < reader.end { throw reader.fault("text after its end") }
    return value
  }

  private init(bytes: [UInt8], range: Range<Int>, line: Int) {
    self.bytes = bytes
    self.index = range.lowerBound
    self.end = range.upperBound
    self.line = line
  }

  private var current: UInt8? { index < end ? bytes[index] : nil }

  private func fault(_ reason: String) -> JSONFault {
    JSONFault(offset: index, line: line, reason: reason, isCutOff: index >= end)
  }

  private mutating func skipSpace() {
    while let byte = current, [0x20, 0x09, 0x0a, 0x0d].contains(byte) {
      if byte == 0x0a { line += 1 }
      index += 1
    }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard current == byte else { return false }
    index += 1
    return true
  }

  private mutating func value(depth: Int) throws(JSONFault) -> JSONValue {
    skipSpace()
    guard depth < Self.deepest else { throw fault("more than \(Self.deepest) values nested") }
    let start = line
    let content: JSONValue.Content =
      switch current {
      case UInt8(ascii: "{"): try object(depth: depth)
      case UInt8(ascii: "["): try array(depth: depth)
      case UInt8(ascii: "\""): .string(try string())
      case let byte? where byte == UInt8(ascii: "-") || isDigit(byte): try number()
      case UInt8(ascii: "t"): try word("true", .boolean)
      case UInt8(ascii: "f"): try word("false", .boolean)
      case UInt8(ascii: "n"): try word("null", .null)
      case nil: throw fault("it ends where a value should be")
      default: throw fault("a value should be here")
      }
    return JSONValue(content: content, line: start)
  }

  private mutating func object(depth: Int) throws(JSONFault) -> JSONValue.Content {
    index += 1
    var members: [JSONValue.Member] = []
    skipSpace()
    if take(UInt8(ascii: "}")) { return .object([]) }
    while true {
      skipSpace()
      guard current == UInt8(ascii: "\"") else {
        throw fault("a field's name in quotes should be here")
      }
      let name = try string()
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw fault("a colon should be here") }
      let value = try value(depth: depth + 1)
      members.append(JSONValue.Member(name: name, value: value))
      skipSpace()
      if take(UInt8(ascii: "}")) { return .object(members) }
      guard take(UInt8(ascii: ",")) else { throw fault("a comma or } should be here") }
    }
  }

  private mutating func array(depth: Int) throws(JSONFault) -> JSONValue.Content {
    index += 1
    var values: [JSONValue] = []
    skipSpace()
    if take(UInt8(ascii: "]")) { return .array([]) }
    while true {
      values.append(try value(depth: depth + 1))
      skipSpace()
      if take(UInt8(ascii: "]")) { return .array(values) }
      guard take(UInt8(ascii: ",")) else { throw fault("a comma or ] should be here") }
    }
  }

  private mutating func word(
    _ word: String, _ content: JSONValue.Content
  ) throws(JSONFault) -> JSONValue.Content {
    guard bytes[index..<end].starts(with: word.utf8) else { throw fault("a value should be here") }
    index += word.utf8.count
    return content
  }

  private mutating func number() throws(JSONFault) -> JSONValue.Content {
    _ = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")) { try digits() }
    if take(UInt8(ascii: ".")) { try digits() }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try digits()
    }
    return .number
  }

  private mutating func digits() throws(JSONFault) {
    let start = index
    while let byte = current, isDigit(byte) { index += 1 }
    if index == start { throw fault("a digit should be here") }
  }

  private func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private mutating func string() throws(JSONFault) -> String {
    index += 1
    var text: [UInt8] = []
    while true {
      switch current {
      case UInt8(ascii: "\""):
        index += 1
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        index += 1
        text += String(try escaped()).utf8
      case nil, 0x0a, 0x0d:
        throw fault("a string without its closing quote; a line break inside is written \\n")
      case let byte? where byte < 0x20:
        throw fault("a control character inside a string; a tab is written \\t")
      case let byte?:
        text.append(byte)
        index += 1
      }
    }
  }

  /// The scalar that an escape stands for; the backslash is already read.
  private mutating func escaped() throws(JSONFault) -> Unicode.Scalar {
    let simple: Unicode.Scalar?
    switch current {
    case UInt8(ascii: "\""): simple = "\""
    case UInt8(ascii: "\\"): simple = "\\"
    case UInt8(ascii: "/"): simple = "/"
    case UInt8(ascii: "b"): simple = "\u{8}"
    case UInt8(ascii: "f"): simple = "\u{c}"
    case UInt8(ascii: "n"): simple = "\n"
    case UInt8(ascii: "r"): simple = "\r"
    case UInt8(ascii: "t"): simple = "\t"
    case UInt8(ascii: "u"): simple = nil
    default: throw fault("no escape; a backslash itself is written \\\\")
    }
    if let simple {
      index += 1
      return simple
    }
    let first = try codeUnit()
    if let scalar = Unicode.Scalar(first) { return scalar }
    if UTF16.isLeadSurrogate(first), take(UInt8(ascii: "\\")), current == UInt8(ascii: "u") {
      let second = try codeUnit()
      if UTF16.isTrailSurrogate(second) {
        return UTF16.decode(UTF16.EncodedScalar([first, second]))
      }
    }
    throw fault("half of a surrogate pair, which is no character")
  }

  /// The four hexadecimal digits after `u`, which is current.
  private mutating func codeUnit() throws(JSONFault) -> UInt16 {
    index += 1
    let start = index
    while let byte = current, index < start + 4, isHexDigit(byte) { index += 1 }
    let digits = String(decoding: bytes[start..<index], as: UTF8.self)
    guard digits.utf8.count == 4, let unit = UInt16(digits, radix: 16) else {
      throw fault("four hexadecimal digits should be here")
    }
    return unit
  }

  private func isHexDigit(_ byte: UInt8) -> Bool {
    Unicode.Scalar(byte).properties.isASCIIHexDigit
  }
}
