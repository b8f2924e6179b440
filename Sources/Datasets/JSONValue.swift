/// A JSON value as far as rows need it, with the line it starts in.
struct JSONValue: Equatable {
  enum Content: Equatable {
    case array([JSONValue])
    case boolean
    case null
    case number
    /// In order; of fields with one name the last counts, as in most readers.
    case object([Member])
    case string(String)
  }

  struct Member: Equatable {
    var name: String
    var value: JSONValue
  }

  var content: Content
  /// From 1.
  var line: Int

  var kind: DatasetError.ValueKind {
    switch content {
    case .array: .array
    case .boolean: .boolean
    case .null: .null
    case .number: .number
    case .object: .object
    case .string: .string
    }
  }
}

/// Where and why a text is not JSON.
struct JSONFault: Error, Equatable {
  /// Into the bytes that were read.
  var offset: Int
  /// From 1.
  var line: Int
  var reason: String
  /// All was well until the text ended.
  var isCutOff = false
}
