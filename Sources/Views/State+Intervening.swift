import Screen
import Tree

extension State {
  /// Whether anything can be changed; says why not.
  var isPermitted: Bool {
    mutating get {
      if let readOnly {
        notice = Notice(text: readOnly, kind: .refusal)
        return false
      }
      if replay != nil {
        notice = Notice(
          text: "This is the past, which stays as it was. Esc goes back to the present.",
          kind: .refusal)
        return false
      }
      if rest != .none {
        notice = Notice(text: "The run is being left: resume it to go on.", kind: .refusal)
        return false
      }
      return true
    }
  }

  mutating func intervene(_ command: Command) -> [Effect] {
    guard isPermitted else { return [] }
    switch command {
    case .prune: return prune()
    case .undo: return take(tree.undo, as: .undo, orSay: .nothingToUndo)
    case .redo: return take(tree.redo, as: .redo, orSay: .nothingToRedo)
    case .pin: return propose(selected.isPinned ? .unpin(selection) : .pin(selection))
    case .pause: return pause()
    default: return []
    }
  }

  /// Sends what a person asked for, or says why it can't be done.
  mutating func propose(_ action: Intervention.Action) -> [Effect] {
    if let refusal = tree.refusal(of: action) {
      notice = Notice(text: refusal.description, kind: .refusal)
      return []
    }
    return [.intervene(action)]
  }

  private mutating func take(
    _ action: Intervention.Action?, as effect: Effect, orSay nothing: Refusal
  ) -> [Effect] {
    let refusal = action.map { tree.refusal(of: $0) } ?? nothing
    if let refusal {
      notice = Notice(text: refusal.description, kind: .refusal)
      return []
    }
    return [effect]
  }

  private mutating func pause() -> [Effect] {
    if tree.isPaused { return propose(.continue) }
    if tree.finish != nil {
      notice = Notice(
        text: "The search is over. Prune a branch, or :depth N with more levels, to go on.",
        kind: .hint)
      return []
    }
    return propose(.pause)
  }

  private mutating func prune() -> [Effect] {
    let action = Intervention.Action.prune(selection)
    if let refusal = tree.refusal(of: action) {
      notice = Notice(text: refusal.description, kind: .refusal)
      return []
    }
    guard selected.isAlive, tree.pruneKillsBeam(selection) else { return [.intervene(action)] }
    let below = tree.livingBelow(selection)
    let text =
      "The whole beam grows from \(selected.number) (\(below) living below it): the search would "
      + "fall back to an earlier level. x again prunes, any other key leaves it."
    modes.append(.question(Question(text: text, effect: .intervene(action))))
    return []
  }

  mutating func answer(_ stroke: Stroke, to question: Question) -> [Effect] {
    _ = modes.popLast()
    switch stroke {
    case .character("x"), .character("y"), .character("Y"): return [question.effect]
    case .control("c"): return leave()
    default:
      notice = Notice(text: "Left as it is.", kind: .hint)
      return []
    }
  }
}
