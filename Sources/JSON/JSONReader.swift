/// Reads JSON from its start to its end and says where it is broken.
///
/// Not `JSONDecoder`: that one has no lines, of values or of faults, lets a trailing comma pass, and
/// refuses a whole document for one lone surrogate, one bad byte or one NaN, all of which servers send.
package struct JSONReader {
  package enum Dialect: Sendable {
    /// RFC 8259 to the letter: for what a person writes, who wants to hear of each slip.
    case strict
    /// What servers and Python write too. The damage stays where it is: bad bytes and half surrogate
    /// pairs become U+FFFD, strings may hold line breaks, an unknown escape is the character itself, a
    /// number is what `Double` makes of it, also `NaN` and `Infinity`.
    case lenient
  }

  /// Values nested deeper are refused: the reader calls itself, and a thread's stack may be 512 KiB.
  private static let deepest = 64

  /// The line of what is read next, from 1.
  package private(set) var line: Int
  let bytes: [UInt8]
  let limit: Int
  let dialect: Dialect
  var index: Int
  private var depth = 0

  /// - Parameters:
  ///   - range: the part to read, which starts in line `line`; all of it if nil.
  package init(
    _ bytes: [UInt8], _ range: Range<Int>? = nil, line: Int = 1, as dialect: Dialect
  ) {
    self.bytes = bytes
    self.line = line
    self.dialect = dialect
    index = range?.lowerBound ?? 0
    limit = range?.upperBound ?? bytes.count
    if dialect == .lenient, bytes[index..<limit].starts(with: [0xef, 0xbb, 0xbf]) { index += 3 }
  }

  /// The first byte of what comes next, white space skipped; nil at the end.
  package mutating func peek() -> UInt8? {
    while let byte = current, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 {
      if byte == 0x0a { line += 1 }
      index += 1
    }
    return current
  }

  package mutating func value() throws(JSONFault) -> JSON {
    switch peek() {
    case UInt8(ascii: "{"):
      var members: [JSON.Member] = []
      try object { reader, key throws(JSONFault) in
        members.append(JSON.Member(key, try reader.value()))
      }
      return .object(members)
    case UInt8(ascii: "["):
      var values: [JSON] = []
      try array { reader throws(JSONFault) in values.append(try reader.value()) }
      return .array(values)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case nil: throw fault("it ends where a value should be")
    default: return .number(try number())
    }
  }

  /// Reads an object; `member` has to read the value of each key.
  package mutating func object(
    _ member: (inout JSONReader, _ key: String) throws(JSONFault) -> Void
  ) throws(JSONFault) {
    try open(UInt8(ascii: "{"))
    if skip(UInt8(ascii: "}")) { return close() }
    repeat {
      guard peek() == UInt8(ascii: "\"") else {
        throw fault("a field's name in quotes should be here")
      }
      let key = try string()
      guard skip(UInt8(ascii: ":")) else { throw fault("a colon should be here") }
      try member(&self, key)
    } while skip(UInt8(ascii: ","))
    guard skip(UInt8(ascii: "}")) else { throw fault("a comma or } should be here") }
    close()
  }

  /// Reads an array; `element` has to read each value.
  package mutating func array(
    _ element: (inout JSONReader) throws(JSONFault) -> Void
  ) throws(JSONFault) {
    try open(UInt8(ascii: "["))
    if skip(UInt8(ascii: "]")) { return close() }
    repeat { try element(&self) } while skip(UInt8(ascii: ","))
    guard skip(UInt8(ascii: "]")) else { throw fault("a comma or ] should be here") }
    close()
  }

  /// Nothing may follow.
  package mutating func finish() throws(JSONFault) {
    guard peek() == nil else { throw fault("text after its end") }
  }

  private mutating func open(_ bracket: UInt8) throws(JSONFault) {
    guard peek() == bracket else { throw fault("a value should be here") }
    guard depth < Self.deepest else { throw fault("more than \(Self.deepest) values nested") }
    index += 1
    depth += 1
  }

  private mutating func close() { depth -= 1 }

  private mutating func skip(_ byte: UInt8) -> Bool {
    guard peek() == byte else { return false }
    index += 1
    return true
  }
}

// MARK: - Bytes

extension JSONReader {
  var current: UInt8? { index < limit ? bytes[index] : nil }

  func fault(_ reason: String) -> JSONFault {
    JSONFault(offset: index, line: line, reason: reason, isCutOff: index >= limit)
  }

  mutating func take(_ byte: UInt8) -> Bool {
    guard current == byte else { return false }
    index += 1
    return true
  }

  private mutating func take(_ word: String) -> Bool {
    guard bytes[index..<limit].starts(with: word.utf8) else { return false }
    index += word.utf8.count
    return true
  }

  private mutating func word(_ word: String, _ value: JSON) throws(JSONFault) -> JSON {
    guard take(word) else { throw fault("a value should be here") }
    return value
  }
}

// MARK: - Numbers

extension JSONReader {
  private mutating func number() throws(JSONFault) -> Double {
    let start = index
    switch dialect {
    case .strict: try skipNumber()
    case .lenient:
      if take("NaN") { return .nan }
      if take("Infinity") { return .infinity }
      if take("-Infinity") { return -.infinity }
      while let byte = current, Self.isNumeric(byte) { index += 1 }
    }
    guard let number = Double(String(decoding: bytes[start..<index], as: UTF8.self)) else {
      throw fault("a value should be here")
    }
    return number
  }

  private mutating func skipNumber() throws(JSONFault) {
    guard let first = current, first == UInt8(ascii: "-") || Self.isDigit(first) else {
      throw fault("a value should be here")
    }
    _ = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")) { try skipDigits() }
    if take(UInt8(ascii: ".")) { try skipDigits() }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try skipDigits()
    }
  }

  private mutating func skipDigits() throws(JSONFault) {
    let start = index
    while let byte = current, Self.isDigit(byte) { index += 1 }
    if index == start { throw fault("a digit should be here") }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }

  private static func isNumeric(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "+")
      || byte == UInt8(ascii: "-") || byte | 0x20 == UInt8(ascii: "e")
  }
}
