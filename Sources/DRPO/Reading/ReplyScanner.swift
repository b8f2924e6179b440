/// Finds the JSON in a reply: past what the model thought aloud, inside code fences, between prose.
enum ReplyScanner {
  /// The objects and arrays of the reply, outermost ones, in order; nothing that was only thought.
  ///
  /// - Throws: `noJSON`, `onlyThought`, `truncated` or `malformed`. Once something that was meant to
  ///   be JSON is broken the whole reply is: what is found behind or inside the damage may be a
  ///   quotation.
  static func values(in reply: String) throws(Reading.Fault) -> [LooseJSON] {
    let bytes = Array(reply.utf8)
    var values: [LooseJSON] = []
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "<"):
        if let tag = ThoughtTag(bytes, at: index) {
          // The opening tag may be missing: some servers swallow it.
          guard tag.isClosing else {
            guard let end = ThoughtTag.end(of: tag, in: bytes) else { throw .onlyThought }
            index = end
            continue
          }
          values = []
          index = tag.end
        } else {
          index += 1
        }
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        var reader = LooseJSONReader(bytes, at: index)
        do {
          values.append(try reader.value())
          index = reader.index
        } catch {
          if reader.wasMeant { throw fault(for: error, in: bytes) }
          index = max(index + 1, min(reader.index, bytes.count))
        }
      default: index += 1
      }
    }
    if values.isEmpty { throw .noJSON(start: quote(bytes[...])) }
    return values
  }

  private static func fault(for failure: LooseJSON.Failure, in bytes: [UInt8]) -> Reading.Fault {
    switch failure {
    case .truncated: .truncated(end: quote(bytes.suffix(40)))
    case .malformed(let offset), .tooDeep(let offset):
      .malformed(near: quote(bytes[max(0, offset - 30)..<min(bytes.count, offset + 10)]))
    }
  }

  /// The first bytes as text on one line.
  private static func quote(_ bytes: ArraySlice<UInt8>) -> String {
    Texts.oneLine(String(decoding: bytes.prefix(60), as: UTF8.self).filter { $0 != "\u{fffd}" })
  }
}

/// `<think>`, `</think>` and their kin, in any case of letters.
struct ThoughtTag {
  let name: String
  let isClosing: Bool
  /// The offset behind the tag.
  let end: Int

  private static let names = ["think", "thinking", "thought", "reasoning"]

  init?(_ bytes: [UInt8], at start: Int) {
    guard start < bytes.count, bytes[start] == UInt8(ascii: "<") else { return nil }
    let window = bytes[(start + 1)..<min(bytes.count, start + 14)]
    guard let close = window.firstIndex(of: UInt8(ascii: ">")) else { return nil }
    var inner = String(decoding: window[..<close], as: UTF8.self).lowercased()
    isClosing = inner.hasPrefix("/")
    if isClosing { inner.removeFirst() }
    guard Self.names.contains(inner) else { return nil }
    name = inner
    end = close + 1
  }

  /// The offset behind the tag that closes this one; nil when there is none.
  static func end(of opening: ThoughtTag, in bytes: [UInt8]) -> Int? {
    var index = opening.end
    while let next = bytes[index...].firstIndex(of: UInt8(ascii: "<")) {
      if let tag = ThoughtTag(bytes, at: next), tag.isClosing, tag.name == opening.name {
        return tag.end
      }
      index = next + 1
    }
    return nil
  }
}
