/// The lines on which the keys of a TOML document stand, which the parser does not tell. It reads
/// only documents that the parser has accepted.
struct TOMLLines {
  private var lines: [[String]: Int] = [:]

  init(_ text: String) {
    var scanner = Scanner(bytes: Array(text.utf8))
    var table: [String] = []
    while scanner.skipToStatement() {
      let line = scanner.line
      if scanner.current == UInt8(ascii: "[") {
        scanner.skip(while: { $0 == UInt8(ascii: "[") })
        table = scanner.keyPath()
        record(table, line)
        scanner.skipLine()
      } else {
        record(table + scanner.keyPath(), line)
        scanner.skipValue()
      }
    }
  }

  /// Where the key stands, or the nearest key around it: a key of an inline table is where its table is.
  subscript(path: [String]) -> Int {
    var path = path
    while !path.isEmpty {
      if let line = lines[path] { return line }
      path.removeLast()
    }
    return 1
  }

  /// `a.b = 1` is also where `a` is first spoken of.
  private mutating func record(_ path: [String], _ line: Int) {
    for count in path.indices.map({ $0 + 1 }) where lines[Array(path.prefix(count))] == nil {
      lines[Array(path.prefix(count))] = line
    }
  }
}

/// Walks over a TOML document by bytes.
private struct Scanner {
  let bytes: [UInt8]
  var index = 0
  var line = 1

  var current: UInt8? { index < bytes.count ? bytes[index] : nil }

  mutating func advance() {
    if current == newline { line += 1 }
    index += 1
  }

  mutating func skip(while condition: (UInt8) -> Bool) {
    while let byte = current, condition(byte) { advance() }
  }

  mutating func skipLine() { skip(while: { $0 != newline }) }

  /// Goes to the next key or table; false at the end.
  mutating func skipToStatement() -> Bool {
    while let byte = current {
      switch byte {
      case UInt8(ascii: "#"): skipLine()
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), newline: advance()
      default: return true
      }
    }
    return false
  }

  /// Reads a key such as `a."b c".d`, up to its `=` or `]`, and passes that.
  mutating func keyPath() -> [String] {
    var path: [String] = []
    while let byte = current, byte != newline {
      switch byte {
      case UInt8(ascii: "="), UInt8(ascii: "]"):
        advance()
        return path
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        let start = index + 1
        skipString()
        path.append(String(decoding: bytes[start..<max(start, index - 1)], as: UTF8.self))
      case UInt8(ascii: "."), UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
        advance()
      default:
        let start = index
        skip(while: { !".=]\" \t\r\n'".utf8.contains($0) })
        path.append(String(decoding: bytes[start..<index], as: UTF8.self))
      }
    }
    return path
  }

  /// Passes a value, which may go over several lines.
  mutating func skipValue() {
    var depth = 0
    while let byte = current {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"): skipString()
      case UInt8(ascii: "#"): skipLine()
      case newline where depth == 0: return
      default:
        if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") { depth += 1 }
        if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") { depth -= 1 }
        advance()
      }
    }
  }

  /// Passes a string of any of the four forms, both ends included.
  private mutating func skipString() {
    guard let quote = current else { return }
    let isLong = index + 2 < bytes.count && bytes[index + 1] == quote && bytes[index + 2] == quote
    for _ in 0..<(isLong ? 3 : 1) { advance() }
    while let byte = current {
      if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        advance()
        if current != nil { advance() }
      } else if byte != quote {
        advance()
      } else if !isLong {
        return advance()
      } else {
        // A long string may end in up to two quotes of its own.
        let start = index
        skip(while: { $0 == quote })
        if index - start >= 3 { return }
      }
    }
  }
}

private let newline = UInt8(ascii: "\n")
