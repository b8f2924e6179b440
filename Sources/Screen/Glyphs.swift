/// Which characters stand for which, on terminals or in themes that can't or won't show the usual ones.
///
/// Views draw one set; what replaces it is applied to the finished surface, so that no view has to know.
package struct Glyphs: Hashable, Sendable {
  private var replacements: [Character: Character]
  private let isASCIIOnly: Bool

  /// As the views draw them.
  package static let unicode = Glyphs(replacements: [:], isASCIIOnly: false)

  /// For a locale without UTF-8: light lines are `|-+`, heavy ones `#=`, and what has no likeness is `?`.
  package static let ascii = Glyphs(replacements: asciiTable, isASCIIOnly: true)

  /// This set with some characters replaced. Both must be one column wide; others are ignored.
  package func replacing(_ more: [Character: Character]) -> Glyphs {
    var copy = self
    for (usual, replacement) in more where Self.isOneColumn(replacement) {
      copy.replacements[usual] = replacement
    }
    return copy
  }

  package subscript(character: Character) -> Character {
    if let replacement = replacements[character] { return replacement }
    return isASCIIOnly && !character.isASCII ? "?" : character
  }

  /// Whether a character can stand in for another: one column, nothing hidden in it.
  package static func isOneColumn(_ character: Character) -> Bool {
    let text = Displayable(String(character))
    return text.width == 1 && !text.hasHidden
  }

  private static let asciiTable: [Character: Character] = {
    var table: [Character: Character] = [
      "▏": "|", "▁": "_", "▂": ".", "▃": "-", "▄": "=", "▅": "+", "▆": "*", "▇": "#", "█": "#",
      "░": ".", "▒": ":", "▓": "#", "·": ".", "•": "*", "‾": "^", "…": "~", "–": "-", "—": "-",
      "−": "-", "‑": "-", "±": "~", "≤": "<", "≥": ">", "×": "x", "→": ">", "←": "<", "↑": "^",
      "↓": "v", "▸": ">", "▾": "v", "▲": "^", "▼": "v", "▶": ">", "◀": "<", "●": "*", "○": "o",
      "◆": "*", "◇": "o", "✓": "v", "✗": "x", "‹": "<", "›": ">", "«": "<", "»": ">", "‘": "'",
      "’": "'", "“": "\"", "”": "\"", "„": "\"", "´": "'",
    ]
    let weights: [LineJoint.Weight] = [.none, .light, .heavy]
    for up in weights {
      for right in weights {
        for down in weights {
          for left in weights {
            let joint = LineJoint(up: up, right: right, down: down, left: left)
            table[joint.character] = ascii(joint)
          }
        }
      }
    }
    table[" "] = " "
    return table
  }()

  private static func ascii(_ joint: LineJoint) -> Character {
    let arms = [joint.up, joint.right, joint.down, joint.left]
    let isHeavy = arms.contains(.heavy)
    if joint.up == .none && joint.down == .none { return isHeavy ? "=" : "-" }
    if isHeavy { return "#" }
    return joint.left == .none && joint.right == .none ? "|" : "+"
  }
}
