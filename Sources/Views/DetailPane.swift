import Screen
import Tree

/// The selected node on the page of the open tab.
enum DetailPane {
  static func draw(into surface: inout Surface, _ state: State) {
    let page = state.detail
    var rows = surface.bounds
    let head = header(of: state, in: rows)
    surface.put(head, in: rows)
    rows = rows.split(rows: head.count).bottom
    if let footer = page.footer, !page.isFitting, rows.height > 3 {
      let (above, line) = rows.split(rows: rows.height - 1)
      rows = above
      surface.put([footer], in: line)
    }
    surface.put(page.lines.dropFirst(page.top), in: rows)
    drawMore(page, rows, on: &surface)
  }

  static func page(of state: State, width: Int) -> Page {
    switch state.tab {
    case .prompt: PromptTab.page(of: state, width: width)
    case .rewards: RewardsTab.page(of: state, width: width)
    case .feedback: FeedbackTab.page(of: state, width: width)
    case .trial: TrialTab.page(of: state, width: width)
    case .calls: CallsTab.page(of: state, width: width)
    }
  }

  /// Lines of the page that are in sight.
  static func pageHeight(of state: State, in rect: Rect) -> Int {
    let rows = max(0, rect.height - header(of: state, in: rect).count)
    let hasFooter = state.detail.footer != nil && state.detail.lines.count > rows && rows > 3
    return hasFooter ? rows - 1 : rows
  }

  /// `18 · child of 8 · level 4 · kept for level 5`
  ///
  /// Over two lines where it is long and there is room, and with a blank line below it.
  private static func header(of state: State, in rect: Rect) -> [StyledText] {
    let node = state.selected
    var parts: [Displayable] = ["\(node.number)"]
    if let parent = node.parent.flatMap({ state.tree[$0] }) {
      parts.append("child of \(parent.number)")
    }
    parts.append("level \(node.level)")
    var text = StyledText(" ", .text)
    text.append(Self.joined(parts), .title)
    text.append(" · ", .muted)
    text.append(standing(of: node, in: state), StateWord(of: node, in: state).role)
    if let rank = state.tree.changedRank(of: node) {
      text.append(" · would rank \(Wording.ordinal(rank)) now", .yours)
    }
    if node.isPinned { text.append(" · pinned", .yours) }
    if state.detail.hasHidden { text.append(" · hidden characters", .escaped) }
    guard rect.height >= 14 else { return [text.truncated(to: rect.width)] }
    return text.wrapped(to: rect.width, indent: 1).prefix(2) + [StyledText()]
  }

  private static func joined(_ parts: [Displayable]) -> Displayable {
    parts.dropFirst().reduce(parts[0]) { "\($0) · \($1)" }
  }

  /// Where the node stands, and by whose decision.
  private static func standing(of node: Node, in state: State) -> Displayable {
    let tree = state.tree
    switch tree.state(of: node) {
    case .kept:
      if tree.finish?.node == node.id { return "the best" }
      guard node.opening?.skips == true else { return "kept for level \(node.level + 1)" }
      if node.trial.failure != nil { return "kept though it failed" }
      return node.evaluation == nil ? "kept though unreadable" : "kept, nothing to improve"
    case .dropped: return "dropped by the search"
    case .pruned:
      let by = state.pruner(of: node).map { author in
        switch author {
        case .person: "by you"
        case .program: "by the program"
        }
      }
      let ancestor = tree.path(to: node.id).last { $0.prunedBy != nil }
      let place = ancestor.map { $0.id == node.id ? "" : " at \($0.number)" } ?? ""
      return "pruned \(by ?? "")\(place)"
    case .unreadable: return "unreadable"
    case .failed: return "failed"
    case .scored: return "scored, not yet decided"
    case .waiting: return "waiting"
    case .rewriting: return "the optimizer writes"
    case .answering: return "the base model answers"
    case .judging: return "the judge reads"
    }
  }

  private static func drawMore(_ page: Page, _ rows: Rect, on surface: inout Surface) {
    guard rows.height > 1, rows.width > 4 else { return }
    if page.top > 0 { surface.put("↑", x: rows.width - 1, y: rows.y, .muted) }
    if page.top + page.height < page.lines.count {
      surface.put("↓", x: rows.width - 1, y: rows.endY - 1, .muted)
    }
  }
}
