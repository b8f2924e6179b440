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
      if let reason = restRefusal { notice = Notice(text: reason, kind: .refusal) }
      return rest == .none
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
    if let refusal = tree.refusal(ofAsking: action) { return say(refusal) }
    return [.intervene(action)]
  }

  /// As the other `propose`, for one setting.
  mutating func propose(_ change: SettingChange) -> [Effect] {
    if let refusal = tree.refusal(ofAsking: .set(tree.settings.with(change))) {
      return say(refusal)
    }
    return [.set(change)]
  }

  private mutating func say(_ refusal: Refusal) -> [Effect] {
    var text = refusal.description
    switch refusal.remedy {
    case .restore: text += " \(Keymap.key(of: .undo)) takes back what was done last."
    case .proceed: text += " \(Keymap.key(of: .pause)) goes on."
    case nil: break
    }
    notice = Notice(text: text, kind: .refusal)
    return []
  }

  private mutating func take(
    _ action: Intervention.Action?, as effect: Effect, orSay nothing: Refusal
  ) -> [Effect] {
    let refusal = action.map { tree.refusal(of: $0) } ?? nothing
    if let refusal { return say(refusal) }
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
    if let refusal = tree.refusal(of: action) { return say(refusal) }
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

extension State {
  /// Why nothing can be changed any more; nil where it can.
  var restRefusal: String? {
    switch rest {
    case .none: nil
    case .draining: "The run is being left: resume it to go on."
    case .gone(let command):
      if let finish = presentTree.finish, !finish.why.leavesAnythingOut {
        "Its process is gone. The search is over, and nothing is changed here."
      } else {
        "Its process is gone: go on with \(command)"
      }
    case .ended: "The run has come to rest: resume it to go on."
    }
  }
}
