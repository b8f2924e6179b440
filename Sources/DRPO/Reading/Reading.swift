/// Reads what models reply to `Texts`: pure, and tolerant of form but never of substance. What can
/// be taken in two ways, or has to be guessed, is a fault.
package enum Reading {
  /// The reply without what the model thought aloud before it.
  static func withoutThoughts(_ reply: String) -> String {
    let bytes = Array(reply.utf8)
    var index = 0
    var kept = 0
    while let next = bytes[index...].firstIndex(of: UInt8(ascii: "<")) {
      index = next + 1
      guard let tag = ThoughtTag(bytes, at: next) else { continue }
      if tag.isClosing {
        kept = tag.end
      } else {
        guard let end = ThoughtTag.end(of: tag, in: bytes) else { return "" }
        kept = end
        index = end
      }
    }
    return trimmed(String(decoding: bytes[kept...], as: UTF8.self))
  }

  /// A name for comparing: case, spaces, hyphens and the like make no difference.
  static func folded(_ name: String) -> String {
    let letters = name.lowercased().filter { $0.isLetter || $0.isNumber }
    return letters.isEmpty ? trimmed(name) : letters
  }

  static func trimmed(_ text: String) -> String {
    guard let first = text.firstIndex(where: { !$0.isWhitespace }),
      let last = text.lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(text[first...last])
  }

  /// What `read` makes of the one value in the reply that has the form asked for.
  ///
  /// Prose may hold other objects, which are passed over. But when two have the form and say
  /// different things, or one of them has a fault, none is taken: one of them may be quoted from the
  /// judged text.
  static func only<Value: Hashable>(
    in reply: String, _ read: (LooseJSON) throws(Fault) -> Value
  ) -> Result<Value, Fault> {
    do throws(Fault) {
      guard !trimmed(reply).isEmpty else { throw .empty }
      var found: Value?
      var otherForm = Fault.empty
      for value in try ReplyScanner.values(in: reply) {
        let next: Value
        do throws(Fault) {
          next = try read(value)
        } catch .wrongForm(let expected) {
          otherForm = .wrongForm(expected: expected)
          continue
        }
        if let found, found != next { throw .contradictory }
        found = next
      }
      guard let found else { throw otherForm }
      return .success(found)
    } catch {
      return .failure(error)
    }
  }
}
