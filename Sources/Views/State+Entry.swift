import Screen
import Tree

extension State {
  mutating func type(_ stroke: Stroke, into entry: Entry) -> [Effect] {
    var entry = entry
    switch stroke {
    case .character(let character): entry.text.append(character)
    case .backspace, .delete:
      if entry.text.isEmpty {
        _ = modes.popLast()
        return []
      }
      entry.text.removeLast()
    case .control("u"): entry.text = ""
    case .control("c"), .escape:
      _ = modes.popLast()
      return []
    case .enter:
      _ = modes.popLast()
      notice = nil
      return finish(entry)
    default: return []
    }
    modes[modes.count - 1] = .entry(entry)
    return []
  }

  mutating func openCommandLine(with start: CommandLineStart) {
    // Where nothing can be changed one still goes to a node by its number.
    guard start == .empty || isPermitted else { return }
    let text =
      switch start {
      case .empty: ""
      case .steer: "steer "
      case .override: "override "
      case .fork: "fork " + TypedCommand.onOneLine(selected.prompt.map(texts.string) ?? "")
      }
    modes.append(.entry(Entry(kind: .command, text: text)))
  }

  private mutating func finish(_ entry: Entry) -> [Effect] {
    switch entry.kind {
    case .search:
      search = entry.text
      if !search.isEmpty { find(forwards: true) }
      return []
    case .command:
      guard entry.text.contains(where: { !$0.isWhitespace }) else { return [] }
      switch TypedCommand.parse(entry.text) {
      case .success(let command): return perform(command)
      case .failure(let fault):
        notice = Notice(text: fault.description, kind: .refusal)
        return []
      }
    }
  }

  private mutating func perform(_ command: TypedCommand) -> [Effect] {
    switch command {
    case .goTo(let number):
      guard let node = tree.node(numbered: number) else {
        notice = Notice(text: "There is no node \(number) in this run.", kind: .refusal)
        return []
      }
      go(to: node.id)
      return []
    case .at(let ordinal):
      look(after: ordinal)
      return []
    case .quit: return leave()
    default: return isPermitted ? change(command) : []
    }
  }

  private mutating func change(_ command: TypedCommand) -> [Effect] {
    switch command {
    case .goTo, .at, .quit: return []
    case .set(let change): return propose(change)
    case .steer(let wish): return propose(.steer(wish.map { Text($0) }))
    case .lock(let span): return propose(.lock(Text(span)))
    case .unlock(let span): return propose(.unlock(Text(span)))
    case .override(let aspect, let score):
      let known = selected.evaluation?.scores.map(\.aspect) ?? []
      let name = known.first { $0.lowercased() == aspect.lowercased() } ?? aspect
      return propose(.override(selection, aspect: name, score: score))
    case .fork(let prompt):
      return propose(
        .fork(
          parent: selection, slot: tree.nextForkSlot(of: selection), number: tree.nextNumber,
          prompt: Text(prompt)))
    case .stop: return propose(.stop)
    }
  }

  // MARK: Searching

  /// Goes to the next row, around the end, whose number, change or prompt has what is searched.
  mutating func find(forwards: Bool) {
    guard !search.isEmpty else {
      notice = Notice(text: "Nothing is searched for yet: / asks what.", kind: .hint)
      return
    }
    let sought = search.lowercased()
    let nodes = tree.nodes
    let rows = outline.rows
    let start = outline.row(of: selection) ?? 0
    let step = forwards ? 1 : -1
    for offset in 1...max(1, rows.count) {
      let row = (start + step * offset % rows.count + rows.count) % rows.count
      guard let node = tree[rows[row].id], isMatch(node, sought) else { continue }
      isFollowing = false
      selection = node.id
      return
    }
    // What is folded away is searched too.
    let shown = Set(rows.map(\.position))
    let folded = nodes.indices.lazy.filter { !shown.contains($0) }.map { nodes[$0] }
    if let node = folded.first(where: { isMatch($0, sought) }) {
      go(to: node.id)
      return
    }
    notice = Notice(text: "\"\(search)\" is nowhere in this run's prompts.", kind: .refusal)
  }

  private func isMatch(_ node: Node, _ sought: String) -> Bool {
    if String(node.number) == sought { return true }
    if let change = changes[node.id], change.lowercased().contains(sought) { return true }
    if let summary = node.proposal?.summary, texts.string(summary).lowercased().contains(sought) {
      return true
    }
    guard let prompt = node.prompt else { return false }
    return texts.string(prompt).lowercased().contains(sought)
  }
}
