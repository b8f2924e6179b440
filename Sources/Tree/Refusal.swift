/// Why an intervention can't be done; its text says what is the matter.
package enum Refusal: Error, Hashable, Sendable {
  case unknownNode(NodeID)
  case rootPruned
  case alreadyPruned(Int)
  case notPruned(Int)
  /// Restoring below a pruned ancestor, which it names.
  case ancestorPruned(Int, ancestor: Int)
  case deadPinned(Int)
  case alreadyPinned(Int)
  case notPinned(Int)
  case forkTooDeep(Int)
  case forkWithoutPrompt(Int)
  case emptyFork
  case slotTaken(Int)
  case notJudged(Int)
  case unknownAspect(Int, aspect: String, known: [String])
  case scoreOutOfRange(Double)
  case alreadyPaused
  case notPaused
  case settings(String)
  case notLocked
  case nothingToUndo
  case nothingToRedo
  case notOverridden(Int, aspect: String)
  case alreadyLocked
  /// A span that no living prompt has.
  case nowhere
  case noWish
  case sameSettings
}

extension Refusal: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unknownNode: "There is no such node in this run."
    case .rootPruned:
      "The initial prompt can't be pruned: everything grows from it. Stop the run to end it."
    case .alreadyPruned(let number): "\(number) is pruned already."
    case .notPruned(let number): "\(number) is not pruned, so there is nothing to restore."
    case .ancestorPruned(let number, let ancestor):
      "\(number) stands below \(ancestor), which is pruned. Restore \(ancestor) first."
    case .deadPinned(let number): "\(number) is pruned. Restore it before pinning it."
    case .alreadyPinned(let number): "\(number) is pinned already."
    case .notPinned(let number): "\(number) is not pinned."
    case .forkTooDeep(let number):
      "A child of \(number) would be below the last level. Fork its parent, or raise the depth."
    case .forkWithoutPrompt(let number): "\(number) has no prompt yet, so it can't be forked."
    case .emptyFork: "A fork needs a prompt with words in it."
    case .slotTaken(let slot): "Slot \(slot) has a fork already."
    case .notJudged(let number):
      "\(number) has no judgement to override yet. Wait until it is judged."
    case .unknownAspect(let number, let aspect, let known):
      "\(number) was not judged on \(aspect), but on \(known.joined(separator: ", "))."
    case .scoreOutOfRange(let score): "A score is from 1 to 5, and \(score) is not."
    case .alreadyPaused: "The run is paused already."
    case .notPaused: "The run is not paused."
    case .settings(let text): text
    case .notLocked: "That span is not locked."
    case .nothingToUndo: "There is nothing to undo."
    case .nothingToRedo: "There is nothing to redo."
    case .notOverridden(let number, let aspect):
      "The score of \(number) for \(aspect) is the judge's already."
    case .alreadyLocked: "That span is locked already."
    case .nowhere: "That span is in no living prompt, so there is nothing to lock."
    case .noWish: "There is no wish to take back."
    case .sameSettings: "That is how it is set already."
    }
  }
}

/// What a person may do where something was refused. Each surface has its own words for it: a key, or
/// a command.
package enum Remedy: Hashable, Sendable, Codable {
  /// The node of this number.
  case restore(Int)
  case proceed
}

extension Refusal {
  /// nil where there is nothing better to do, or the text says it.
  package var remedy: Remedy? {
    switch self {
    case .alreadyPruned(let number): .restore(number)
    case .alreadyPaused: .proceed
    default: nil
    }
  }
}

extension SearchTree {
  /// Why the action can't be done here; nil when it can.
  package func refusal(of action: Intervention.Action) -> Refusal? {
    switch action {
    case .prune(let id): pruneRefusal(id)
    case .restore(let id): restoreRefusal(id)
    case .pin(let id):
      on(id) { node in
        if !node.isAlive { return .deadPinned(node.number) }
        return node.isPinned ? .alreadyPinned(node.number) : nil
      }
    case .unpin(let id): on(id) { $0.isPinned ? nil : .notPinned($0.number) }
    case .fork(let parent, let slot, _, let prompt):
      on(parent) { forkRefusal($0, slot: slot, prompt: prompt) }
    case .override(let id, let aspect, let score):
      on(id) { overrideRefusal($0, aspect: aspect, score: score) }
    case .steer, .lock, .stop: nil
    case .unlock(let span): locks.contains(span) ? nil : .notLocked
    case .pause: isPaused ? .alreadyPaused : nil
    case .continue: isPaused || isStopping || finish != nil ? nil : .notPaused
    case .set(let settings): settings.refusal
    }
  }

  private func on(_ id: NodeID, _ check: (Node) -> Refusal?) -> Refusal? {
    guard let node = self[id] else { return .unknownNode(id) }
    return check(node)
  }

  private func pruneRefusal(_ id: NodeID) -> Refusal? {
    on(id) { node in
      if node.id == .root { return .rootPruned }
      return node.prunedBy == nil ? nil : .alreadyPruned(node.number)
    }
  }

  private func restoreRefusal(_ id: NodeID) -> Refusal? {
    on(id) { node in
      let dead = path(to: id).dropLast().first { $0.prunedBy != nil }
      if let dead { return .ancestorPruned(node.number, ancestor: dead.number) }
      return node.prunedBy == nil ? .notPruned(node.number) : nil
    }
  }

  private func forkRefusal(_ node: Node, slot: Int, prompt: Text) -> Refusal? {
    if slot >= 0 || self[node.id.child(slot: slot)] != nil { return .slotTaken(slot) }
    if prompt.content?.allSatisfy(\.isWhitespace) == true { return .emptyFork }
    if node.prompt == nil { return .forkWithoutPrompt(node.number) }
    let limit = min(depthLimit, configuration.queries.count)
    return node.level + 1 < limit ? nil : .forkTooDeep(node.number)
  }

  private func overrideRefusal(_ node: Node, aspect: String, score: Double?) -> Refusal? {
    if let score, !(1...5).contains(score) { return .scoreOutOfRange(score) }
    guard node.trial.isSettled else { return .notJudged(node.number) }
    let known =
      aspects[node.level]?.aspects.map(\.name) ?? node.trial.evaluation?.scores.map(\.aspect)
    guard let known, !known.contains(aspect) else { return nil }
    return .unknownAspect(node.number, aspect: aspect, known: known)
  }
}

extension SearchSettings {
  fileprivate var refusal: Refusal? {
    if beam < 1 { return .settings("The beam must keep at least 1 node a level, not \(beam).") }
    if actions < 1 { return .settings("A node gets at least 1 rewrite, not \(actions).") }
    if depth < 1 { return .settings("The depth is at least 1, the root, not \(depth).") }
    if maxDepthIncrease < 0 {
      return .settings("The depth can't be increased by \(maxDepthIncrease) levels.")
    }
    if examplesShown < 0 { return .settings("There can't be \(examplesShown) examples.") }
    if let maxCalls, maxCalls < 0 { return .settings("There can't be \(maxCalls) calls.") }
    if let maxTokens, maxTokens < 0 { return .settings("There can't be \(maxTokens) tokens.") }
    if let maxCost, !(maxCost >= 0) { return .settings("A run can't cost \(maxCost) USD.") }
    if let maxMinutes, !(maxMinutes >= 0) {
      return .settings("A run can't take \(maxMinutes) minutes.")
    }
    return nil
  }
}
