/// A grid of cells that views draw on and a terminal shows.
///
/// Whatever is drawn outside its bounds is cut off without an error, so a view need not know how small
/// the terminal is. Within `within(_:_:)` all coordinates count from the corner of that part.
package struct Surface: Hashable, Sendable {
  /// Columns and rows of the whole grid, whatever part is being drawn on.
  package let gridSize: Size

  /// Row by row, `gridSize.width` a row.
  package private(set) var cells: [Cell]

  /// Where the terminal's own cursor stands, in columns and rows of the whole grid; hidden if nil. Screen
  /// readers follow it: keep it on the selected row.
  package private(set) var cursor: Point?

  /// The part that is being drawn on, in the coordinates of the grid. It may stick out of the grid.
  private var part: Rect

  /// The visible portion of `part`.
  private var clip: Rect

  package init(_ size: Size, style: Style = Style(.text)) {
    gridSize = size
    cells = Array(repeating: .blank(style), count: size.width * size.height)
    part = Rect(size)
    clip = part
  }

  package init(width: Int, height: Int) {
    self.init(Size(width: width, height: height))
  }

  /// Columns of the part that is being drawn on.
  package var width: Int { part.width }

  /// Rows of the part that is being drawn on.
  package var height: Int { part.height }

  /// The part that is being drawn on, in its own coordinates.
  package var bounds: Rect { Rect(part.size) }

  /// Draws on a part as on a surface of its own: its corner is (0, 0), and nothing leaves it.
  package mutating func within(_ rect: Rect, _ draw: (inout Surface) -> Void) {
    let outer = (part, clip)
    part = rect.moved(by: part.origin)
    clip = clip.intersection(part)
    draw(&self)
    (part, clip) = outer
  }

  /// The cell at a place of the part that is being drawn on; nil outside.
  package subscript(x: Int, y: Int) -> Cell? {
    let place = Point(x: x + part.x, y: y + part.y)
    return clip.contains(place) ? cells[index(place.x, place.y)] : nil
  }

  /// Puts text on one row, cut at the edges of `bounds`, and returns the column after its end, also when
  /// that end is out of sight.
  @discardableResult
  package mutating func put(_ text: Displayable, x: Int, y: Int, style: Style) -> Int {
    var column = x
    for glyph in text.glyphs {
      put(glyph, x: column, y: y, style: style)
      column += glyph.width
    }
    return column
  }

  /// Puts text in the style of a role.
  @discardableResult
  package mutating func put(
    _ text: Displayable, x: Int, y: Int, _ role: StyleRole = .text, _ modifiers: Modifiers = []
  ) -> Int {
    put(text, x: x, y: y, style: Style(role, modifiers))
  }

  /// Puts runs of differently styled text one after the other.
  @discardableResult
  package mutating func put(_ text: StyledText, x: Int, y: Int) -> Int {
    text.runs.reduce(x) { put($1.text, x: $0, y: y, style: $1.style) }
  }

  /// Puts text into a part: one character repeated, or blanks.
  package mutating func fill(_ rect: Rect, with text: Displayable = " ", style: Style) {
    guard let glyph = text.glyphs.first(where: { $0.width == 1 }) else { return }
    for y in rect.y..<rect.endY {
      for x in rect.x..<rect.endX { put(glyph, x: x, y: y, style: style) }
    }
  }

  /// Blanks a part, as a dialog does before it draws over others.
  package mutating func clear(_ rect: Rect) {
    fill(rect, style: Style(.text))
  }

  /// Lays a role such as `selection` behind what a part shows, which keeps its own role.
  package mutating func lay(_ backdrop: StyleRole, behind rect: Rect) {
    let visible = rect.moved(by: part.origin).intersection(clip)
    for y in visible.y..<visible.endY {
      for x in visible.x..<visible.endX { cells[index(x, y)].style.backdrop = backdrop }
    }
  }

  /// Puts the terminal's own cursor at a place, if that is in sight.
  package mutating func placeCursor(x: Int, y: Int) {
    let place = Point(x: x + part.x, y: y + part.y)
    if clip.contains(place) { cursor = place }
  }

  /// The same picture with other glyphs, for terminals that lack some.
  package func drawn(with glyphs: Glyphs) -> Surface {
    var copy = self
    for place in copy.cells.indices where copy.cells[place].width > 0 {
      let usual = copy.cells[place].character
      let character = glyphs[usual]
      guard character != usual else { continue }
      copy.cells[place].character = character
      if copy.cells[place].width == 2 {
        copy.cells[place].width = 1
        copy.cells[place + 1].width = 1
      }
    }
    return copy
  }

  /// The same picture on a grid of another size: cut, or with blanks added.
  package func fitted(to size: Size) -> Surface {
    if size == gridSize { return self }
    var fitted = Surface(size)
    for y in 0..<min(size.height, gridSize.height) {
      for x in 0..<min(size.width, gridSize.width) {
        let cell = cells[index(x, y)]
        guard cell.width > 0 else { continue }
        fitted.put(Glyph(cell.character, width: cell.width), x: x, y: y, style: cell.style)
      }
    }
    if let cursor { fitted.placeCursor(x: cursor.x, y: cursor.y) }
    return fitted
  }

  /// Puts one glyph. A wide one that is cut by an edge leaves a blank, and so does the other half of
  /// a wide one that is overwritten.
  mutating func put(_ glyph: Glyph, x: Int, y: Int, style: Style) {
    let place = Point(x: x + part.x, y: y + part.y)
    let style = glyph.isEscape ? Style(.escaped, style.modifiers, on: style.backdrop) : style
    let cut = Rect(x: place.x, y: place.y, width: glyph.width, height: 1).intersection(clip)
    guard !cut.isEmpty else { return }
    for column in cut.x..<cut.endX { release(column, place.y) }
    if cut.width < glyph.width {
      cells[index(cut.x, place.y)] = .blank(style)
      return
    }
    cells[index(place.x, place.y)] = Cell(glyph.character, width: glyph.width, style: style)
    if glyph.width == 2 {
      cells[index(place.x + 1, place.y)] = Cell(" ", width: 0, style: style)
    }
  }

  /// Blanks the other half of a wide character of which a cell is about to be overwritten.
  private mutating func release(_ x: Int, _ y: Int) {
    let here = cells[index(x, y)]
    if here.width == 0, x > 0 {
      cells[index(x - 1, y)] = .blank(cells[index(x - 1, y)].style)
    } else if here.width == 2, x + 1 < gridSize.width {
      cells[index(x + 1, y)] = .blank(here.style)
    }
  }

  private func index(_ x: Int, _ y: Int) -> Int {
    y * gridSize.width + x
  }
}
