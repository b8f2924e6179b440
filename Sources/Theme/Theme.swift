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
    let paints = paints(of: style)
    var look = Look(
      foreground: paints.text?.color?.index(at: depth, isBackground: false),
      background: paints.ground?.color?.index(at: depth, isBackground: true),
      modifiers: style.modifiers.union(weight(of: style.role, depth: depth)))
    if let backdrop = style.backdrop {
      let more = weight(of: backdrop, depth: depth)
      // What is reversed on a reversed ground stands out by not being so.
      let isReversed = look.modifiers.contains(.reverse) != more.contains(.reverse)
      look.modifiers.formUnion(more)
      if !isReversed { look.modifiers.remove(.reverse) }
    }
    if let place = look.background, look.foreground == place {
      // Two colours that fell together: the text must stay readable.
      look.foreground = [0, 8].contains(place) || (depth == .c256 && place < 244) ? 7 : 0
    }
    return look
  }

  /// The exact colours of a style, for checks of contrast; nil stands for the terminal's own.
  package func exactColors(of style: Style) -> (text: ThemeColor?, ground: ThemeColor?) {
    let paints = paints(of: style)
    return (paints.text?.color, paints.ground?.color)
  }

  /// A role with a ground of its own, such as a badge or a match, keeps it and its colour on every backdrop.
  private func paints(
    of style: Style
  ) -> (text: RoleStyle.Paint?, ground: RoleStyle.Paint?) {
    let plain = styles[.text]
    let role = styles[style.role]
    let backdrop = style.backdrop.flatMap { styles[$0] }
    if style.role != .text, let ground = role?.background {
      return (role?.foreground ?? plain?.foreground, ground)
    }
    return (
      backdrop?.foreground ?? role?.foreground ?? plain?.foreground,
      backdrop?.background ?? plain?.background
    )
  }

  private func weight(of role: StyleRole, depth: ColorDepth) -> Modifiers {
    let style = styles[role]
    return (depth == .mono ? style?.mono : style?.modifiers) ?? []
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
