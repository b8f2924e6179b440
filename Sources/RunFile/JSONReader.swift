import Tree

/// Reads JSON from its start to its end, without building a value of it.
struct JSONReader {
  /// What is not JSON, or not the JSON that was expected. Who reads an event says which.
  struct Fault: Error {}

  private let bytes: [UInt8]
  private var position = 0

  init(_ json: String) { self.init(utf8: Array(json.utf8)) }

  init(utf8 bytes: [UInt8]) { self.bytes = bytes }

  mutating func object(_ member: (inout JSONReader, String) throws -> Void) throws {
    try expect("{")
    if skip("}") { return }
    repeat {
      let key = try string()
      try expect(":")
      try member(&self, key)
    } while skip(",")
    try expect("}")
  }

  mutating func array<Element>(_ element: (inout JSONReader) throws -> Element) throws -> [Element]
  {
    try expect("[")
    var elements: [Element] = []
    if skip("]") { return elements }
    repeat { elements.append(try element(&self)) } while skip(",")
    try expect("]")
    return elements
  }

  mutating func int() throws -> Int {
    let digits = numeral()
    guard let value = Int(digits) else { throw Fault() }
    return value
  }

  mutating func double() throws -> Double {
    guard let value = Double(numeral()) else { throw Fault() }
    return value
  }

  mutating func bool() throws -> Bool {
    if skip(word: "true") { return true }
    if skip(word: "false") { return false }
    throw Fault()
  }

  mutating func string() throws -> String {
    try expect("\"")
    let start = position
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        defer { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
      }
      if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
      position += 1
    }
    throw Fault()
  }

  mutating func value<Value: LosslessStringConvertible>(_ type: Value.Type) throws -> Value {
    guard let value = Value(try string()) else { throw Fault() }
    return value
  }

  mutating func value<Value: RawRepresentable<String>>(_ type: Value.Type) throws -> Value {
    guard let value = Value(rawValue: try string()) else { throw Fault() }
    return value
  }

  mutating func node() throws -> NodeID {
    try expect("\"")
    let id = NodeID(rawValue: try hexadecimal())
    try expect("\"")
    return id
  }

  mutating func text() throws -> Text {
    try expect("\"")
    let id = TextID(high: try hexadecimal(), low: try hexadecimal())
    try expect("\"")
    return Text(stored: id)
  }

  /// Sixteen digits.
  private mutating func hexadecimal() throws -> UInt64 {
    guard position + 16 <= bytes.count else { throw Fault() }
    var value: UInt64 = 0
    for byte in bytes[position..<position + 16] {
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
      default: throw Fault()
      }
      value = value << 4 | UInt64(digit)
    }
    position += 16
    return value
  }

  /// The next value as it stands, whatever it is.
  mutating func raw() throws -> String {
    skipBlanks()
    let start = position
    try skipValue()
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  /// Nothing may follow.
  mutating func end() throws {
    skipBlanks()
    guard position == bytes.count else { throw Fault() }
  }

  // MARK: Bytes

  private mutating func skipBlanks() {
    while position < bytes.count, bytes[position] <= 0x20 { position += 1 }
  }

  private mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard position < bytes.count, bytes[position] == UInt8(ascii: scalar) else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ scalar: Unicode.Scalar) throws {
    guard skip(scalar) else { throw Fault() }
  }

  private mutating func skip(word: String) -> Bool {
    skipBlanks()
    guard bytes[position...].starts(with: word.utf8) else { return false }
    position += word.utf8.count
    return true
  }

  private mutating func numeral() -> String {
    skipBlanks()
    let start = position
    while position < bytes.count, Self.isNumeric(bytes[position]) { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private static func isNumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
      UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }

  private mutating func skipValue() throws {
    skipBlanks()
    guard position < bytes.count else { throw Fault() }
    switch bytes[position] {
    case UInt8(ascii: "{"): try object { reader, _ in try reader.skipValue() }
    case UInt8(ascii: "["): _ = try array { reader in try reader.skipValue() }
    case UInt8(ascii: "\""): _ = try string()
    case UInt8(ascii: "t"), UInt8(ascii: "f"): _ = try bool()
    case UInt8(ascii: "n"): guard skip(word: "null") else { throw Fault() }
    default: _ = try double()
    }
  }

  // MARK: Escapes

  private mutating func escapedString(from start: Int) throws -> String {
    var content = Array(bytes[start..<position])
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: content, as: UTF8.self)
      case UInt8(ascii: "\\"): content += try escape()
      default: content.append(byte)
      }
    }
    throw Fault()
  }

  private mutating func escape() throws -> [UInt8] {
    guard position < bytes.count else { throw Fault() }
    defer { position += 1 }
    switch bytes[position] {
    case UInt8(ascii: "n"): return [0x0a]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "r"): return [0x0d]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0c]
    case UInt8(ascii: "u"): return try escapedScalar()
    case let byte where [UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/")].contains(byte):
      return [byte]
    default: throw Fault()
    }
  }

  /// At the `u`; stops at the last digit.
  private mutating func escapedScalar() throws -> [UInt8] {
    let unit = try codeUnit()
    if let scalar = Unicode.Scalar(unit) { return Array(String(scalar).utf8) }
    position += 2
    guard UTF16.isLeadSurrogate(unit), bytes[(position - 1)...].starts(with: "\\u".utf8) else {
      throw Fault()
    }
    let trail = try codeUnit()
    guard UTF16.isTrailSurrogate(trail) else { throw Fault() }
    let scalar = UTF16.decode(UTF16.EncodedScalar([unit, trail]))
    return Array(String(scalar).utf8)
  }

  private mutating func codeUnit() throws -> UInt16 {
    guard position + 4 < bytes.count,
      let unit = UInt16(
        String(decoding: bytes[position + 1...position + 4], as: UTF8.self), radix: 16)
    else { throw Fault() }
    position += 4
    return unit
  }
}
