/// Phrases to be found in a text, each with what it is a sign of.
///
/// A phrase is one word or several; `*` at the end of a word stands for any ending. Case, punctuation
/// and the kind of apostrophe make no difference. One pass over the text, a lookup a word.
struct Lexicon<Sign: Sendable>: Sendable {
  struct Hit {
    var sign: Sign
    /// Index into `WordList.words` of the first word of the phrase.
    var word: Int
    /// Of the phrase in the lexicon: the same phrase twice has the same.
    var phrase: Int
  }

  private struct Phrase: Sendable {
    var words: [Pattern]
    var sign: Sign
    var index: Int
  }

  private struct Pattern: Sendable {
    var bytes: [UInt8]
    var isOpen: Bool
  }

  /// By the first bytes of the first word, four at most.
  private var phrases: [UInt32: [Phrase]] = [:]

  init(_ table: [(Sign, String)]) {
    var count = 0
    for (sign, list) in table {
      for entry in list.split(separator: ",") {
        let words = WordList(String(entry), keepingStars: true).lowered.map { bytes in
          bytes.last == UInt8(ascii: "*")
            ? Pattern(bytes: Array(bytes.dropLast()), isOpen: true)
            : Pattern(bytes: Array(bytes), isOpen: false)
        }
        guard let first = words.first else { continue }
        precondition(!first.isOpen || first.bytes.count >= 4, "the stem \(entry) is too short")
        phrases[Self.key(first.bytes[...]), default: []].append(
          Phrase(words: words, sign: sign, index: count))
        count += 1
      }
    }
  }

  func hits(in list: WordList) -> [Hit] {
    var hits: [Hit] = []
    for start in list.words.indices {
      guard let candidates = phrases[Self.key(list.bytes[list.words[start]])] else { continue }
      for phrase in candidates where matches(phrase, in: list, at: start) {
        hits.append(Hit(sign: phrase.sign, word: start, phrase: phrase.index))
      }
    }
    return hits
  }

  private func matches(_ phrase: Phrase, in list: WordList, at start: Int) -> Bool {
    guard start + phrase.words.count <= list.words.count else { return false }
    for (offset, pattern) in phrase.words.enumerated() {
      let word = list.bytes[list.words[start + offset]]
      guard
        word.count == pattern.bytes.count || (pattern.isOpen && word.count > pattern.bytes.count)
      else { return false }
      guard word.prefix(pattern.bytes.count).elementsEqual(pattern.bytes) else { return false }
    }
    return true
  }

  private static func key(_ word: ArraySlice<UInt8>) -> UInt32 {
    word.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
  }
}
