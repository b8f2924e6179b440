import JSON

/// Why a file of queries or examples can't be used: what is wrong, where, and what to do about it.
package enum DatasetError: Error, Hashable, Sendable {
  /// A line of a file; lines count from 1.
  package struct Place: Hashable, Sendable {
    package var file: String
    package var line: Int

    package init(file: String, line: Int) {
      self.file = file
      self.line = line
    }
  }

  /// What a JSON value is, for errors about those that should be something else.
  package enum ValueKind: String, Hashable, Sendable {
    case array = "an array"
    case boolean = "true or false"
    case null = "null"
    case number = "a number"
    case object = "an object"
    case string = "a string"

    init(of value: JSON) {
      self =
        switch value {
        case .array: .array
        case .bool: .boolean
        case .null: .null
        case .number: .number
        case .object: .object
        case .string: .string
        }
    }
  }

  case notUTF8(Place, byte: UInt8)
  /// `column` counts characters from 1.
  case brokenJSON(Place, column: Int, reason: String)
  /// Neither an object nor, where that is enough, a string.
  case notARow(Place, found: ValueKind)
  case missingField(Place, wanted: [String], found: [String])
  case fieldNotString(Place, field: String, found: ValueKind)
  /// `field` is nil for a row that is nothing but its text.
  case emptyText(Place, field: String?)
  /// In bytes of UTF-8.
  case textTooLarge(Place, bytes: Int, limit: Int)
  case fileTooLarge(file: String, bytes: Int, limit: Int)
  /// A field was named, but the file's rows are plain text.
  case fieldOfPlainText(Place, field: String)
  /// One JSON object in which no field is an array of rows.
  case noArray(file: String, found: [String])
  /// One JSON object in which several fields are arrays.
  case severalArrays(file: String, names: [String])
  case noRows(file: String)
}

extension DatasetError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notUTF8(let place, let byte):
      let hex = (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      return "\(place): byte 0x\(hex) is not UTF-8. Save the file as UTF-8."
    case .brokenJSON(let place, let column, let reason):
      return "\(place), column \(column): broken JSON: \(reason). "
        + "Correct it, or give plain text with one query a line."
    case .notARow(let place, let found):
      return "\(place): a row is \(found.rawValue). Make it an object such as "
        + "{\"query\": \"…\"}."
    case .missingField(let place, let wanted, let found):
      return "\(place): the row has no field \(Self.list(wanted, last: "or")); "
        + "\(Self.fields(found)). Rename one or, for queries, name it."
    case .fieldNotString(let place, let field, let found):
      return "\(place): the field \"\(field)\" is \(found.rawValue). Make it a string."
    case .emptyText(let place, let field?):
      return "\(place): the field \"\(field)\" is empty. Fill it or remove the row."
    case .emptyText(let place, nil):
      return "\(place): the row is an empty string. Fill it or remove it."
    case .textTooLarge(let place, let bytes, let limit):
      return "\(place): a text of \(bytes) bytes; at most \(limit) are allowed. "
        + "Shorten it or remove the row."
    case .fileTooLarge(let file, let bytes, let limit):
      return "\(file): a file of \(bytes) bytes; at most \(limit) are allowed. "
        + "Give a part of it: a run needs a query a level."
    case .fieldOfPlainText(let place, let field):
      return "\(place): rows of plain text have no field \"\(field)\". "
        + "Give JSON objects that have it or, for queries, name no field."
    case .noArray(let file, let found):
      return "\(file): the object holds no array of rows; \(Self.fields(found)). "
        + "Put the rows in one array, or one object a line."
    case .severalArrays(let file, let names):
      return "\(file): which array holds the rows? There are \(Self.list(names, last: "and")). "
        + "Leave one, or give it as a file of its own."
    case .noRows(let file):
      return "\(file): there is nothing in it. Give one query a line, or JSON."
    }
  }

  private static func fields(_ names: [String]) -> String {
    switch names.count {
    case 0: "it has no fields"
    case 1: "its only field is \(list(names, last: "and"))"
    default: "its fields are \(list(names, last: "and"))"
    }
  }

  /// The first eight names in quotes; of a long one its start.
  private static func list(_ names: [String], last: String) -> String {
    var words = names.prefix(8).map { $0.count > 40 ? "\"\($0.prefix(40))…\"" : "\"\($0)\"" }
    if names.count > words.count { words.append("\(names.count - words.count) more") }
    guard words.count > 1, let final = words.popLast() else { return words.joined() }
    return "\(words.joined(separator: ", ")) \(last) \(final)"
  }
}

extension DatasetError.Place: CustomStringConvertible {
  package var description: String { "\(file), line \(line)" }
}
