import TextDiff

/// The changes from one prompt to the next, with long stretches that are the same left out.
struct DiffExcerpt {
  enum Piece: Hashable {
    case same(String)
    case removed(String)
    case added(String)
    /// So many words that are the same were left out.
    case gap(words: Int)
  }

  let pieces: [Piece]

  /// Words of the unchanged text that are kept on either side of a change.
  private static let context = 14
  /// A gap that spares fewer words than this is not worth it.
  private static let leastGap = 12

  init(from old: String, to new: String) {
    let changes = TextDiff.words(from: old, to: new)
    var pieces: [Piece] = []
    for (index, change) in changes.enumerated() {
      switch change.kind {
      case .added: pieces.append(.added(change.text))
      case .removed: pieces.append(.removed(change.text))
      case .same:
        pieces += Self.thinned(
          change.text, hasBefore: index > 0, hasAfter: index < changes.count - 1)
      }
    }
    self.pieces = pieces
  }

  var isEmpty: Bool {
    !pieces.contains { piece in
      switch piece {
      case .added, .removed: true
      case .same, .gap: false
      }
    }
  }

  private static func thinned(_ text: String, hasBefore: Bool, hasAfter: Bool) -> [Piece] {
    let words = text.split(whereSeparator: \.isWhitespace)
    let head = hasBefore ? context : 0
    let tail = hasAfter ? context : 0
    guard words.count - head - tail >= leastGap else { return [.same(text)] }
    var pieces: [Piece] = []
    if head > 0 { pieces.append(.same(String(text[..<words[head - 1].endIndex]))) }
    pieces.append(.gap(words: words.count - head - tail))
    if tail > 0 { pieces.append(.same(String(text[words[words.count - tail].startIndex...]))) }
    return pieces
  }
}
