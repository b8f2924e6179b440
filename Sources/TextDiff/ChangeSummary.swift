/// A change in a few words, for a row of the tree when the optimizer gave no summary of its own.
package enum ChangeSummary {
  /// The first words that differ, at most `limit` of them on one line: the words added, with ` … `
  /// between places; `without` and the words removed when none were added; punctuation only where
  /// nothing else changed; `spacing` when only white space did. Nil for texts that are the same.
  package static func firstWords(from old: String, to new: String, limit: Int) -> String? {
    let changes = TextDiff.words(from: old, to: new).filter { $0.kind != .same }
    guard !changes.isEmpty else { return nil }
    for isTelling in [hasWord, { _ in true }] as [(Substring) -> Bool] {
      for (kind, opening) in [(TextDiff.Change.Kind.added, ""), (.removed, "without ")] {
        let places = changes.filter { $0.kind == kind }.map(\.text)
        let words = joined(places, limit: limit, isTelling: isTelling)
        if !words.isEmpty { return opening + words }
      }
    }
    return "spacing"
  }

  private static func joined(
    _ places: [String], limit: Int, isTelling: (Substring) -> Bool
  ) -> String {
    var summary = ""
    var left = max(limit, 1)
    for place in places where left > 0 {
      // A bullet or a comma at the start tells nothing.
      let words = place.split(whereSeparator: \.isWhitespace).drop { !isTelling($0) }.prefix(left)
      guard words.contains(where: isTelling) else { continue }
      left -= words.count
      if !summary.isEmpty { summary += " … " }
      summary += trimmed(words.joined(separator: " "))
    }
    return summary
  }

  private static func hasWord(_ piece: Substring) -> Bool {
    piece.contains { $0.isLetter || $0.isNumber }
  }

  /// Without the full stop or comma of the sentence that it was cut from.
  private static func trimmed(_ words: String) -> Substring {
    var words = words[...]
    while words.count > 1, let last = words.last, ".,;:".contains(last) { words.removeLast() }
    return words
  }
}
