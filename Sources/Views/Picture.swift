package import Screen
import Tree

extension State {
  /// The whole screen.
  package func draw() -> Surface {
    var surface = Surface(size)
    draw(into: &surface)
    return surface
  }

  private func draw(into surface: inout Surface) {
    let layout = layout
    if layout.kind == .tiny {
      TinyPane.draw(into: &surface, self)
      return
    }
    if case .compare = bottomMode, let comparison {
      surface.within(surface.bounds.split(rows: size.height - 1).top) {
        ComparePane.draw(comparison, into: &$0, self)
      }
    } else {
      drawMain(into: &surface, layout)
    }
    if let hint = layout.hint {
      HintLine.draw(into: &surface, hint, self)
    }
    if mode == .help { HelpPane.draw(into: &surface, self) }
  }

  /// The page that help may lie over.
  private var bottomMode: Mode? { modes.first }

  private func drawMain(into surface: inout Surface, _ layout: Layout) {
    surface.within(layout.title) { StatusPane.drawTitle(into: &$0, self) }
    FramePane.draw(into: &surface, layout, self)
    if let tree = layout.tree { surface.within(tree) { TreePane.draw(into: &$0, self) } }
    if let detail = layout.detail { surface.within(detail) { DetailPane.draw(into: &$0, self) } }
    if let scrubber = layout.scrubber {
      surface.within(scrubber) { ScrubberLine.draw(into: &$0, self) }
    }
    if let status = layout.status {
      surface.within(status) { StatusPane.draw(into: &$0, layout.kind, self) }
    }
  }
}

/// The lines between the panes, with their titles and tabs.
enum FramePane {
  static func draw(into surface: inout Surface, _ layout: Layout, _ state: State) {
    guard let frame = layout.frame else { return }
    let light = Style(.border)
    surface.drawBox(frame, style: light)
    if layout.kind == .wide, let status = layout.status {
      surface.drawHorizontal(x: frame.x, y: status.y - 1, width: frame.width, style: light)
    }
    if let tree = layout.tree, let detail = layout.detail {
      if layout.kind == .wide {
        surface.drawVertical(x: tree.endX, y: frame.y, height: tree.height + 2, style: light)
      } else {
        surface.drawHorizontal(x: frame.x, y: tree.endY, width: frame.width, style: light)
      }
      let focused = state.focus == .tree ? tree : detail
      paint(around: focused, on: &surface)
    } else {
      paint(around: frame.inset(columns: 1, rows: 1), on: &surface)
    }
    if let tree = layout.tree {
      let style = titleStyle(isFocused: state.focus == .tree)
      put([("Tree", style)], y: tree.y - 1, rect: tree, on: &surface)
    }
    if let detail = layout.detail { drawTabs(detail, layout, state, on: &surface) }
  }

  private static func drawTabs(
    _ rect: Rect, _ layout: Layout, _ state: State, on surface: inout Surface
  ) {
    var titles = DetailTab.allCases.map { tab in
      let isActive = tab == state.tab
      let style = isActive ? titleStyle(isFocused: state.focus == .detail) : Style(.tab)
      return (Displayable(tab.title), style)
    }
    // Beside the tree the number is on the page already.
    if layout.kind != .wide {
      titles.insert(("\(state.selected.number):", Style(.title)), at: 0)
    }
    put(titles, y: rect.y - 1, rect: rect, on: &surface)
  }

  private static func titleStyle(isFocused: Bool) -> Style {
    isFocused ? Style(.tabActive, [.bold, .reverse]) : Style(.tabActive, [.bold])
  }

  /// Titles in an edge, as many as there is room for.
  private static func put(
    _ titles: [(Displayable, Style)], y: Int, rect: Rect, on surface: inout Surface
  ) {
    var x = rect.x + 1
    for (title, style) in titles where x + title.width + 2 < rect.endX {
      x = surface.put(" ", x: x, y: y, .border)
      x = surface.put(title, x: x, y: y, style: style)
      x = surface.put(" ", x: x, y: y, .border)
    }
  }

  /// Draws the edges of the focused pane again in their own style.
  private static func paint(around rect: Rect, on surface: inout Surface) {
    let style = Style(.borderFocused)
    for y in [rect.y - 1, rect.endY] {
      for x in (rect.x - 1)...rect.endX { restyle(x, y, style, on: &surface) }
    }
    for x in [rect.x - 1, rect.endX] {
      for y in rect.y..<rect.endY { restyle(x, y, style, on: &surface) }
    }
  }

  private static func restyle(_ x: Int, _ y: Int, _ style: Style, on surface: inout Surface) {
    guard let cell = surface[x, y] else { return }
    surface.put(Displayable(String(cell.character)), x: x, y: y, style: style)
  }
}
