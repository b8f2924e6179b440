import Screen
import Tree

extension State {
  /// Takes in one message.
  ///
  /// - Returns: what has to be done outside.
  package mutating func update(_ message: Message) -> [Effect] {
    defer { settle() }
    switch message {
    case .key(let stroke): return take(stroke)
    case .events(let events): take(events)
    case .opened(let past): take(past)
    case .words(let call, let more): inPresent { $0.take(more, of: call) }
    case .trouble(let call, let trouble): inPresent { $0.take(trouble, of: call) }
    case .storage(let trouble): storageTrouble = trouble
    case .damaged(let text):
      damage = text
      // In full, for as long as no key is pressed.
      notice = Notice(text: text, kind: .warning)
    case .notice(let text): notice = Notice(text: text, kind: .warning)
    case .refused(let text): notice = Notice(text: text, kind: .refusal)
    case .gone(let command): beLeftAlone(command)
    case .back: beJoined()
    case .ended: end()
    case .tick(let now, let frame):
      clock.pass(to: now)
      self.frame = frame
    case .resized(let size):
      self.size = size
      rebuildOutline()
    case .leave: return leave()
    }
    return []
  }

  private mutating func take(_ events: [RecordedEvent]) {
    guard !events.isEmpty else { return }
    if replay != nil {
      inPresent { present in for event in events { present.fold(event) } }
      return
    }
    let nodes = tree.nodes.count
    let wasFinished = tree.finish != nil
    var isStructural = false
    var isSettling = false
    for event in events {
      let settings = tree.settings
      fold(event)
      // Another process goes on with a run that had come to rest.
      if rest.isOver, event.event == .flight(.reopened) {
        rest = .none
        notice = Notice(text: "Another process goes on with the run.", kind: .news)
      }
      switch event.event {
      case .decided: isStructural = true
      case .intervened(let intervention):
        isStructural = true
        if let news = InterventionNews.text(
          of: intervention, in: tree, since: settings, texts: texts)
        {
          notice = Notice(text: news, kind: .news)
        }
      case .completed: isSettling = true
      case .flight: break
      }
    }
    if case .gone = rest { callOffFlights() }
    if !wasFinished, let finish = tree.finish { announce(finish) }
    treeChanged(
      inStructure: isStructural || tree.nodes.count != nodes,
      inStanding: isStructural || isSettling)
  }

  /// The run is there as a whole, in the place of the beginning that was shown so far.
  private mutating func take(_ past: RunPast) {
    if replay != nil { returnToPresent() }
    tree = past.moment.tree
    var clock = RunClock(past.moment.work)
    if let now = self.clock.now { clock.pass(to: now) }
    self.clock = clock
    timeline = Timeline(past)
    treeChanged(inStructure: true, inStanding: true)
  }

  /// Folds in one event that has just happened.
  mutating func fold(_ event: RecordedEvent) {
    apply(event)
    timeline.add(event, levels: tree.levels.count)
  }

  /// Folds one event into the tree, and lets go of the words that it makes complete.
  mutating func apply(_ event: RecordedEvent) {
    clock.take(event, isResting: tree.isResting)
    tree.apply(event.event)
    switch event.event {
    case .completed(let completion): forget(completion.call)
    case .flight(.started(let call)), .flight(.cancelled(let call)): forget(call)
    case .flight(.reopened): (words, callTroubles) = ([:], [:])
    case .flight(.embedding), .flight(.embedded), .decided, .intervened: break
    }
  }

  private mutating func forget(_ call: CallKey) {
    words[call] = nil
    callTroubles[call] = nil
  }

  /// Beyond this many bytes the rest of a reply is shown only when it is complete.
  private static let mostWords = 200_000

  private mutating func take(_ more: String, of call: CallKey) {
    // Words of a call that has ended already may come late.
    guard tree.inFlight.contains(call) else { return }
    callTroubles[call] = nil
    let known = words[call, default: ""].utf8.count
    guard known < Self.mostWords else { return }
    words[call, default: ""] += more
  }

  private mutating func take(_ trouble: CallTrouble, of call: CallKey) {
    if tree.inFlight.contains(call) { callTroubles[call] = trouble }
  }

  private mutating func announce(_ finish: SearchTree.Finish) {
    let node = tree[finish.node] ?? tree.root
    let path = Wording.score(node.pathReward)
    notice = Notice(
      text: "The search is over: \(finish.why.words). The best is \(node.number), path \(path).",
      kind: .news)
  }

