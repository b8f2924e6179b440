import CTerminal
import Screen
import Testing

/// The table of the screen room against the C library, for here both are known.
extension TerminalRoom {
  @Suite struct DisplayWidthTests {
    @Test func `every character that is drawn as itself is as wide as the C library says`() throws {
      try #require(ct_choose_locale() != 0, "needs C.UTF-8")
      var differences: [String] = []
      for value in [0x20...0x1FFFF, 0x20000...0x20100, 0x2FA00...0x323B0].joined() {
        guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
        let line = Displayable(String(Character(scalar)))
        guard line.glyphs.count == 1, let glyph = line.glyphs.first, !glyph.isEscape,
          glyph.character == Character(scalar)
        else { continue }
        let width = Int(ct_character_width(scalar.value))
        // Newer than the C library: drawn as U+FFFD in the columns of the table.
        if width < 0 { continue }
        // A mark until Unicode 15, and since then a letter: drawn as U+FFFD by older C libraries.
        if value == 0x1171E { continue }
        if width != glyph.width {
          differences.append("U+\(String(value, radix: 16)): \(glyph.width), C library \(width)")
        }
      }
      #expect(differences.isEmpty)
    }

    @Test func `every mark that joins is one for the C library too`() throws {
      try #require(ct_choose_locale() != 0, "needs C.UTF-8")
      var differences: [String] = []
      for value in 0x300...0x1FFFF {
        guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
        let line = Displayable("a" + String(Character(scalar)))
        let isMark = line.width == 1 && !line.hasHidden
        let width = Int(ct_character_width(scalar.value))
        if isMark, width > 0 { differences.append("U+\(String(value, radix: 16)): \(width)") }
      }
      #expect(differences.isEmpty)
    }
  }
}
