/// The parts of a prompt that the program which uses it fills in, such as `{user_name}` or
/// `{{date}}`: a rewrite that loses one breaks that program.
enum Placeholders {
  /// The placeholders of the prompt with their braces, each once, in order.
  ///
  /// A placeholder is a name (a letter or `_`, then letters, digits, `_`, `-`, `.`; spaces beside it
  /// allowed) between as many closing braces as opening ones, one to three. So neither the braces
  /// of JSON nor those of code count.
  static func found(in prompt: String) -> [String] {
    let bytes = Array(prompt.utf8)
    var found: [String] = []
    var index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "{") else {
        index += 1
        continue
      }
      let start = index
      while index < bytes.count, bytes[index] == UInt8(ascii: "{") { index += 1 }
      let depth = index - start
      guard depth <= 3, let nameEnd = name(in: bytes, from: index) else { continue }
      var end = nameEnd
      while end < bytes.count, bytes[end] == UInt8(ascii: "}"), end - nameEnd < depth { end += 1 }
      guard end - nameEnd == depth else { continue }
      let text = String(decoding: bytes[start..<end], as: UTF8.self)
      if !found.contains(text) { found.append(text) }
      index = end
    }
    return found
  }

  /// The end of the name that starts here, with the spaces around it; nil when there is none.
  private static func name(in bytes: [UInt8], from start: Int) -> Int? {
    var index = start
    while index < bytes.count, bytes[index] == UInt8(ascii: " ") { index += 1 }
    guard index < bytes.count, isLetter(bytes[index]) else { return nil }
    while index < bytes.count, isLetter(bytes[index]) || isInner(bytes[index]) { index += 1 }
    while index < bytes.count, bytes[index] == UInt8(ascii: " ") { index += 1 }
    return index
  }

  /// Letters of other scripts are bytes above ASCII.
  private static func isLetter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }

  private static func isInner(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."): true
    default: false
    }
  }
}

/// A span of a prompt that rewrites must keep word for word. White space may be laid out anew.
struct LockedSpan {
  private let words: String

  init(_ span: String) { words = Texts.oneLine(span) }

  /// An empty span occurs everywhere.
  func occurs(in prompt: String) -> Bool {
    Bytes.occur(words, in: Texts.oneLine(prompt))
  }
}
