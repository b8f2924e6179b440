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
    while data.contains(where: { Bytes.occur(candidate, in: $0) }) {
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
}