  /// What was in flight is lost with the process that waited for it.
  private mutating func beLeftAlone(_ command: String) {
    rest = .gone(command)
    inPresent { $0.callOffFlights() }
    if presentTree.finish == nil, let reason = restRefusal {
      notice = Notice(text: reason, kind: .warning)
    }
    treeChanged(inStructure: false, inStanding: true)
  }

  /// Leaves called off what was: it is news again when its reply has landed.
  private mutating func beJoined() {
    guard case .gone = rest else { return }
    rest = .none
    notice = Notice(text: "A process is at work on the run again.", kind: .news)
  }

  /// As the process does that goes on with the run.
  private mutating func callOffFlights() {
    tree.apply(.flight(.reopened))
    (words, callTroubles) = ([:], [:])
  }

  private mutating func end() {
    if rest == .none, readOnly == nil, tree.finish == nil {
      notice = Notice(text: "The run has come to rest. q leaves.", kind: .warning)
    }
    rest = .ended
  }
}

extension FinishReason {
  var words: String {
    switch self {
    case .depth: "the last level is reached"
    case .queries: "the queries are used up"
    case .stopped: "it was stopped"
    case .calls: "all the calls it may make are made"
    case .tokens: "the tokens it may take are used up"
    case .cost: "what it may cost is used up"
    case .minutes: "the time it may take is used up"
    case .nothingAlive: "nothing is left alive"
    }
  }
}

// MARK: - What follows from a change

extension State {
  /// Brings everything that depends on the rest into line with it.
  mutating func settle() {
    clampRows()
    let layout = layout
    if let rect = layout.treeRows {
      for row in outline.rows.dropFirst(top).prefix(rect.height) { learnChange(of: row.id) }
    }
    learnChange(of: selection)
    settleDetail(in: layout)
    if var comparison {
      comparison.settle(in: self)
      self.comparison = comparison
    }
  }

  private mutating func learnChange(of id: NodeID) {
    guard changes[id] == nil, let node = tree[id] else { return }
    // A row that still waits for its prompt will have something to say later.
    guard node.prompt != nil || node.isDeadSlot else { return }
    changes[id] = ChangeWords.of(node, in: tree, texts: texts)
  }

  private mutating func settleDetail(in layout: Layout) {
    guard let rect = layout.detail else { return }
    let key = DetailKey(
      selection: selection, tab: tab, size: rect.size, version: version,
      words: words.reduce(0) { $0 + ($1.key.node == selection ? 1 + $1.value.utf8.count : 0) },
      time: tab == .calls && isLive ? clock.now.map { Int($0) } : nil)
    guard key != detailKey else { return }
    let isSamePlace = key.selection == detailKey?.selection && key.tab == detailKey?.tab
    let top = isSamePlace ? detail.top : nil
    detailKey = key
    if tab == .calls, readPast() { readCalls() }
    detail = DetailPane.page(of: self, width: rect.width)
    detail.height = DetailPane.pageHeight(of: self, in: rect)
    detail.top = top ?? detail.opening
    detail.clamp()
  }

  private mutating func readCalls() {
    var list = callList.flatMap { $0.node == selection ? $0 : nil } ?? CallList(of: selected)
    callList = nil
    list.read(timeline.events, to: replay?.position ?? timeline.events.count)
    callList = list
  }

  mutating func rebuildOutline() {
    let height = layout.treeRows?.height ?? 1
    outline.build(from: tree, height: height)
    if outline.row(of: selection) == nil {
      outline.reveal(selection, in: tree)
      outline.build(from: tree, height: height)
    }
  }

  /// Keeps the selection in sight, and no empty rows below the last.
  private mutating func clampRows() {
    let height = max(1, layout.treeRows?.height ?? 1)
    let row = outline.row(of: selection) ?? 0
    let margin = height > 6 ? 1 : 0
    top = min(top, row - margin)
    top = max(top, row - height + 1 + margin)
    top = max(0, min(top, outline.rows.count - height))
  }

  /// Selects where the search is at work: one node a level, so that what is read does not change
  /// with every reply.
  mutating func follow() {
    if let finish = tree.finish {
      select(finish.node)
      return
    }
    guard let deepest = tree.levels.indices.last else { return }
    let current = selected
    if current.level == deepest, current.isAlive { return }
    let standings = tree.nodes.standings
    let living = tree.positions(atLevel: deepest).first { standings[$0].isAlive }
    if let living { select(standings[living].id) }
  }

  /// Selects a node and shows its row.
  mutating func select(_ id: NodeID) {
    guard tree[id] != nil else { return }
    selection = id
    if outline.row(of: id) == nil { rebuildOutline() }
  }
}
