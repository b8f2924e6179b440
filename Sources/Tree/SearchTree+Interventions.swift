extension SearchTree {
  mutating func take(_ intervention: Intervention) -> Bool {
    let action = intervention.action
    guard refusal(of: action) == nil else { return false }
    let backward = inverse(of: action)
    perform(action, by: intervention.author, because: intervention.reason)
    if case .person = intervention.author { interventions += 1 }
    if let backward {
      remember(Reversible(forward: action, backward: backward), as: intervention.relation)
    }
    if action != .pause {
      finish = nil
      if action != .stop { isStopping = false }
    }
    return true
  }

  /// The intervention that takes back the newest one that stands; nil when there is none.
  package var undo: Intervention.Action? { undoStack.last?.backward }

  /// The intervention that does again what was taken back last.
  package var redo: Intervention.Action? { redoStack.last?.backward }

  /// What the settings were before the change that was made last.
  package func settings(before change: Intervention) -> SearchSettings? {
    guard case .set(let settings) = change.relation == .undo ? redo : undo else { return nil }
    return settings
  }

  /// Both stacks hold what was done and how to reverse it, so an undo is itself reversed by a redo.
  private mutating func remember(_ step: Reversible, as relation: Intervention.Relation) {
    switch relation {
    case .new:
      undoStack.append(step)
      redoStack = []
    case .undo:
      _ = undoStack.popLast()
      redoStack.append(step)
    case .redo:
      _ = redoStack.popLast()
      undoStack.append(step)
    }
  }

  private mutating func perform(
    _ action: Intervention.Action, by author: Intervention.Author, because reason: Text?
  ) {
    switch action {
    case .prune(let id): prune(id, by: author)
    case .restore(let id): restore(id)
    case .pin(let id): pin(id, true)
    case .unpin(let id): pin(id, false)
    case .fork(let parent, let slot, let number, let prompt):
      fork(parent, slot: slot, number: number, prompt: prompt)
    case .override(let id, let aspect, let score):
      guard let position = nodes.position(of: id) else { return }
      nodes.change(position) { $0.overrides[aspect] = score }
      reward(from: position)
    case .steer(let wish): self.wish = wish
    case .lock(let span): if !locks.contains(span) { locks.append(span) }
    case .unlock(let span): locks.removeAll { $0 == span }
    case .pause:
      pausedBy = author
      pauseReason = reason
    case .continue:
      if pausedBy == .program { askAgain() }
      pausedBy = nil
      pauseReason = nil
      unusable = [:]
    case .set(let settings):
      let policyChanged = settings.unreadable != self.settings.unreadable
      self.settings = settings
      if policyChanged { rewardAll() }
    case .stop:
      isStopping = true
      // A paused run decides nothing, and could not end.
      pausedBy = nil
      pauseReason = nil
    }
  }

  private mutating func pin(_ id: NodeID, _ isPinned: Bool) {
    if let position = nodes.position(of: id) { nodes.move(position) { $0.isPinned = isPinned } }
  }

  private mutating func prune(_ id: NodeID, by author: Intervention.Author) {
    guard let position = nodes.position(of: id) else { return }
    let bestBefore = best.id
    let wasAnythingAlive = isAnythingAlive
    nodes.change(position) { $0.prunedBy = author }
    enliven(from: position)
    if wasAnythingAlive, !isAnythingAlive { lastBest = bestBefore }
  }

  private mutating func restore(_ id: NodeID) {
    guard let position = nodes.position(of: id) else { return }
    nodes.change(position) { $0.prunedBy = nil }
    enliven(from: position)
    if isAnythingAlive { lastBest = nil }
  }

  private mutating func fork(_ parent: NodeID, slot: Int, number: Int, prompt: Text) {
    guard let position = nodes.position(of: parent) else { return }
    add(childOf: position, slot: slot, number: number, origin: .fork, prompt: prompt)
    pin(parent.child(slot: slot), true)
    if isAnythingAlive { lastBest = nil }
  }

  /// What would take the action back; nil for one that can't be.
  private func inverse(of action: Intervention.Action) -> Intervention.Action? {
    switch action {
    case .prune(let id): .restore(id)
    case .restore(let id): .prune(id)
    case .pin(let id): .unpin(id)
    case .unpin(let id): .pin(id)
    case .fork(let parent, let slot, _, _): .prune(parent.child(slot: slot))
    case .override(let id, let aspect, _):
      .override(id, aspect: aspect, score: self[id]?.overrides[aspect])
    case .steer: .steer(wish)
    case .lock(let span): locks.contains(span) ? nil : .unlock(span)
    case .unlock(let span): .lock(span)
    case .set: .set(settings)
    case .pause, .continue, .stop: nil
    }
  }
}

extension SearchTree {
  /// Whether pruning the node leaves nothing alive at the front, so that a person can be warned
  /// before: the search then goes on higher up, or ends.
  package func pruneKillsBeam(_ id: NodeID) -> Bool {
    guard let front else { return false }
    guard let pruned = position(of: id) else { return false }
    return positions(atLevel: front).allSatisfy {
      !nodes.standings[$0].isCandidate || positions(to: $0).contains(pruned)
    }
  }

  /// A slot for the next fork of the node.
  package func nextForkSlot(of id: NodeID) -> Int {
    let used = self[id]?.children.compactMap { self[$0]?.slot }.min() ?? 0
    return min(used, 0) - 1
  }
}
