import Tree

/// The tags that set data apart from instructions in one message.
///
/// Their code is a hash of all the data of the message and occurs in none of it, so no response,
/// however hostile, can write the tag that ends it.
struct Delimiters {
  private let code: String

  init(around data: [String]) {
    var salt: UInt64 = 0
    var candidate = Self.code(of: data, salt: salt)
    while data.contains(where: { Self.occurs(candidate, in: $0) }) {
      salt += 1
      candidate = Self.code(of: data, salt: salt)
    }
    code = candidate
  }

  /// The data between its tags, each on a line of its own.
  func block(_ name: String, _ data: String) -> String {
    "<\(name)-\(code)>\n\(data)\n</\(name)-\(code)>"
  }

  private static func code(of data: [String], salt: UInt64) -> String {
    var hash = StableHash(seed: salt)
    for text in data { hash.combine(text) }
    let digits = String(hash.finalize() >> 32, radix: 16)
    return String(repeating: "0", count: 8 - digits.utf8.count) + digits
  }

  /// By bytes: a `String` search would miss a code that a combining mark follows.
  private static func occurs(_ code: String, in text: String) -> Bool {
    text.utf8.firstRange(of: code.utf8) != nil
  }
}

extension Collection where Element == UInt8 {
  /// Where the bytes occur for the first time.
  func firstRange(of needle: some Collection<UInt8>) -> Range<Index>? {
    guard let first = needle.first else { return startIndex..<startIndex }
    var start = startIndex
    while let hit = self[start...].firstIndex(of: first) {
      var end = hit
      var wanted = needle.startIndex
      while end < endIndex, wanted < needle.endIndex, self[end] == needle[wanted] {
        formIndex(after: &end)
        needle.formIndex(after: &wanted)
      }
      if wanted == needle.endIndex { return hit..<end }
      start = index(after: hit)
    }
    return nil
  }
}
