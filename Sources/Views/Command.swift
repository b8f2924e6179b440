/// What a key means.
enum Command: Hashable, Sendable {
  case up, down, left, right, pageUp, pageDown, first, last
  case fold, follow, best
  case nextPane, previousPane, zoom, scrollDetailDown, scrollDetailUp
  case tab(DetailTab)
  case prune, undo, redo, pause, pin
  case mark, compare
  case commandLine, search, nextMatch, previousMatch
  case eventBack, eventForward, levelBack, levelForward
  case help, leave, quit, interrupt, repaint
}

/// The pages of the detail pane, in their order.
package enum DetailTab: Int, Hashable, Sendable, CaseIterable {
  case prompt, rewards, feedback, trial

  var title: String {
    switch self {
    case .prompt: "Prompt"
    case .rewards: "Rewards"
    case .feedback: "Feedback"
    case .trial: "Trial"
    }
  }
}
