/// What one or two neighbouring cells show: one character with its combining marks.
///
/// Only the sanitizer of `Displayable` and the line drawing of `Surface` make glyphs, so that
/// a glyph is always one that moves the cursor by `width` columns on every terminal.
package struct Glyph: Hashable, Sendable {
  package let character: Character

  private let columns: UInt8

  /// Part of the visible form of a hidden or acting character.
  package let isEscape: Bool

  init(_ character: Character, width: Int = 1, isEscape: Bool = false) {
    self.character = character
    self.isEscape = isEscape
    columns = UInt8(width)
  }

  /// Columns: 1 or 2.
  package var width: Int { Int(columns) }

  static let space = Glyph(" ")
  static let ellipsis = Glyph("…")
}

/// One column of one row of a surface.
package struct Cell: Hashable, Sendable {
  package var character: Character

  /// Columns that `character` takes: 1 or 2, or 0 for the right half of a wide character, whose left
  /// half is the cell before.
  package var width: Int

  package var style: Style

  init(_ character: Character, width: Int = 1, style: Style) {
    self.character = character
    self.width = width
    self.style = style
  }

  static func blank(_ style: Style) -> Cell {
    Cell(" ", style: style)
  }
}
