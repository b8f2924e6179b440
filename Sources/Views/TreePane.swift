import Screen
import Tree

/// The hero: a row for each candidate.
enum TreePane {
  static func draw(into surface: inout Surface, _ state: State) {
    let layout = state.layout
    let columns = TreeColumns(width: surface.width)
    var rows = surface.bounds
    if layout.hasTreeHeader {
      drawHeader(columns, on: &surface)
      rows = rows.split(rows: 1).bottom
    }
    let visible = Array(state.outline.rows.dropFirst(state.top).prefix(rows.height))
    let nodes = visible.map { state.tree.nodes[$0.position] }
    let indent = indent(of: nodes, columns)
    for (y, node) in nodes.enumerated() {
      let row = TreeRow(
        node: node, row: visible[y], state: state, columns: columns, indent: indent)
      surface.within(Rect(x: 0, y: rows.y + y, width: surface.width, height: 1)) {
        row.draw(into: &$0)
      }
    }
    drawMore(below: visible.count, state, rows, on: &surface)
  }

  /// How far the levels are apart. Deep rows stand closer, and then are moved to the left, so that
  /// there is room to say what changed.
  private static func indent(of nodes: [Node], _ columns: TreeColumns) -> TreeIndent {
    let deepest = nodes.map(\.level).max() ?? 0
    let allowed = max(3, columns.candidate - max(10, columns.candidate * 9 / 20)) - 3
    if deepest * 2 <= allowed { return TreeIndent(step: 2, shift: 0) }
    return TreeIndent(step: 1, shift: max(0, deepest + 1 - allowed))
  }

  private static func drawHeader(_ columns: TreeColumns, on surface: inout Surface) {
    surface.put("   candidate", x: 0, y: 0, .header)
    var x = columns.candidate + 1
    if columns.state > 0 { surface.put("state", x: x, y: 0, .header) }
    x += columns.state
    if columns.reward > 0 {
      surface.put(Displayable("reward").padded(to: columns.reward, .right), x: x, y: 0, .header)
    }
    x += columns.reward
    if columns.path > 0 {
      surface.put(Displayable("path").padded(to: columns.path, .right), x: x, y: 0, .header)
    }
  }

  /// Says in the last row's corner that there is more below, and above in the first.
  private static func drawMore(
    below count: Int, _ state: State, _ rows: Rect, on surface: inout Surface
  ) {
    guard surface.width > 20, rows.height > 1 else { return }
    if state.top > 0 {
      surface.put("↑", x: surface.width - 1, y: rows.y, .muted)
    }
    if state.top + count < state.outline.rows.count {
      surface.put("↓", x: surface.width - 1, y: rows.endY - 1, .muted)
    }
  }
}

/// Where the number of a row begins, by its level.
struct TreeIndent {
  /// Columns from one level to the next.
  var step: Int
  /// Columns that are out of sight at the left.
  var shift: Int

  func width(ofLevel level: Int) -> Int {
    // Between the line and the number there is always a blank.
    max(0, level * step + (step == 1 && level > 0 ? 1 : 0) - shift)
  }
}

/// One row of the tree.
struct TreeRow {
  let node: Node
  let row: Outline.Row
  let state: State
  let columns: TreeColumns
  let indent: TreeIndent

  func draw(into surface: inout Surface) {
    let isSelected = node.id == state.selection
    surface.within(Rect(x: 0, y: 0, width: columns.candidate, height: 1)) {
      let x = drawLines(into: &$0)
      $0.put(words.truncated(to: max(0, columns.candidate - x)), x: x, y: 0)
    }
    drawColumns(into: &surface)
    drawMarks(into: &surface, isSelected: isSelected)
    if isSelected {
      let backdrop: StyleRole = state.focus == .tree ? .selection : .selectionUnfocused
      surface.lay(backdrop, behind: surface.bounds)
      surface.placeCursor(x: 0, y: 0)
    }
  }

  private func drawMarks(into surface: inout Surface, isSelected: Bool) {
    if isSelected { surface.put(">", x: 0, y: 0, .accent, .bold) }
    if state.marks.contains(node.id) { surface.put("*", x: 1, y: 0, .marked, .bold) }
  }

  /// - Returns: where the number begins.
  private func drawLines(into surface: inout Surface) -> Int {
    let joints = TreeLines.joints(to: row.position, in: state)
    let start = 3
    for (index, joint) in joints.enumerated() {
      let x = start + index * indent.step - indent.shift
      guard x >= start else { continue }
      let arms = [joint.up, joint.right, joint.down]
      guard arms != [.none, .none, .none] else { continue }
      let role: StyleRole = arms.contains(.heavy) ? .branchKept : .branch
      surface.draw(joint, x: x, y: 0, style: Style(role))
    }
    if indent.shift > 0, node.level > 0 {
      surface.put("‹", x: start - 1, y: 0, .branch)
    }
    return start + indent.width(ofLevel: joints.count)
  }

  /// The number, what changed, and what is folded away.
  private var words: StyledText {
    let digits = max(2, String(state.tree.nextNumber - 1).utf8.count)
    let number = Displayable(node.number).padded(to: digits + 2)
    let isPassed = !node.isAlive || word.role == .dropped
    var text = StyledText(number, isPassed ? .muted : .text, node.isOpened ? .bold : [])
    let change = Displayable.summary(
      of: state.changes[node.id] ?? "", width: max(0, columns.candidate))
    let role: StyleRole =
      node.origin == .fork ? .yours : !node.isAlive ? .pruned : isPassed ? .dropped : .text
    let suffix = hiddenWords
    // What is folded away must not be cut by what changed.
    let start = 3 + indent.width(ofLevel: node.level)
    let room = columns.candidate - start - number.width - suffix.width
    text.append(change.truncated(to: max(0, room)), role)
    text.append(suffix, .muted)
    return text
  }

  private var hiddenWords: Displayable {
    guard let hidden = row.hidden else { return "" }
    return hidden.isPassedOnly && columns.candidate > 44
      ? "  [+\(hidden.count) dropped]" : " [+\(hidden.count)]"
  }

  private var word: StateWord { StateWord(of: node, in: state) }

  private func drawColumns(into surface: inout Surface) {
    guard columns.state > 0 else { return }
    let word = word
    var x = columns.candidate + 1
    let text = Displayable(columns.isTerse ? word.short : word.text)
    surface.put(text.truncated(to: columns.state), x: x, y: 0, word.role)
    x += columns.state
    if columns.reward > 0 {
      put(node.reward, width: columns.reward, x: x, Score.role(of: node.reward), on: &surface)
    }
    x += columns.reward
    guard columns.path > 0 else { return }
    // Without a reward of its own a node has only its parent's path, which says nothing of it.
    let path = node.level == 0 || node.reward == nil ? nil : node.pathReward
    put(path, width: columns.path, x: x, .text, on: &surface)
  }

  private func put(
    _ score: Double?, width: Int, x: Int, _ role: StyleRole, on surface: inout Surface
  ) {
    guard node.isSettled, !node.isDeadSlot else { return }
    let hasOverride = !node.overrides.isEmpty
    let text = Displayable(Wording.score(score)).padded(to: width, .right)
    surface.put(text, x: x, y: 0, hasOverride ? .yours : role)
  }
}

/// Where a score lies on the way from 1 to 5.
enum Score {
  static func role(of score: Double?) -> StyleRole {
    guard let score else { return .muted }
    return score < 2.5 ? .scoreLow : score < 4 ? .scoreMiddle : .scoreHigh
  }
}
