/// A text of a run (a prompt, a response, a rationale), named by its content.
///
/// The same prompt is carried through many levels and a run of thousands of nodes must open without
/// reading its texts. So a run file stores each text once, and a tree read from a file holds texts
/// whose `content` is nil until somebody asks for it; see `TextSource`.
package struct Text: Sendable, Identifiable {
  package let id: TextID
  /// The text itself, or nil when it has been left in the run file.
  package let content: String?

  package init(_ content: String) {
    id = TextID(of: content)
    self.content = content
  }

  /// A text that stays in the run file until it is asked for.
  package init(stored id: TextID) {
    self.id = id
    content = nil
  }
}

extension Text: Hashable {
  package static func == (a: Text, b: Text) -> Bool { a.id == b.id }
  package func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

extension Text: ExpressibleByStringLiteral {
  package init(stringLiteral value: String) { self.init(value) }
}

/// Encoded as the identity alone: who encodes an event stores its texts beside it (`RunEvent.texts`).
extension Text: Codable {
  package init(from decoder: any Decoder) throws {
    self.init(stored: try TextID(from: decoder))
  }
  package func encode(to encoder: any Encoder) throws { try id.encode(to: encoder) }
}

/// 128 bits over the UTF-8 of a text. Two texts are the same exactly when their bytes are: Swift's
/// own `String ==` would call two Unicode spellings of one word equal, and lose one of them.
package struct TextID: Hashable, Sendable {
  package let high: UInt64
  package let low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  package init(of text: String) {
    var first = StableHash(seed: 1)
    var second = StableHash(seed: 2)
    first.combine(text)
    second.combine(text)
    second.combine(text.utf8.count)
    self.init(high: first.finalize(), low: second.finalize())
  }
}

extension TextID: LosslessStringConvertible {
  /// 32 hexadecimal digits.
  package var description: String { hexadecimal(high) + hexadecimal(low) }

  package init?(_ description: String) {
    guard description.utf8.count == 32,
      let high = UInt64(description.prefix(16), radix: 16),
      let low = UInt64(description.suffix(16), radix: 16)
    else { return nil }
    self.init(high: high, low: low)
  }
}

extension TextID: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let digits = try container.decode(String.self)
    guard let id = TextID(digits) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "\"\(digits)\" is not the identity of a text")
    }
    self = id
  }
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// Where the content of a text is found when the tree does not hold it: the run file.
package protocol TextSource: Sendable {
  /// The content, or nil when there is no such text.
  func content(of id: TextID) -> String?
}

extension TextSource {
  /// The content of the text, from the text itself or from this source; a text that is nowhere
  /// reads as empty.
  package func string(_ text: Text) -> String { text.content ?? content(of: text.id) ?? "" }
}

/// The source of a tree whose texts are all in memory.
package struct TextsInMemory: TextSource {
  package init() {}
  package func content(of id: TextID) -> String? { nil }
}

/// Sixteen hexadecimal digits.
func hexadecimal(_ value: UInt64) -> String {
  let digits = String(value, radix: 16)
  return String(repeating: "0", count: 16 - digits.utf8.count) + digits
}
