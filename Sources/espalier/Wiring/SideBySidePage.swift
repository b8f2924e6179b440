import Screen
import TextDiff

/// Two texts beside each other as lines for a terminal, with the words that differ.
struct SideBySidePage {
  let width: Int
  /// Whether changed words are put in brackets, for want of colours.
  let isMarked: Bool

  /// Columns of each side; between them stands what `divider` says.
  private var column: Int { max(1, (width - 3) / 2) }

  func lines(
    _ leftTitle: String, _ left: String, _ rightTitle: String, _ right: String
  ) -> [StyledText] {
    let titles = [leftTitle, rightTitle].map {
      StyledText(Displayable($0), .title).wrapped(to: column)
    }
    var lines = joined(titles[0], titles[1], " │ ")
    lines.append(StyledText(Displayable("─").repeated(column * 2 + 3), .border))
    for row in SideBySide.rows(left: left, right: right) {
      lines += joined(side(row.left, .removed), side(row.right, .added), divider(row.kind))
    }
    return lines
  }

  /// As `sdiff` has it, but for the line that stands where nothing differs.
  private func divider(_ kind: SideBySide.Row.Kind) -> Displayable {
    switch kind {
    case .same: " │ "
    case .changed: " ~ "
    case .removed: " < "
    case .added: " > "
    }
  }

  private func side(_ line: SideBySide.Line?, _ role: StyleRole) -> [StyledText] {
    guard let line else { return [] }
    let (opening, closing): (Displayable, Displayable) =
      role == .removed ? ("[-", "-]") : ("{+", "+}")
    var text = StyledText()
    for span in line.spans {
      guard span.isChanged else {
        text.append(Displayable(span.text), .text)
        continue
      }
      if isMarked { text.append(opening, role) }
      text.append(Displayable(span.text), role)
      if isMarked { text.append(closing, role) }
    }
    return text.wrapped(to: column)
  }

  private func joined(
    _ left: [StyledText], _ right: [StyledText], _ divider: Displayable
  ) -> [StyledText] {
    (0..<max(left.count, right.count, 1)).map { index in
      var line = index < left.count ? left[index] : StyledText()
      line.append(Displayable(" ").repeated(column - line.width), .text)
      line.append(divider, .border)
      if index < right.count { line.append(right[index]) }
      return line
    }
  }
}
