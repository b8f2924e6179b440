import JSON

extension Capabilities {
  /// How the model is held to JSON.
  package enum JSONMode: String, Hashable, Sendable, Codable {
    case schema, object
    /// By the words of the request alone.
    case words
  }
}

extension Capabilities.JSONMode {
  /// What is tried next where a format, by its `type` on the wire, is of no use.
  init(insteadOf format: String) { self = format == "json_schema" ? .object : .words }

  /// Learning goes one way only.
  func isStricter(than other: Self) -> Bool {
    switch (self, other) {
    case (.schema, .object), (.schema, .words), (.object, .words): true
    default: false
    }
  }

  /// Whether a whole text is about what a server that holds its model to this lets through: an object,
  /// and with a schema one that has the members it must have. What is wrong further down is the
  /// reader's to find.
  package func isKept(by text: String, schema: String?) -> Bool {
    guard self != .words else { return true }
    guard let document = JSON(parsing: text), document.isObject else { return false }
    guard self == .schema else { return true }
    let required = schema.flatMap { JSON(parsing: $0) }?["required"]?.array ?? []
    return required.allSatisfy { document[$0.string ?? ""] != nil }
  }
}
