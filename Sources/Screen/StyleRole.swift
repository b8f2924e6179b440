/// What a cell means. Views say this and never a colour; the theme turns it into colours.
///
/// The raw value is the name that theme files use.
package enum StyleRole: String, CaseIterable, Hashable, Sendable {
  // Text of every kind
  case text
  case muted
  case accent
  case title
  case header
  case key
  case hint
  case warning
  case error

  // Panes
  case border
  case borderFocused = "border-focused"
  case tab
  case tabActive = "tab-active"
  case selection
  case selectionUnfocused = "selection-unfocused"
  case marked
  case match

  // States of a node, and of a run
  case waiting
  case running
  case kept
  case dropped
  case pruned
  case unreadable
  case failed
  case best
  case paused
  case done

  // Whose doing, and how real
  case yours
  case simulated

  // Lines of the tree
  case branch
  case branchKept = "branch-kept"

  // Numbers
  case scoreLow = "score-low"
  case scoreMiddle = "score-middle"
  case scoreHigh = "score-high"
  case barFill = "bar-fill"
  case barEmpty = "bar-empty"

  // Differences of texts
  case added
  case removed
  case changed

  /// The visible form of a character that would otherwise be hidden or would act on the terminal.
  case escaped
}
