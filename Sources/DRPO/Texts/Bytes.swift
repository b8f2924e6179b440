/// Searching texts by their UTF-8: exact where a search by `Character` would take two spellings for
/// one, or miss a part that a combining mark follows; and many times faster.
enum Bytes {
  static func occur(_ part: String, in text: String) -> Bool {
    let text = Array(text.utf8)
    let part = Array(part.utf8)
    guard let first = part.first else { return true }
    guard text.count >= part.count else { return false }
    for start in 0...(text.count - part.count) where text[start] == first {
      if text[start..<start + part.count].elementsEqual(part) { return true }
    }
    return false
  }
}
