/// What a key means.
enum Command: Hashable, Sendable {
  case up, down, left, right, pageUp, pageDown, first, last
  case fold, follow, best
  case nextPane, previousPane, zoom, scrollDetailDown, scrollDetailUp
  case tab(DetailTab)
  case prune, undo, redo, pause, pin
  case mark, compare
  /// The command line, with the beginning of a command on it.
  case commandLine(CommandLineStart)
  case search, nextMatch, previousMatch
  case eventBack, eventForward, levelBack, levelForward
  case help, leave, quit, interrupt, repaint
}

/// What stands on the command line when it opens.
enum CommandLineStart: Hashable, Sendable {
  case empty, steer, override
  /// The selected prompt, to be changed.
  case fork
}

/// The pages of the detail pane, in their order.
package enum DetailTab: Int, Hashable, Sendable, CaseIterable {
  case prompt, rewards, feedback, trial, calls

  var title: String {
    switch self {
    case .prompt: "Prompt"
    case .rewards: "Rewards"
    case .feedback: "Feedback"
    case .trial: "Trial"
    case .calls: "Calls"
    }
  }
}
