/// A word and the white space after it.
///
/// Only words are aligned. Were white space aligned like words, the blanks of two unrelated
/// sentences would match each other, and a rewritten sentence would come out in crumbs.
struct Token {
  /// A run of letters and digits, or one character of anything else: punctuation, a symbol, a
  /// character of a script that has no blanks between its words. Empty only in the first token.
  var word: Substring
  /// May be empty.
  var gap: Substring

  /// The tokens of a text, which joined give it back. The first one has an empty word and the white
  /// space at the start, so that a changed indent changes no word.
  static func all(in text: Substring) -> [Token] {
    var tokens: [Token] = []
    var wordStart = text.startIndex
    var index = text.startIndex
    while true {
      let wordEnd = index
      while index < text.endIndex, text[index].isWhitespace { text.formIndex(after: &index) }
      tokens.append(Token(word: text[wordStart..<wordEnd], gap: text[wordEnd..<index]))
      guard index < text.endIndex else { return tokens }
      wordStart = index
      let joins = isJoining(text[index])
      text.formIndex(after: &index)
      while joins, index < text.endIndex, isJoining(text[index]) { text.formIndex(after: &index) }
    }
  }

  private static func isJoining(_ character: Character) -> Bool {
    if let value = character.asciiValue {
      return switch value {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
    guard character.isLetter || character.isNumber, let first = character.unicodeScalars.first
    else { return false }
    // Han, kana, Thai, Lao, Myanmar and Khmer have no blanks between words.
    return switch first.value {
    case 0x0e01...0x0eff, 0x1000...0x109f, 0x1780...0x17ff, 0x3041...0x30ff: false
    default: !first.properties.isIdeographic
    }
  }
}
