/// The words of a text, as ranking sees them.
package enum Words {
  /// The words in lower case (a Greek final sigma as any other) and in order. A word is a run of
  /// letters and digits of any script; an apostrophe inside joins (`don't`, typed straight or curly,
  /// is `dont`). Scripts written without spaces have no such runs to find, so each of their
  /// characters is a word.
  package static func lowercased(in text: String) -> [String] {
    var words: [String] = []
    var word = ""
    var apostrophe = false
    func end() {
      if !word.isEmpty { words.append(word) }
      word = ""
    }
    for character in text.lowercased() {
      if standsAlone(character) {
        end()
        words.append(String(character))
      } else if character.isLetter || character.isNumber {
        word.append(character == "ς" ? "σ" : character)
      } else if isApostrophe(character), !word.isEmpty, !apostrophe {
        apostrophe = true
        continue
      } else {
        end()
      }
      apostrophe = false
    }
    end()
    return words
  }

  /// English words too common to tell texts apart, in lower case and without apostrophes, as
  /// `lowercased(in:)` gives them.
  package static let englishStopWords: Set<String> = [
    "a", "about", "an", "and", "are", "as", "at", "be", "been", "but", "by", "can", "could", "did",
    "do", "does", "for", "from", "had", "has", "have", "he", "her", "his", "how", "i", "if", "im",
    "in", "is", "it", "its", "me", "my", "of", "on", "or", "our", "she", "should", "so", "than",
    "that", "the", "their", "them", "then", "there", "these", "they", "this", "to", "was", "we",
    "were", "what", "when", "where", "which", "who", "why", "will", "with", "would", "you", "your",
  ]

  private static func isApostrophe(_ character: Character) -> Bool {
    character == "'" || character == "\u{2019}"
  }

  /// Han, kana, Thai, Lao, Myanmar and Khmer.
  private static func standsAlone(_ character: Character) -> Bool {
    guard let scalar = character.unicodeScalars.first, scalar.value >= 0x0e00 else { return false }
    if scalar.properties.isIdeographic { return true }
    return switch scalar.value {
    case 0x0e01...0x0eff, 0x1000...0x109f, 0x1780...0x17ff, 0x3041...0x30ff: character.isLetter
    default: false
    }
  }
}
