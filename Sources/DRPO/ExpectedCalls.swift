package import Tree

/// How many calls a search will make in all when no further rewrite is skipped and nothing is asked
/// again.
///
/// The root is answered and judged; level 1 has M children, every further level W times M; each child
/// is proposed, answered and judged, and each level has one choice of aspects. With the paper's
/// settings that is 355 for 20 levels. (The authors' program makes 281: it asks for the M proposals
/// in one request.) Where lift is measured, each level but the root's has two more; where examples are
/// found by embeddings, the requests for these come before all.
package struct ExpectedCalls: Hashable, Sendable {
  package let total: Int

  /// What is expected of the run as it stands: what it has made, what its nodes wait for, and the
  /// levels to come.
  package init(_ tree: SearchTree) {
    let levels = min(tree.depthLimit, tree.configuration.queries.count)
    let made = tree.totals.started - tree.inFlight.count
    let waiting = tree.unsettled.compactMap { tree[$0] }.filter(\.isAlive)
    let open = waiting.reduce(0) { $0 + Self.callsLeft(for: $1) }
    let reached = tree.levels.count
    let aspects = (0..<levels).count { tree.aspects[$0] == nil }
    let children =
      reached < levels ? (reached..<levels).reduce(0) { $0 + Self.width($1, tree.settings) } : 0
    let lift = tree.liftCallsLeft(levels: tree.finish == nil ? levels : reached)
    total =
      tree.finish.map { made + ($0.why.leavesAnythingOut ? 0 : lift) }
      ?? made + open + aspects + 3 * children + lift + tree.embeddingCallsLeft
  }

  /// Proposal, answer and judgement, as far as they are not there.
  private static func callsLeft(for node: Node) -> Int {
    if node.prompt == nil { return 3 }
    return node.trial.answer == nil ? 2 : 1
  }

  /// How many nodes a level has: fewer than W times M at first, when there are not yet W to open.
  private static func width(_ level: Int, _ settings: SearchSettings) -> Int {
    var opened = 1
    for _ in 1..<max(level, 1) where opened < settings.beam { opened *= max(settings.actions, 1) }
    return min(opened, settings.beam) * settings.actions
  }
}
