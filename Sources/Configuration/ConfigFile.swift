import TOMLKit

/// A configuration file that was read and checked: every key in it is known and has a value that its
/// setting accepts.
package struct ConfigFile: Sendable {
  package let path: String
  private let entries: [[String]: Entry]

  struct Entry: Sendable {
    var value: Raw
    var line: Int
  }

  /// - Parameters:
  ///   - path: where the text came from, for messages and for the relative paths in it.
  ///   - text: the whole of the file.
  /// - Throws: all that is wrong in the file, by line.
  package init(path: String, text: String) throws(ConfigurationError) {
    self.path = path
    guard !text.utf8.contains(0) else {
      throw .file(path: path, faults: [FileFault(line: 1, problem: "this is no text file")])
    }
    let table: TOMLTable
    do {
      table = try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      let fault = FileFault(line: error.source.begin.line, problem: error.description)
      throw .file(path: path, faults: [fault])
    } catch {
      throw .file(path: path, faults: [FileFault(line: 1, problem: "\(error)")])
    }

    var reading = Reading(lines: TOMLLines(text))
    reading.read(table, at: [])
    guard reading.faults.isEmpty else {
      throw .file(path: path, faults: reading.faults.sorted { $0.line < $1.line })
    }
    entries = reading.entries
  }

  subscript(path: [String]) -> Entry? { entries[path] }

  /// The entries whose names are the person's, for a key with a `*`: by that name.
  func named(_ key: Key) -> [(name: String, entry: Entry)] {
    guard let star = key.path.firstIndex(of: "*") else { return [] }
    return
      entries
      .filter { key.matches($0.key) }
      .map { (name: $0.key[star], entry: $0.value) }
      .sorted { $0.name < $1.name }
  }
}

/// Goes through a parsed file and sorts what it finds into settings and faults.
private struct Reading {
  let lines: TOMLLines
  var entries: [[String]: ConfigFile.Entry] = [:]
  var faults: [FileFault] = []

  mutating func read(_ table: TOMLTable, at path: [String]) {
    for name in table.keys {
      guard let value = table[name] else { continue }
      readValue(value, at: path + [name])
    }
  }

  private mutating func readValue(_ value: any TOMLValueConvertible, at path: [String]) {
    let depth = path.count
    let isTable = value.type == .table
    if !isTable, let variable = variableOfKey(path, value.string) {
      return fault(
        path,
        "keys are never read from a file, which gets copied and committed: set the variable "
          + "\(variable) instead, and take the key out of here")
    }
    if isTable, let inner = value.table, Key.all.contains(where: { $0.reaches(below: path) }) {
      return read(inner, at: path)
    }
    guard let key = Key.all.first(where: { $0.matches(path) }) else {
      let siblings = Key.all
        .filter { $0.path.count >= depth && $0.isUnder(path.dropLast()) }
        .map { $0.path[depth - 1] }
      let meant = suggestion(for: path[depth - 1], among: siblings)
      let isKnownTable = Key.all.contains { $0.reaches(below: path) }
      return fault(
        path,
        isKnownTable
          ? "\(dotted(path)) is a table, not a value"
          : "there is no setting \(dotted(path))"
            + (meant.map { "; did you mean \(dotted(path.dropLast() + [$0]))?" } ?? ""))
    }
    let raw = Raw(value)
    guard let accepted = key.kind.read(raw, textual: false) else {
      return fault(path, "\(dotted(path)) is \(raw.inWords); it takes \(key.kind.wanted)")
    }
    entries[path] = ConfigFile.Entry(value: accepted, line: lines[path])
  }

  private mutating func fault(_ path: [String], _ problem: String) {
    faults.append(FileFault(line: lines[path], problem: problem))
  }

  /// The variable that should hold what seems to be a key, or nil where it does not seem so.
  private func variableOfKey(_ path: [String], _ text: String?) -> String? {
    guard path.last.map(namesKey) == true || text?.hasPrefix("sk-") == true else { return nil }
    return (path.first.flatMap(RoleName.init(rawValue:)) ?? .base).keyVariable
  }
}

extension Key {
  /// Whether the path is a table that leads to this setting.
  fileprivate func reaches(below other: [String]) -> Bool {
    path.count > other.count && isUnder(other[...])
  }

  fileprivate func isUnder(_ other: ArraySlice<String>) -> Bool {
    zip(path, other).allSatisfy { $0 == "*" || $0 == $1 }
  }
}

/// A path as it would be written: `prices."gpt-4.1".input`.
private func dotted(_ path: [String]) -> String {
  path.map { part in
    let isBare = part.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
        || (0x61...0x7A).contains(byte) || byte == 0x5F || byte == 0x2D
    }
    return isBare && !part.isEmpty ? part : quoted(part)
  }.joined(separator: ".")
}

extension Raw {
  fileprivate init(_ value: any TOMLValueConvertible) {
    switch value.type {
    case .string: self = value.string.map(Raw.text) ?? .other("text")
    case .int: self = value.int.map(Raw.whole) ?? .other("a whole number")
    case .double: self = value.double.map(Raw.decimal) ?? .other("a number")
    case .bool: self = value.bool.map(Raw.truth) ?? .other("true or false")
    case .date:
      self = value.date.map { .text($0.inWords) } ?? .other("a day")
    case .time: self = .other("a time")
    case .dateTime: self = .other("a day and a time")
    case .array: self = value.array.flatMap(Raw.init(texts:)) ?? .other("a list")
    case .table: self = .other("a table")
    }
  }
}

extension Raw {
  /// Nil where anything in the list is no text.
  fileprivate init?(texts list: TOMLArray) {
    let texts = list.compactMap { $0.type == .string ? $0.string : nil }
    guard texts.count == list.count else { return nil }
    self = .texts(texts)
  }
}

extension TOMLDate {
  /// As 2026-11-21.
  fileprivate var inWords: String {
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = "\(number)"
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "\(padded(Int(year), 4))-\(padded(Int(month), 2))-\(padded(Int(day), 2))"
  }
}
