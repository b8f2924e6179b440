/// A key for a server. It shows itself nowhere by accident: not when described, dumped or encoded.
package struct SecretKey: Hashable, Sendable {
  private let text: String

  /// Nil where the text cannot be a key: a server gets it as part of a header line, where a line end
  /// would begin another header, and a space is a slip of the clipboard.
  init?(_ text: String) {
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
    self.text = text
  }

  /// The key itself, for the header of a request and for taking it out of what a server echoes.
  package func reveal() -> String { text }
}

extension SecretKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "(key, not shown)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

/// A header that the configuration adds to every request. Its value may be a secret of the person's,
/// so only the name shows itself.
package struct ExtraHeader: Hashable, Sendable {
  package let name: String
  private let value: String

  /// Nil where either cannot stand in a header line.
  init?(name: String, value: String) {
    let marks = "!#$%&'*+-.^_`|~".utf8
    let isToken = name.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
        || (0x61...0x7A).contains(byte) || marks.contains(byte)
    }
    guard !name.isEmpty, isToken, value.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
      return nil
    }
    self.name = name
    self.value = value
  }

  package func reveal() -> String { value }
}

extension ExtraHeader: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "\(name): (not shown)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: ["name": name]) }
}

/// Whether something by that name holds a key: a setting, a header or a query parameter.
func namesKey(_ name: String) -> Bool {
  let names = [
    "key", "apikey", "xapikey", "openaiapikey", "token", "apitoken", "accesstoken", "secret",
    "password", "bearer", "authorization", "proxyauthorization",
  ]
  return names.contains(name.lowercased().filter { $0 != "_" && $0 != "-" })
}
