/// Breaks glyphs into lines of at most so many columns.
///
/// Breaks between words where it can; blanks at a break are dropped, and a word wider than a line is cut. Wide characters (Chinese,
/// Japanese, emoji) may be broken between any two, as they are in print. Continuation lines start at
/// `indent` columns.
private struct LineBreaker<Element> {
  let width: Int
  let indent: Int
  let glyph: (Element) -> Glyph

  func lines(of elements: [Element]) -> [(indent: Int, content: ArraySlice<Element>)] {
    var lines: [(Int, ArraySlice<Element>)] = []
    var start = elements.startIndex
    repeat {
      let isFirst = lines.isEmpty
      let margin = isFirst || indent >= width ? 0 : indent
      let (end, next) = lineEnd(in: elements, from: start, room: max(1, width - margin))
      lines.append((margin, elements[start..<end]))
      start = next
    } while start < elements.endIndex
    return lines
  }

  /// Where the line that begins at `start` ends, and where the next begins.
  private func lineEnd(in elements: [Element], from start: Int, room: Int) -> (Int, Int) {
    var columns = 0
    var lastBreak: (end: Int, next: Int)?
    var index = start
    while index < elements.endIndex {
      let here = glyph(elements[index])
      let isBlank = here.character == " "
      if isBlank, index > start, glyph(elements[index - 1]).character != " " {
        lastBreak = (index, afterBlanks(in: elements, from: index))
      } else if !isBlank, here.width == 2 || (index > start && isWide(elements[index - 1])),
        index > start, glyph(elements[index - 1]).character != " "
      {
        lastBreak = (index, index)
      }
      if columns + here.width > room {
        // A glyph wider than the whole line stands on it alone, and is cut when drawn.
        let forced = max(index, start + 1)
        return lastBreak ?? (forced, forced)
      }
      columns += here.width
      index += 1
    }
    return (index, index)
  }

  private func isWide(_ element: Element) -> Bool {
    glyph(element).width == 2
  }

  private func afterBlanks(in elements: [Element], from index: Int) -> Int {
    elements[index...].firstIndex { glyph($0).character != " " } ?? elements.endIndex
  }
}

extension Displayable {
  /// The text in lines of at most `width` columns, at least one line. From the second on they are
  /// indented, for hanging bullets.
  package func wrapped(to width: Int, indent: Int = 0) -> [Displayable] {
    if self.width <= width { return [self] }
    let breaker = LineBreaker<Glyph>(width: max(1, width), indent: indent) { $0 }
    return breaker.lines(of: glyphs).map { line in
      Displayable(
        glyphs: Array(repeating: Glyph.space, count: line.indent) + line.content,
        hasHidden: hasHidden)
    }
  }
}

extension StyledText {
  /// The text in lines of at most `width` columns, at least one line, every glyph keeping its style. From the
  /// second on they are indented, for hanging bullets.
  package func wrapped(to width: Int, indent: Int = 0) -> [StyledText] {
    if self.width <= width { return [self] }
    let glyphs = runs.flatMap { run in run.text.glyphs.map { (glyph: $0, style: run.style) } }
    let breaker = LineBreaker<(glyph: Glyph, style: Style)>(width: max(1, width), indent: indent) {
      $0.glyph
    }
    return breaker.lines(of: glyphs).map { line in
      var text = StyledText()
      text.append(
        Displayable(glyphs: Array(repeating: Glyph.space, count: line.indent)), .text)
      for element in line.content {
        text.append(
          Displayable(glyphs: [element.glyph], hasHidden: element.glyph.isEscape),
          style: element.style)
      }
      return text
    }
  }
}
