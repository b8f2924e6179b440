import Screen
import TestSupport
import Testing

@Suite struct SurfaceTests {
  @Test func `text is cut at every edge`() {
    var surface = Surface(width: 6, height: 2)
    surface.put("abcdefgh", x: -2, y: 0)
    surface.put("above", x: 0, y: -1)
    surface.put("xyz", x: 4, y: 1)
    expectScreen(
      surface,
      """
      cdefgh
          xy
      """)
  }

  @Test func `a part has its own corner and lets nothing out`() {
    var surface = Surface(width: 8, height: 4)
    surface.fill(surface.bounds, with: "·", style: Style(.muted))
    surface.within(Rect(x: 2, y: 1, width: 4, height: 2)) { part in
      #expect(part.bounds == Rect(x: 0, y: 0, width: 4, height: 2))
      part.put("12345678", x: 0, y: 0)
      part.within(Rect(x: 2, y: 1, width: 9, height: 9)) { inner in
        inner.put("abcd", x: 0, y: 0)
        inner.placeCursor(x: 1, y: 0)
      }
    }
    expectScreen(
      surface,
      """
      ········
      ··1234··
      ····ab··
      ········
      """)
    #expect(surface.cursor == Point(x: 5, y: 2))
  }

  @Test func `half a wide character is a blank`() {
    var surface = Surface(width: 6, height: 3)
    surface.put("日本語", x: 1, y: 0)
    surface.put("日本語", x: 0, y: 1)
    surface.put("x", x: 1, y: 1)
    surface.put("日本語", x: 0, y: 2)
    surface.put("x", x: 2, y: 2)
    expectScreen(
      surface,
      """
       日本
       x本語
      日x 語
      """)
  }

  @Test func `lines join where they meet`() {
    var surface = Surface(width: 18, height: 6)
    let inside = surface.drawBox(surface.bounds, title: StyledText("Tree", .title))
    #expect(inside == Rect(x: 1, y: 1, width: 16, height: 4))
    surface.drawVertical(x: 10, y: 0, height: 4, style: Style(.border))
    surface.drawHorizontal(x: 0, y: 3, width: 18, style: Style(.border))
    surface.drawVertical(x: 4, y: 3, height: 3, weight: .heavy, style: Style(.border))
    expectScreen(
      surface,
      """
      ┌─ Tree ──┬──────┐
      │         │      │
      │         │      │
      ├───┰─────┴──────┤
      │   ┃            │
      └───┸────────────┘
      """)
  }

  @Test func `a title gives way to the edge`() {
    var surface = Surface(width: 12, height: 2)
    surface.drawBox(surface.bounds, title: StyledText("A long title"))
    expectScreen(
      surface,
      """
      ┌─ A lon… ─┐
      └──────────┘
      """)
  }

  @Test func `a box too small to draw is left out`() {
    var surface = Surface(width: 3, height: 1)
    #expect(surface.drawBox(surface.bounds).isEmpty)
    expectScreen(surface, "")
  }

  @Test func `a backdrop keeps the role of what lies on it`() {
    var surface = Surface(width: 8, height: 2)
    let end = surface.put("kept", x: 0, y: 0, .kept, .bold)
    surface.put("4.8", x: end + 1, y: 0, .scoreHigh)
    surface.lay(.selection, behind: Rect(x: 0, y: 0, width: 8, height: 1))
    surface.put("\u{1B}", x: 0, y: 1)
    expectStyles(
      surface,
      """
      aaaabccc
      d.......
      a kept+bold on selection
      b text on selection
      c score-high on selection
      d escaped
      """)
  }

  @Test func `a surface has a form in ASCII`() {
    var surface = Surface(width: 12, height: 4)
    surface.drawBox(surface.bounds)
    surface.put("┣━ ▇▇· é…", x: 1, y: 1)
    surface.put("日本", x: 1, y: 2)
    expectScreen(
      surface.drawn(with: .ascii),
      """
      +----------+
      |#= ##. ?~ |
      |? ?       |
      +----------+
      """)
  }
}
