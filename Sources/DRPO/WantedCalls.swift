package import Tree

extension SearchTree {
  /// The calls that the living nodes wait for, those nearest to the root first, with the aspects of
  /// each query before what is judged on them and those of the next level's query last.
  package var wantedCalls: [CallKey] {
    let waiting = unsettled.compactMap { self[$0] }.filter(\.isAlive)
    let calls = waiting.compactMap(nextCall)
    guard let deepest = deepestLiving else { return [] }
    let now = Set(waiting.map(\.level)).sorted().compactMap(aspectsCall)
    // No node will answer a query beyond the depth limit, unless a skipped rewrite moves it.
    let isLast = deepest + 1 >= depthLimit
    return now + calls + [isLast ? nil : aspectsCall(deepest + 1)].compactMap { $0 }
  }

  /// Not only of those that wait: the aspects asked ahead stay wanted when a level is complete and,
  /// in a pause, nothing may be decided yet.
  private var deepestLiving: Int? {
    levels.indices.last { level in
      positions(atLevel: level).contains {
        nodes.standings[$0].isAlive && !nodes.standings[$0].isDeadSlot
      }
    }
  }

  /// The one call that brings the node forward; nil while it waits for another call's result.
  private func nextCall(of node: Node) -> CallKey? {
    if node.prompt == nil {
      // The parent's query is what the optimizer reads about.
      guard node.origin == .rewrite, !node.isDeadSlot else { return nil }
      return CallKey(
        node: node.id, step: .proposal, query: node.level - 1, attempt: node.proposalFaults.count)
    }
    guard configuration.queries.indices.contains(node.level), !node.trial.isSettled else {
      return nil
    }
    if node.trial.answer == nil {
      return CallKey(node: node.id, step: .answer, query: node.level)
    }
    guard aspects[node.level] != nil else { return nil }
    return CallKey(
      node: node.id, step: .judgement, query: node.level, attempt: node.trial.faults.count)
  }

  private func aspectsCall(_ query: Int) -> CallKey? {
    guard aspects[query] == nil, configuration.queries.indices.contains(query) else { return nil }
    let attempt = min(faults(ofAspectsFor: query).count, Fault.limit - 1)
    return .aspects(query: query, attempt: attempt)
  }
}
