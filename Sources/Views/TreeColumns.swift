/// The columns of the tree pane. What there is no room for goes: first the own reward, then the
/// long words, at last everything but the node itself.
struct TreeColumns {
  /// Cells for the marks before the tree, the tree, the number and what changed.
  var candidate: Int
  var state: Int
  var reward: Int
  var path: Int
  /// States in four letters.
  var isTerse: Bool

  init(width: Int) {
    switch width {
    case 46...: (state, reward, path, isTerse) = (12, 6, 6, false)
    case 38...: (state, reward, path, isTerse) = (12, 0, 6, false)
    case 28...: (state, reward, path, isTerse) = (5, 0, 5, true)
    case 18...: (state, reward, path, isTerse) = (5, 0, 0, true)
    default: (state, reward, path, isTerse) = (0, 0, 0, true)
    }
    let margin = state > 0 ? 2 : 0
    candidate = max(0, width - state - reward - path - margin)
  }
}
