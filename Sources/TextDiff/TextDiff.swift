/// What changed from one text to another, by words, on exact Unicode scalars.
package enum TextDiff {
  package struct Change: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
      case same, added, removed
    }

    package var kind: Kind
    package var text: String

    package init(_ kind: Kind, _ text: String) {
      self.kind = kind
      self.text = text
    }
  }

  /// The changes in order: what is the same and what was removed give `from` when joined, what is
  /// the same and what was added give `to`. No two neighbours are of one kind, none is empty, and
  /// where words are replaced the removed come first.
  ///
  /// Lines are aligned first, then the words between lines that differ: exact in any case, and
  /// fast on long texts with few changes. A word that moved is removed and added.
  package static func words(from old: String, to new: String) -> [Change] {
    var changes = ChangeList()
    let oldLines = lines(of: old)
    let newLines = lines(of: new)
    var number = Numbering()
    let alignment = Alignment(
      old: oldLines.map { number($0) }, new: newLines.map { number($0) })
    for run in alignment.runs {
      if run.isCommon {
        changes.append(.same, joined(oldLines[run.old]))
      } else {
        changes.appendWords(from: joined(oldLines[run.old]), to: joined(newLines[run.new]))
      }
    }
    return changes.finish()
  }

  /// The same without regard to lines, for texts of one line.
  static func wordsOfLine(from old: Substring, to new: Substring) -> [Change] {
    var changes = ChangeList()
    changes.appendWords(from: old, to: new)
    return changes.finish()
  }

  /// The lines of a text with their line feeds, which joined give it back.
  private static func lines(of text: String) -> [Substring] {
    var lines: [Substring] = []
    var start = text.startIndex
    while start < text.endIndex {
      let feed = text.utf8[start...].firstIndex(of: UInt8(ascii: "\n"))
      let end = feed.map { text.utf8.index(after: $0) } ?? text.endIndex
      lines.append(text[start..<end])
      start = end
    }
    return lines
  }

  /// - Parameter lines: neighbours in one text.
  private static func joined(_ lines: ArraySlice<Substring>) -> Substring {
    guard let first = lines.first, let last = lines.last else { return "" }
    return first.base[first.startIndex..<last.endIndex]
  }
}

/// Changes as they are found, joined as far as their kinds allow.
private struct ChangeList {
  private var changes: [TextDiff.Change] = []
  private var removed = ""
  private var added = ""

  mutating func append(_ kind: TextDiff.Change.Kind, _ text: Substring) {
    guard !text.isEmpty else { return }
    switch kind {
    case .removed: removed += text
    case .added: added += text
    case .same:
      flush()
      if changes.last?.kind == .same {
        changes[changes.count - 1].text += text
      } else {
        changes.append(TextDiff.Change(.same, String(text)))
      }
    }
  }

  mutating func appendWords(from old: Substring, to new: Substring) {
    let oldTokens = Token.all(in: old)
    let newTokens = Token.all(in: new)
    var number = Numbering()
    let alignment = Alignment(
      old: oldTokens.map { number($0.word) }, new: newTokens.map { number($0.word) })
    for run in alignment.runs {
      if run.isCommon {
        for (old, new) in zip(oldTokens[run.old], newTokens[run.new]) {
          append(.same, old.word)
          appendGap(from: old.gap, to: new.gap)
        }
      } else {
        appendReplaced(oldTokens[run.old], by: newTokens[run.new])
      }
    }
  }

  mutating func finish() -> [TextDiff.Change] {
    flush()
    return changes
  }

  /// The white space after the last words stays out of the change where it is the same.
  private mutating func appendReplaced(_ old: ArraySlice<Token>, by new: ArraySlice<Token>) {
    for (kind, tokens) in [(TextDiff.Change.Kind.removed, old), (.added, new)] {
      for token in tokens.dropLast() {
        append(kind, token.word)
        append(kind, token.gap)
      }
      if let last = tokens.last { append(kind, last.word) }
    }
    appendGap(from: old.last?.gap ?? "", to: new.last?.gap ?? "")
  }

  private mutating func appendGap(from old: Substring, to new: Substring) {
    if ExactText(text: old) == ExactText(text: new) {
      append(.same, old)
    } else {
      append(.removed, old)
      append(.added, new)
    }
  }

  private mutating func flush() {
    if !removed.isEmpty { changes.append(TextDiff.Change(.removed, removed)) }
    if !added.isEmpty { changes.append(TextDiff.Change(.added, added)) }
    removed = ""
    added = ""
  }
}
