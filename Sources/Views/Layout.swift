import Screen

/// Where everything stands, by the size of the screen and what is focused. Parts for which there is
/// no room are nil.
struct Layout {
  enum Kind {
    /// Tree and detail beside each other in one frame.
    case wide
    /// Tree above detail in one frame.
    case stacked
    /// The focused pane alone, without a frame.
    case plain
    /// The essentials.
    case tiny
  }

  var kind: Kind
  var title: Rect
  /// Lines of numbers, inside the frame when wide.
  var status: Rect?
  var frame: Rect?
  /// Both with their headers, without the frame.
  var tree: Rect?
  var detail: Rect?
  /// Where in the past it is; nil in the present.
  var scrubber: Rect?
  var hint: Rect?

  /// The tree without the header line.
  var treeRows: Rect? {
    tree.map { hasTreeHeader ? $0.split(rows: 1).bottom : $0 }
  }

  var hasTreeHeader: Bool { (tree?.height ?? 0) >= 6 }

  init(of state: State) {
    let whole = Rect(state.size)
    let (title, below) = whole.split(rows: 1)
    self.title = title
    switch (whole.width, whole.height) {
    case (100..., 16...): kind = .wide
    case (40..., 14...): kind = .stacked
    case (20..., 6...): kind = .plain
    default:
      kind = .tiny
      return
    }
    var (rest, hint) = below.split(rows: below.height - 1)
    self.hint = hint
    if state.replay != nil {
      let (above, scrubber) = rest.split(rows: rest.height - 1)
      (rest, self.scrubber) = (above, scrubber)
    }
    switch kind {
    case .wide: layWide(rest, state)
    case .stacked: layStacked(rest, state)
    case .plain, .tiny:
      if state.focus == .tree { tree = rest } else { detail = rest }
    }
  }

  private mutating func layWide(_ rest: Rect, _ state: State) {
    frame = rest
    let inside = rest.inset(columns: 1, rows: 1)
    let lines = 2 + StatusPane.troubles(of: state, width: inside.width, most: 2).count
    let (panes, bottom) = inside.split(rows: inside.height - lines - 1)
    status = bottom.split(rows: 1).bottom
    if state.isZoomed {
      if state.focus == .tree { tree = panes } else { detail = panes }
      return
    }
    let wanted = min(104, rest.width * 53 / 100)
    let (left, right) = panes.split(columns: wanted)
    tree = left
    detail = right.split(columns: 1).right
  }

  private mutating func layStacked(_ rest: Rect, _ state: State) {
    let room = rest.height >= 18
    let lines =
      (room ? 1 : 0)
      + StatusPane.troubles(of: state, width: rest.width - 1, most: room ? 2 : 1).count
    let (numbers, box) = rest.split(rows: lines)
    if lines > 0 { status = numbers }
    frame = box
    let inside = box.inset(columns: 1, rows: 1)
    if state.isZoomed {
      if state.focus == .tree { tree = inside } else { detail = inside }
      return
    }
    // What is being read gets the larger part.
    let share = state.focus == .tree ? inside.height / 2 : inside.height / 3
    let (above, below) = inside.split(rows: max(3, share))
    tree = above
    detail = below.split(rows: 1).bottom
  }
}

extension State {
  var layout: Layout { Layout(of: self) }
}
