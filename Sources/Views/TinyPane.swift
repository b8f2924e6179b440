import Screen
import Tree

/// What still fits when nothing does: the state of the run and the selected node.
enum TinyPane {
  static func draw(into surface: inout Surface, _ state: State) {
    let node = state.selected
    let (word, role) = StatusPane.stateWord(of: state)
    var lines = [StyledText(Displayable(word), role, .bold)]
    if let question = state.question {
      lines += Displayable(question).wrapped(to: max(1, surface.width)).map {
        StyledText($0, .warning)
      }
    }
    lines += StatusPane.troubles(of: state, width: surface.width, most: 1)
    if state.tree.configuration.isSimulated { lines.append(StyledText("SIMULATED", .simulated)) }
    let nodeWord = StateWord(of: node, in: state)
    var row = StyledText(">\(node.number) ", .text, .bold)
    row.append(Displayable(nodeWord.text), nodeWord.role)
    if node.isSettled, let path = node.pathReward { row.append(" \(Wording.fixed(path))", .text) }
    lines.append(row)
    lines.append(
      StyledText(.summary(of: state.changes[node.id] ?? "", width: surface.width), .text))
    lines.append(StyledText("calls \(state.tree.totals.started)", .muted))
    if let notice = state.notice {
      lines.insert(StyledText(Displayable(notice.text), .warning), at: 1)
    }
    surface.put(lines.map { $0.truncated(to: surface.width) }, in: surface.bounds)
    surface.placeCursor(x: 0, y: 0)
  }
}

extension State {
  /// What waits to be confirmed, or is being typed.
  fileprivate var question: String? {
    switch mode {
    case .question(let question): question.text
    case .entry(let entry): String(entry.kind.rawValue) + entry.text
    default: nil
    }
  }
}
