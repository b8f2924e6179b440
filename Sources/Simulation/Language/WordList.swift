/// The words of a text: lower-cased ASCII, with the bytes above it as they are, so that words of any
/// script count as words.
struct WordList {
  /// The bytes of the text, lower-cased, apostrophes made plain.
  let bytes: [UInt8]
  /// Into `bytes`.
  let words: [Range<Int>]
  /// The number of the sentence that each word stands in; a line break ends a sentence.
  let sentences: [Int]
  /// As `bytes`, with the capitals of the text.
  private let cased: [UInt8]

  /// - Parameters:
  ///   - keepingStars: `*` counts as a letter.
  ///   - endingAtSemicolons: a semicolon ends a sentence.
  init(_ text: String, keepingStars: Bool = false, endingAtSemicolons: Bool = false) {
    var bytes: [UInt8] = []
    var cased: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    cased.reserveCapacity(text.utf8.count)
    var words: [Range<Int>] = []
    var sentences: [Int] = []
    var sentence = 0
    var start: Int?
    for byte in text.utf8 {
      // The curly apostrophe U+2019 is e2 80 99.
      if byte == 0x99, bytes.count >= 2, bytes[bytes.count - 1] == 0x80,
        bytes[bytes.count - 2] == 0xe2
      {
        bytes.removeLast(2)
        cased.removeLast(2)
        bytes.append(UInt8(ascii: "'"))
        cased.append(UInt8(ascii: "'"))
        continue
      }
      let lower = (0x41...0x5a).contains(byte) ? byte | 0x20 : byte
      bytes.append(lower)
      cased.append(byte)
      if Self.isLetter(lower) || (keepingStars && lower == UInt8(ascii: "*")) {
        if start == nil { start = bytes.count - 1 }
      } else {
        if let from = start {
          words.append(from..<bytes.count - 1)
          sentences.append(sentence)
          start = nil
        }
        if Self.endsSentence(lower) || (endingAtSemicolons && lower == UInt8(ascii: ";")) {
          sentence += 1
        }
      }
    }
    if let from = start {
      words.append(from..<bytes.count)
      sentences.append(sentence)
    }
    self.bytes = bytes
    self.cased = cased
    self.words = words
    self.sentences = sentences
  }

  var lowered: [ArraySlice<UInt8>] { words.map { bytes[$0] } }

  /// The text from this word on, up to so many words and to the end of the sentence.
  func quote(from word: Int, atMost count: Int) -> String {
    var last = word
    while last + 1 < words.count, last + 1 < word + count, sentences[last + 1] == sentences[word] {
      last += 1
    }
    return String(decoding: cased[words[word].lowerBound..<words[last].upperBound], as: UTF8.self)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x61...0x7a, 0x30...0x39, UInt8(ascii: "'"), 0x80...: true
    default: false
    }
  }

  private static func endsSentence(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: "\n"): true
    default: false
    }
  }
}

extension StringProtocol {
  /// The lines of the text, empty ones too. By bytes: a text is mostly read by lines here, and
  /// splitting by `Character` costs more than all the rest.
  var lines: [String] {
    utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  /// Whether the part occurs, letters of ASCII in either case.
  func mentions(_ part: String) -> Bool {
    let text = WordList.lowered(self)
    let part = WordList.lowered(part)
    guard let first = part.first else { return true }
    guard text.count >= part.count else { return false }
    for start in 0...(text.count - part.count) where text[start] == first {
      if text[start..<start + part.count].elementsEqual(part) { return true }
    }
    return false
  }
}

extension WordList {
  fileprivate static func lowered(_ text: some StringProtocol) -> [UInt8] {
    text.utf8.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
  }
}
