extension JSONReader {
  /// The string whose opening quote is current.
  mutating func string() throws(JSONFault) -> String {
    index += 1
    var text: [UInt8] = []
    while true {
      let start = index
      while let byte = current, byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\")
      {
        index += 1
      }
      text += bytes[start..<index]
      switch current {
      case UInt8(ascii: "\""):
        index += 1
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        index += 1
        text += try escaped()
      case let control? where dialect == .lenient:
        text.append(control)
        index += 1
      case nil, 0x0a, 0x0d:
        throw fault("a string without its closing quote; a line break inside is written \\n")
      default: throw fault("a control character inside a string; a tab is written \\t")
      }
    }
  }

  /// What an escape stands for; the backslash is already read.
  private mutating func escaped() throws(JSONFault) -> [UInt8] {
    guard let byte = current else { throw fault("it ends inside a string") }
    let simple: UInt8
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): simple = byte
    case UInt8(ascii: "b"): simple = 0x08
    case UInt8(ascii: "f"): simple = 0x0c
    case UInt8(ascii: "n"): simple = 0x0a
    case UInt8(ascii: "r"): simple = 0x0d
    case UInt8(ascii: "t"): simple = 0x09
    case UInt8(ascii: "u"): return Array(String(try escapedScalar()).utf8)
    case _ where dialect == .lenient: simple = byte
    default: throw fault("no escape; a backslash itself is written \\\\")
    }
    index += 1
    return [simple]
  }

  /// The scalar of `\uXXXX`, or of a pair of them; the first `u` is current.
  private mutating func escapedScalar() throws(JSONFault) -> Unicode.Scalar {
    let first = try codeUnit()
    if let scalar = Unicode.Scalar(first) { return scalar }
    let afterFirst = index
    if UTF16.isLeadSurrogate(first), take(UInt8(ascii: "\\")), current == UInt8(ascii: "u") {
      let second = try codeUnit()
      if UTF16.isTrailSurrogate(second) {
        return UTF16.decode(UTF16.EncodedScalar([first, second]))
      }
    }
    guard dialect == .lenient else {
      throw fault("half of a surrogate pair, which is no character")
    }
    index = afterFirst
    return "\u{fffd}"
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
