import Screen
import Tree

extension State {
  /// What a key does depends on what is on top.
  mutating func take(_ stroke: Stroke) -> [Effect] {
    switch mode {
    case .entry(let entry): return type(stroke, into: entry)
    case .question(let question): return answer(stroke, to: question)
    case .compare: return perform(stroke, in: .compare)
    case .help: return perform(stroke, in: .help)
    case nil: return perform(stroke, in: .main)
    }
  }

  private mutating func perform(_ stroke: Stroke, in place: Keymap.Place) -> [Effect] {
    guard let command = Keymap.command(for: stroke, in: place) else {
      notice = Notice(text: "\(stroke) does nothing here. ? shows the keys.", kind: .hint)
      return []
    }
    notice = nil
    switch command {
    case .interrupt: return leave()
    case .repaint: return [.repaint]
    case .help:
      if place == .help { return close() }
      helpTop = 0
      modes.append(.help)
      return []
    default: break
    }
    switch place {
    case .main: return perform(command)
    case .compare, .help:
      if command == .leave { return close() }
      scrollPage(command, in: place)
      return []
    }
  }

  private mutating func close() -> [Effect] {
    if modes.popLast() == .compare { comparison = nil }
    return []
  }

  // MARK: Pages over the main screen

  private mutating func scrollPage(_ command: Command, in place: Keymap.Place) {
    if place == .help {
      let height = HelpPane.room(in: self)
      let wanted = helpTop + lines(of: command, page: height)
      helpTop = max(0, min(wanted, HelpPane.lastTop(in: self)))
    } else {
      let lines = lines(of: command, page: comparison?.height ?? 1)
      comparison?.scroll(by: lines)
    }
  }

  /// How far a command scrolls.
  private func lines(of command: Command, page: Int) -> Int {
    switch command {
    case .up, .scrollDetailUp: -1
    case .down, .scrollDetailDown: 1
    case .pageUp: -max(1, page - 2)
    case .pageDown: max(1, page - 2)
    case .first: -1_000_000
    case .last: 1_000_000
    default: 0
    }
  }

  // MARK: The main screen

  private mutating func perform(_ command: Command) -> [Effect] {
    switch command {
    case .up, .down, .pageUp, .pageDown, .first, .last: move(command)
    case .left: focus == .tree ? goToParent() : turnTab(by: -1)
    case .right: focus == .tree ? goToChild() : turnTab(by: 1)
    case .fold: fold()
    case .follow:
      isFollowing = true
      follow()
      notice = Notice(text: "Following the search until you move.", kind: .hint)
    case .best: go(to: best)
    case .nextPane, .previousPane: focus = focus == .tree ? .detail : .tree
    case .zoom:
      isZoomed.toggle()
      rebuildOutline()
    case .scrollDetailDown, .scrollDetailUp: detail.scroll(by: lines(of: command, page: 1))
    case .tab(let tab): self.tab = tab
    case .mark: mark()
    case .compare: compare()
    case .search: modes.append(.entry(Entry(kind: .search)))
    case .commandLine(let start): openCommandLine(with: start)
    case .nextMatch: find(forwards: true)
    case .previousMatch: find(forwards: false)
    case .leave: letGo()
    case .quit: return leave()
    case .eventBack, .eventForward, .levelBack, .levelForward: step(command)
    case .prune, .undo, .redo, .pause, .pin: return intervene(command)
    case .help, .interrupt, .repaint: break
    }
    return []
  }

  private mutating func move(_ command: Command) {
    if focus == .detail {
      detail.scroll(by: lines(of: command, page: detail.height))
      return
    }
    isFollowing = false
    guard let row = outline.row(of: selection) else { return }
    let page = layout.treeRows?.height ?? 1
    let target = max(0, min(row + lines(of: command, page: page), outline.rows.count - 1))
    selection = outline.rows[target].id
  }

  private mutating func goToParent() {
    isFollowing = false
    if let parent = selected.parent { select(parent) }
  }

  private mutating func goToChild() {
    isFollowing = false
    if outline.hidden(below: selection)?.isPassedOnly == false { fold() }
    guard let position = tree.position(of: selection) else { return }
    let children = outline.shownChildren(of: position, in: tree).map { tree.nodes.standings[$0] }
    if let child = children.first(where: tree.isKept) ?? children.first { selection = child.id }
  }

  private mutating func turnTab(by step: Int) {
    let count = DetailTab.allCases.count
    tab = DetailTab(rawValue: (tab.rawValue + step + count) % count) ?? .prompt
  }

  private mutating func fold() {
    guard !selected.children.isEmpty else {
      notice = Notice(text: "\(selected.number) has no children to fold.", kind: .hint)
      return
    }
    isFollowing = false
    outline.toggle(selection)
    rebuildOutline()
  }

  mutating func go(to id: NodeID) {
    isFollowing = false
    select(id)
  }

  private mutating func mark() {
    if let index = marks.firstIndex(of: selection) {
      marks.remove(at: index)
    } else {
      marks.append(selection)
      if marks.count > 2 { marks.removeFirst() }
    }
  }

  private mutating func compare() {
    guard let pair, let left = tree[pair.0], let right = tree[pair.1] else {
      notice = Notice(
        text: "Nothing to compare with yet: Space marks a node, then select another.",
        kind: .hint)
      return
    }
    guard left.prompt != nil, right.prompt != nil else {
      let number = left.prompt == nil ? left.number : right.number
      notice = Notice(text: "\(number) has no prompt yet.", kind: .refusal)
      return
    }
    comparison = Comparison(left: left.id, right: right.id)
    modes.append(.compare)
  }

  private mutating func letGo() {
    if replay != nil { return returnToPresent() }
    search = ""
    marks = []
    if isZoomed {
      isZoomed = false
      rebuildOutline()
    }
  }

  // MARK: Leaving

  /// Leaves when what is in flight has landed; asked again, at once.
  mutating func leave() -> [Effect] {
    modes = []
    comparison = nil
    // It is the present that is left.
    if replay != nil { returnToPresent() }
    guard rest == .none, isLive, !isElsewhere else { return [.quit(.now)] }
    rest = .draining
    let count = tree.inFlight.count
    let calls = count == 0 ? "what is" : Wording.plural(count, "call")
    notice = Notice(
      text: "Finishing and saving \(calls) in flight. q again leaves at once: what is lost then is "
        + "asked again on resume.", kind: .news)
    return [.quit(.drain)]
  }
}
