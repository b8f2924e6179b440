/// Two texts beside each other, line by line, with the words that differ.
package enum SideBySide {
  package struct Span: Hashable, Sendable {
    package var text: String
    /// Not on the other side.
    package var isChanged: Bool

    package init(_ text: String, isChanged: Bool) {
      self.text = text
      self.isChanged = isChanged
    }
  }

  /// One line of one text, without its line feed. A blank line has no spans.
  package struct Line: Hashable, Sendable {
    /// From 1.
    package var number: Int
    package var spans: [Span]

    package init(number: Int, spans: [Span]) {
      self.number = number
      self.spans = spans
    }

    package var text: String { spans.map(\.text).joined() }
  }

  /// Lines that correspond, or one that has no counterpart: then the other side is nil.
  package struct Row: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
      /// Both lines are the same.
      case same
      /// Both are there and differ.
      case changed
      /// Only on the right.
      case added
      /// Only on the left.
      case removed
    }

    package var kind: Kind
    package var left: Line?
    package var right: Line?
  }

  /// The rows in order. The lines of each side, joined by line feeds, give its text exactly; a text
  /// that ends in a line feed therefore ends in a blank line, and a carriage return is part of its
  /// line.
  package static func rows(left: String, right: String) -> [Row] {
    var builder = RowBuilder(left: lines(of: left), right: lines(of: right))
    var number = Numbering()
    let alignment = Alignment(
      old: builder.left.map { number($0) }, new: builder.right.map { number($0) })
    for run in alignment.runs {
      if run.isCommon {
        for (left, right) in zip(run.old, run.new) { builder.appendSame(left, right) }
      } else {
        var (left, right) = (run.old.lowerBound, run.new.lowerBound)
        let pairs = LinePairs.best(
          Array(builder.left[run.old]), Array(builder.right[run.new]))
        for pair in pairs {
          let (nextLeft, nextRight) = (
            run.old.lowerBound + pair.left, run.new.lowerBound + pair.right
          )
          builder.appendSingles(left..<nextLeft, right..<nextRight)
          builder.appendChanged(nextLeft, nextRight)
          (left, right) = (nextLeft + 1, nextRight + 1)
        }
        builder.appendSingles(left..<run.old.upperBound, right..<run.new.upperBound)
      }
    }
    return builder.rows
  }

  private static func lines(of text: String) -> [Substring] {
    text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { text[$0.startIndex..<$0.endIndex] }
  }
}

private struct RowBuilder {
  let left: [Substring]
  let right: [Substring]
  private(set) var rows: [SideBySide.Row] = []

  init(left: [Substring], right: [Substring]) {
    self.left = left
    self.right = right
  }

  mutating func appendSame(_ i: Int, _ j: Int) {
    rows.append(
      SideBySide.Row(
        kind: .same, left: whole(left, i, isChanged: false),
        right: whole(right, j, isChanged: false)))
  }

  mutating func appendChanged(_ i: Int, _ j: Int) {
    let changes = TextDiff.wordsOfLine(from: left[i], to: right[j])
    rows.append(
      SideBySide.Row(
        kind: .changed, left: side(changes, without: .added, i),
        right: side(changes, without: .removed, j)))
  }

  mutating func appendSingles(_ lefts: Range<Int>, _ rights: Range<Int>) {
    for i in lefts {
      let line = whole(left, i, isChanged: true)
      rows.append(SideBySide.Row(kind: .removed, left: line, right: nil))
    }
    for j in rights {
      let line = whole(right, j, isChanged: true)
      rows.append(SideBySide.Row(kind: .added, left: nil, right: line))
    }
  }

  private func whole(_ lines: [Substring], _ index: Int, isChanged: Bool) -> SideBySide.Line {
    let line = lines[index]
    let spans = line.isEmpty ? [] : [SideBySide.Span(String(line), isChanged: isChanged)]
    return SideBySide.Line(number: index + 1, spans: spans)
  }

  private func side(
    _ changes: [TextDiff.Change], without other: TextDiff.Change.Kind, _ index: Int
  ) -> SideBySide.Line {
    let spans = changes.filter { $0.kind != other }
      .map { SideBySide.Span($0.text, isChanged: $0.kind != .same) }
    return SideBySide.Line(number: index + 1, spans: spans)
  }
}
