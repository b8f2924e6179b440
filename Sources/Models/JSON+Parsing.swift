extension JSON {
  /// Reads a document; nil when it isn't one, is cut off, has something behind its end, or is nested
  /// deeper than 256 levels. White space and a byte order mark around it are skipped.
  package init?(parsing bytes: some Collection<UInt8>) {
    let value =
      bytes.withContiguousStorageIfAvailable { Self.parse($0) } ?? Self.parse(Array(bytes))
    guard let value else { return nil }
    self = value
  }

  package init?(parsing text: String) { self.init(parsing: Array(text.utf8)) }

  private static func parse<Bytes: RandomAccessCollection<UInt8>>(_ bytes: Bytes) -> JSON?
  where Bytes.Index == Int {
    var reader = JSONReader(bytes: bytes)
    reader.skipMark()
    guard let value = reader.value(depth: 0) else { return nil }
    reader.skipSpace()
    return reader.isAtEnd ? value : nil
  }
}

private struct JSONReader<Bytes: RandomAccessCollection<UInt8>> where Bytes.Index == Int {
  let bytes: Bytes
  var index: Int

  init(bytes: Bytes) {
    self.bytes = bytes
    index = bytes.startIndex
  }

  var isAtEnd: Bool { index == bytes.endIndex }
  var next: UInt8? { isAtEnd ? nil : bytes[index] }

  mutating func skipMark() {
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { index += 3 }
  }

  mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 {
      index += 1
    }
  }

  mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    index += 1
    return true
  }

  mutating func take(_ word: String) -> Bool {
    guard bytes[index...].starts(with: word.utf8) else { return false }
    index += word.utf8.count
    return true
  }

  mutating func value(depth: Int) -> JSON? {
    skipSpace()
    guard depth < 256, let byte = next else { return nil }
    switch byte {
    case UInt8(ascii: "{"): return object(depth: depth)
    case UInt8(ascii: "["): return array(depth: depth)
    case UInt8(ascii: "\""): return string().map(JSON.string)
    case UInt8(ascii: "t"): return take("true") ? .bool(true) : nil
    case UInt8(ascii: "f"): return take("false") ? .bool(false) : nil
    case UInt8(ascii: "n"): return take("null") ? .null : nil
    case UInt8(ascii: "N"): return take("NaN") ? .number(.nan) : nil
    case UInt8(ascii: "I"): return take("Infinity") ? .number(.infinity) : nil
    default: return number()
    }
  }

  private mutating func object(depth: Int) -> JSON? {
    index += 1
    var members: [JSON.Member] = []
    skipSpace()
    if take(UInt8(ascii: "}")) { return .object(members) }
    while true {
      skipSpace()
      guard next == UInt8(ascii: "\""), let key = string() else { return nil }
      skipSpace()
      guard take(UInt8(ascii: ":")), let value = value(depth: depth + 1) else { return nil }
      members.append(JSON.Member(key, value))
      skipSpace()
      if take(UInt8(ascii: "}")) { return .object(members) }
      guard take(UInt8(ascii: ",")) else { return nil }
    }
  }

  private mutating func array(depth: Int) -> JSON? {
    index += 1
    var values: [JSON] = []
    skipSpace()
    if take(UInt8(ascii: "]")) { return .array(values) }
    while true {
      guard let value = value(depth: depth + 1) else { return nil }
      values.append(value)
      skipSpace()
      if take(UInt8(ascii: "]")) { return .array(values) }
      guard take(UInt8(ascii: ",")) else { return nil }
    }
  }

  private mutating func number() -> JSON? {
    let start = index
    if take(UInt8(ascii: "-")), take("Infinity") { return .number(-.infinity) }
    while let byte = next,
      (0x30...0x39).contains(byte) || byte == 0x2e || byte == 0x2b || byte == 0x2d
        || byte | 0x20 == 0x65
    {
      index += 1
    }
    return Double(String(decoding: bytes[start..<index], as: UTF8.self)).map(JSON.number)
  }

  private mutating func string() -> String? {
    index += 1
    var text: [UInt8] = []
    while true {
      let start = index
      while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { index += 1 }
      text.append(contentsOf: bytes[start..<index])
      guard let byte = next else { return nil }
      index += 1
      if byte == UInt8(ascii: "\"") { return String(decoding: text, as: UTF8.self) }
      guard let escaped = next else { return nil }
      index += 1
      switch escaped {
      case UInt8(ascii: "n"): text.append(0x0a)
      case UInt8(ascii: "t"): text.append(0x09)
      case UInt8(ascii: "r"): text.append(0x0d)
      case UInt8(ascii: "b"): text.append(0x08)
      case UInt8(ascii: "f"): text.append(0x0c)
      case UInt8(ascii: "u"):
        guard let scalar = escapedScalar() else { return nil }
        text.append(contentsOf: String(Character(scalar)).utf8)
      default: text.append(escaped)
      }
    }
  }

  /// After `\u`; a pair of surrogates is one scalar, a lone one is U+FFFD.
  private mutating func escapedScalar() -> Unicode.Scalar? {
    guard let first = hexadecimal() else { return nil }
    if (0xd800..<0xdc00).contains(first) {
      let afterFirst = index
      if take("\\u"), let second = hexadecimal(), (0xdc00..<0xe000).contains(second) {
        return Unicode.Scalar(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00))
      }
      index = afterFirst
    }
    return Unicode.Scalar(first) ?? "\u{fffd}"
  }

  private mutating func hexadecimal() -> UInt32? {
    guard bytes.endIndex - index >= 4 else { return nil }
    let digits = String(decoding: bytes[index..<index + 4], as: UTF8.self)
    index += 4
    return UInt32(digits, radix: 16)
  }
}
