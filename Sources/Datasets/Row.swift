import JSON

/// One row of a file, before its fields are looked at.
struct Row: Equatable {
  enum Content: Equatable {
    /// A line of a plain text file, without white space at its ends.
    case plain(String)
    case json(JSON)
  }

  /// The longest query or response, in bytes of UTF-8: about 25,000 tokens.
  static let longestText = 100_000

  var place: DatasetError.Place
  var content: Content

  /// The text of the first of the fields that the row has.
  ///
  /// - Parameters:
  ///   - fields: one or more names, the preferred first.
  ///   - mayBeText: a row that is itself a string, or a plain line, counts as its text.
  func text(of fields: [String], mayBeText: Bool) throws(DatasetError) -> String {
    switch content {
    case .plain(let text):
      guard mayBeText else { throw .fieldOfPlainText(place, field: fields[0]) }
      return try checked(text, field: nil)
    case .json(let value):
      switch value {
      case .object(let members): return try text(of: fields, in: members)
      case .string(let text) where mayBeText: return try checked(text, field: nil)
      default: throw .notARow(place, found: DatasetError.ValueKind(of: value))
      }
    }
  }

  private func text(
    of fields: [String], in members: [JSON.Member]
  ) throws(DatasetError) -> String {
    for field in fields {
      guard let member = members.last(where: { $0.key == field }) else { continue }
      guard let text = member.value.string else {
        throw .fieldNotString(
          place, field: field, found: DatasetError.ValueKind(of: member.value))
      }
      return try checked(text, field: field)
    }
    throw .missingField(place, wanted: fields, found: members.map(\.key))
  }

  private func checked(_ text: String, field: String?) throws(DatasetError) -> String {
    guard text.contains(where: { !$0.isWhitespace }) else {
      throw .emptyText(place, field: field)
    }
    guard text.utf8.count <= Self.longestText else {
      throw .textTooLarge(place, bytes: text.utf8.count, limit: Self.longestText)
    }
    return text
  }
}
