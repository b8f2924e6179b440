package import Screen

/// What roles look like, read from a theme file. See `themes/espalier-dark.toml` for the form.
package struct Theme: Sendable {
  package let name: String

  /// Characters that this theme draws instead of the usual ones.
  package let glyphs: Glyphs

  /// One for every role.
  let styles: [StyleRole: RoleStyle]

  /// What a style comes to on a terminal with so many colours.
  package func look(of style: Style, depth: ColorDepth) -> Look {
    let ground = styles[.text] ?? RoleStyle()
    let role = styles[style.role] ?? RoleStyle()
    let backdrop = style.backdrop.flatMap { styles[$0] } ?? RoleStyle()
    let foreground = backdrop.foreground ?? role.foreground ?? ground.foreground
    let background = backdrop.background ?? role.background ?? ground.background
    var look = Look(
      foreground: foreground?.color?.index(at: depth, isBackground: false),
      background: background?.color?.index(at: depth, isBackground: true),
      modifiers: style.modifiers)
    for part in [role, backdrop] {
      look.modifiers.formUnion(depth == .mono ? part.mono : part.modifiers)
    }
    if let place = look.background, look.foreground == place {
      // Two colours that fell together: the text must stay readable.
      look.foreground = [0, 8].contains(place) || (depth == .c256 && place < 244) ? 7 : 0
    }
    return look
  }

  /// The exact colours of a style, for checks of contrast; nil stands for the terminal's own.
  package func exactColors(of style: Style) -> (text: ThemeColor?, ground: ThemeColor?) {
    let role = styles[style.role] ?? RoleStyle()
    let ground = styles[.text] ?? RoleStyle()
    let backdrop = style.backdrop.flatMap { styles[$0] } ?? RoleStyle()
    let text = backdrop.foreground ?? role.foreground ?? ground.foreground
    let behind = backdrop.background ?? role.background ?? ground.background
    return (text?.color, behind?.color)
  }
}

/// What a terminal is told of a cell: indices of its colours, nil for its own, and the weight.
package struct Look: Hashable, Sendable {
  package var foreground: Int?
  package var background: Int?
  package var modifiers: Modifiers

  package init(foreground: Int?, background: Int?, modifiers: Modifiers) {
    self.foreground = foreground
    self.background = background
    self.modifiers = modifiers
  }
}

/// What a theme says of one role. What it leaves open is as in `text`.
struct RoleStyle: Hashable, Sendable {
  enum Paint: Hashable, Sendable {
    case terminalDefault
    case color(ThemeColor)

    var color: ThemeColor? {
      if case .color(let color) = self { color } else { nil }
    }
  }

  var foreground: Paint?
  var background: Paint?
  var modifiers: Modifiers = []

  /// The modifiers where there are no colours, and weight alone must tell roles apart.
  var mono: Modifiers = []
}
