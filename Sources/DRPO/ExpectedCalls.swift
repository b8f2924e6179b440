package import Tree

/// How many calls a search will make when no rewrite is skipped and nothing is asked again.
///
/// The root is answered and judged; level 1 has M children, every further level W times M; each child
/// is proposed, answered and judged, and each level has one choice of aspects. With the paper's
/// settings that is 355 for 20 levels.
package struct ExpectedCalls: Hashable, Sendable {
  package var base = 0
  package var judge = 0
  package var optimizer = 0

  package var total: Int { base + judge + optimizer }

  package init(settings: SearchSettings, depthLimit: Int, queries: Int) {
    let levels = min(depthLimit, queries)
    guard levels > 0 else { return }
    var children = 0
    for level in 1..<max(levels, 1) {
      children +=
        (level == 1 ? 1 : min(settings.beam, Self.width(level, settings))) * settings.actions
    }
    base = 1 + children
    judge = 1 + children + levels
    optimizer = children
  }

  /// What is expected of the run as it stands.
  package init(_ tree: SearchTree) {
    self.init(
      settings: tree.settings, depthLimit: tree.depthLimit,
      queries: tree.configuration.queries.count)
  }

  /// How many nodes the level above can give: fewer than the beam at first.
  private static func width(_ level: Int, _ settings: SearchSettings) -> Int {
    var width = 1
    for _ in 1..<level where width < settings.beam { width *= settings.actions }
    return width
  }
}
