import JSON

/// Finds the rows of a file, whatever its form: JSON Lines, a JSON array, a JSON object with one
/// array in it, or plain lines. The content decides; the name only where a text could be plain too.
struct RowReader {
  /// In bytes.
  private static let largestFile = 64 << 20

  /// What JSON with rows in it starts with, white space aside; `{name}, hello` and `[1] asks` are
  /// plain text.
  private static let canOpenRows: Set<String> = ["{\"", "{}", "[{", "[\"", "[[", "[]"]

  private let bytes: [UInt8]
  private let name: String
  private let fields: [String]
  /// The lines that are not blank, without their ends.
  private let lines: [(number: Int, range: Range<Int>)]

  /// - Parameters:
  ///   - name: the file's name, for errors.
  ///   - fields: the fields that a row may have its text in.
  static func rows(
    in bytes: [UInt8], name: String, fields: [String]
  ) throws(DatasetError) -> [Row] {
    guard bytes.count <= largestFile else {
      throw .fileTooLarge(file: name, bytes: bytes.count, limit: largestFile)
    }
    let mark: [UInt8] = [0xef, 0xbb, 0xbf]
    let content = bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : bytes
    try checkUTF8(content, name: name)
    let rows = try RowReader(bytes: content, name: name, fields: fields).rows()
    guard !rows.isEmpty else { throw .noRows(file: name) }
    return rows
  }

  private init(bytes: [UInt8], name: String, fields: [String]) {
    self.bytes = bytes
    self.name = name
    self.fields = fields
    self.lines = bytes.split(separator: 0x0a, omittingEmptySubsequences: false).enumerated()
      .filter { $0.element.contains { !Self.isSpace($0) } }
      .map { ($0.offset + 1, $0.element.startIndex..<$0.element.endIndex) }
  }

  private static func checkUTF8(_ bytes: [UInt8], name: String) throws(DatasetError) {
    do {
      _ = try UTF8Span(validating: bytes.span)
    } catch {
      let offset = error.byteOffsets.lowerBound
      let line = bytes[..<offset].count { $0 == 0x0a } + 1
      throw .notUTF8(DatasetError.Place(file: name, line: line), byte: bytes[offset])
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0a, 0x0d].contains(byte) }

  private func rows() throws(DatasetError) -> [Row] {
    guard let first = lines.first else { return [] }
    let opening = bytes[first.range.lowerBound...].lazy.filter { !Self.isSpace($0) }.prefix(2)
    let isNamedJSON = [".json", ".jsonl", ".ndjson"].contains { name.lowercased().hasSuffix($0) }
    let isJSON = isNamedJSON || Self.canOpenRows.contains(String(decoding: opening, as: UTF8.self))
    switch opening.first {
    case UInt8(ascii: "{") where isJSON: return try objects()
    case UInt8(ascii: "[") where isJSON: return try array()
    default: return isJSON ? try jsonLines() : plainLines()
    }
  }

  private func plainLines() -> [Row] {
    lines.map { line in
      var text = bytes[line.range]
      while let last = text.last, Self.isSpace(last) { text.removeLast() }
      while let first = text.first, Self.isSpace(first) { text.removeFirst() }
      return Row(place: place(line.number), content: .plain(String(decoding: text, as: UTF8.self)))
    }
  }

  private func jsonLines() throws(DatasetError) -> [Row] {
    var rows: [Row] = []
    for line in lines {
      do {
        rows.append(try row(of: line.range, line: line.number))
      } catch {
        throw broken(error)
      }
    }
    return rows
  }

  private func array() throws(DatasetError) -> [Row] {
    do {
      var reader = JSONReader(bytes, as: .strict)
      let rows = try elements(&reader)
      try reader.finish()
      return rows
    } catch {
      throw broken(error)
    }
  }

  /// Rows of a file that starts with an object: one a line, or one for the whole file.
  private func objects() throws(DatasetError) -> [Row] {
    let whole: Row
    do {
      whole = try row(of: bytes.indices, line: 1)
    } catch {
      if areLines(despite: error) { return try jsonLines() }
      throw broken(error)
    }
    guard case .json(.object(let members)) = whole.content else { return [whole] }
    let wanted = members.last { fields.contains($0.key) }
    if let wanted, wanted.value.array == nil { return [whole] }
    let arrays = members.filter { $0.value.array != nil }
    guard let only = arrays.first else {
      throw .noArray(file: name, found: members.map(\.key))
    }
    guard arrays.count == 1 else {
      throw .severalArrays(file: name, names: arrays.map(\.key))
    }
    do {
      return try elements(ofMember: only.key)
    } catch {
      throw broken(error)
    }
  }

  /// The rows of the one array of this name in the object that the file is, which is read once more:
  /// rows need their lines, which values don't have.
  private func elements(ofMember wanted: String) throws(JSONFault) -> [Row] {
    var rows: [Row] = []
    var reader = JSONReader(bytes, as: .strict)
    try reader.object { reader, key throws(JSONFault) in
      if key == wanted, reader.peek() == UInt8(ascii: "[") {
        rows = try elements(&reader)
      } else {
        _ = try reader.value()
      }
    }
    return rows
  }

  private func elements(_ reader: inout JSONReader) throws(JSONFault) -> [Row] {
    var rows: [Row] = []
    try reader.array { reader throws(JSONFault) in rows.append(try row(&reader)) }
    return rows
  }

  /// Whether a file that is not one object is meant as an object a line. It is when the fault is
  /// in the first line, which then is a bad row; when that line is whole; or when it is broken off
  /// but the last line is whole.
  private func areLines(despite fault: JSONFault) -> Bool {
    guard let first = lines.first, let last = lines.last else { return false }
    return fault.line == first.number || isJSON(first.range) || isJSON(last.range)
  }

  private func isJSON(_ range: Range<Int>) -> Bool {
    (try? row(of: range, line: 1)) != nil
  }

  private func row(of range: Range<Int>, line: Int) throws(JSONFault) -> Row {
    var reader = JSONReader(bytes, range, line: line, as: .strict)
    let row = try row(&reader)
    try reader.finish()
    return row
  }

  private func row(_ reader: inout JSONReader) throws(JSONFault) -> Row {
    _ = reader.peek()
    let line = reader.line
    return Row(place: place(line), content: .json(try reader.value()))
  }

  private func place(_ line: Int) -> DatasetError.Place {
    DatasetError.Place(file: name, line: line)
  }

  private func broken(_ fault: JSONFault) -> DatasetError {
    let start = bytes[..<fault.offset].lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
    let before = String(decoding: bytes[start..<fault.offset], as: UTF8.self)
    return .brokenJSON(place(fault.line), column: before.count + 1, reason: fault.reason)
  }
}
