import Screen
import Tree

extension State {
  /// A look at the past: everything on the screen is as it was then.
  struct Replay {
    /// How many events had happened.
    var position: Int
    /// The run as it is by now, to go back to; it goes on meanwhile.
    var present: Present
  }

  /// What of the run's state the past takes the place of.
  struct Present {
    var tree: SearchTree
    var clock: RunClock
    /// Replies on their way, as far as they have come.
    var words: [CallKey: String]
    var callTroubles: [CallKey: CallTrouble]
  }

  /// A node that a person has selected and that was not there yet, and the one in its place.
  struct Absence {
    var selection: NodeID
    var standIn: NodeID
  }

  /// The last event that had happened; nil at the very start, and in the present.
  var replayed: RecordedEvent? {
    guard let replay, replay.position > 0 else { return nil }
    return timeline.events[replay.position - 1]
  }

  mutating func step(_ command: Command) {
    let now = replay?.position ?? timeline.count
    if replay == nil, command == .eventForward || command == .levelForward {
      notice = Notice(text: "This is the present: [ steps back, { a level.", kind: .hint)
      return
    }
    guard readPast() else { return }
    switch command {
    case .eventBack: show(now - 1)
    case .eventForward: show(now + 1)
    case .levelBack: show(timeline.levelStart(from: now, forwards: false))
    case .levelForward: show(timeline.levelStart(from: now, forwards: true))
    default: break
    }
  }

  /// - Parameter ordinal: of an event; nil for the present.
  mutating func look(after ordinal: Int?) {
    guard let ordinal else {
      if replay == nil { notice = Notice(text: "This is the present.", kind: .hint) }
      return returnToPresent()
    }
    guard readPast() else { return }
    guard let index = timeline.events.firstIndex(where: { $0.ordinal == ordinal }) else {
      let last = timeline.events.last.map { "; the last is \($0.ordinal)" } ?? ""
      notice = Notice(text: "There is no event \(ordinal) in this run\(last).", kind: .refusal)
      return
    }
    show(index + 1)
  }

  /// Shows the run as it was after so many events; after all of them, as it is.
  mutating func show(_ position: Int) {
    guard readPast() else { return }
    let position = max(0, position)
    guard position < timeline.events.count else { return returnToPresent() }
    var replay = replay ?? Replay(position: timeline.events.count, present: leavePresent())
    if position == replay.position + 1 {
      apply(timeline.events[replay.position])
    } else if position != replay.position {
      let moment = timeline.moment(at: position)
      (tree, clock) = (moment.tree, RunClock(moment.work))
    }
    replay.position = position
    self.replay = replay
    momentChanged()
  }

  /// - Returns: whether the events are there; where not, a notice says why.
  mutating func readPast() -> Bool {
    do {
      try timeline.read()
      return true
    } catch {
      notice = Notice(text: "The past can't be shown: \(error)", kind: .warning)
      return false
    }
  }

  mutating func returnToPresent() {
    guard let present = replay?.present else { return }
    replay = nil
    (tree, clock) = (present.tree, present.clock)
    (words, callTroubles) = (present.words, present.callTroubles)
    // Where the search is at no work, there is nothing to be followed away from what is looked at.
    if !isLive { isFollowing = false }
    notice = Notice(text: "Back in the present.", kind: .hint)
    momentChanged()
  }

  private mutating func leavePresent() -> Present {
    defer { (words, callTroubles) = ([:], [:]) }
    return Present(tree: tree, clock: clock, words: words, callTroubles: callTroubles)
  }

  /// Has something happen to the present while the past is looked at.
  mutating func inPresent(_ change: (inout State) -> Void) {
    guard var other = replay else { return change(&self) }
    replay = nil
    // Exchanged, not copied: what is folded into must not be shared.
    exchange(with: &other.present)
    change(&self)
    exchange(with: &other.present)
    replay = other
  }

  private mutating func exchange(with present: inout Present) {
    swap(&tree, &present.tree)
    swap(&clock, &present.clock)
    swap(&words, &present.words)
    swap(&callTroubles, &present.callTroubles)
  }

  private mutating func momentChanged() {
    // What is known of a node's prompt was not known before there was one.
    changes = changes.filter { id, _ in tree[id].map { $0.prompt != nil || $0.isDeadSlot } ?? false
    }
    marks = marks.filter { tree[$0] != nil }
    moveSelection()
    treeChanged(inStructure: true, inStanding: true)
  }

  /// Along with what happens, where that is followed; else to the node that a person has selected, or,
  /// where it is not there yet, to the nearest above it.
  private mutating func moveSelection() {
    if isFollowing {
      if let id = replayed?.event.node, tree[id] != nil { selection = id }
    } else if let absence, absence.standIn == selection {
      selection = absence.selection
    }
    absence = nil
    guard tree[selection] == nil else { return }
    let known = presentTree
    let standIn = known.path(to: selection).last { tree[$0.id] != nil }?.id ?? .root
    absence = Absence(selection: selection, standIn: standIn)
    selection = standIn
  }
}

extension RunEvent {
  /// The node that it is about.
  fileprivate var node: NodeID? {
    switch self {
    case .completed(let completion):
      completion.call.step == .aspects ? nil : completion.call.node
    case .flight(.started(let call)), .flight(.cancelled(let call)):
      call.step == .aspects ? nil : call.node
    case .flight(.reopened), .flight(.embedding), .flight(.embedded), .decided(.extend): nil
    case .decided(.open(let opening)): opening.node
    case .decided(.finish(let node, _)): node
    case .intervened(let intervention):
      switch intervention.action {
      case .prune(let id), .restore(let id), .pin(let id), .unpin(let id): id
      case .override(let id, _, _): id
      case .fork(let parent, let slot, _, _): parent.child(slot: slot)
      case .steer, .lock, .unlock, .pause, .continue, .set, .stop: nil
      }
    }
  }
}
