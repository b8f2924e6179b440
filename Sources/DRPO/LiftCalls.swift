package import Tree

extension SearchTree {
  /// The calls by which the initial prompt is tried on the query of each level that has begun: two a
  /// level, for nothing but comparison. No decision looks at them, so they come after all others.
  ///
  /// Where its judgement on a query stays unreadable, nothing is compared on that one.
  package var liftCalls: [CallKey] {
    guard settings.measuresLift, levels.count > 1 else { return [] }
    let initial = root
    return (1..<levels.count).compactMap { level in
      let trial = initial.trial(on: level)
      guard configuration.queries.indices.contains(level), trial?.isSettled != true,
        !isInitialPromptCarried(to: level)
      else { return nil }
      guard trial?.answer != nil else {
        return CallKey(node: .root, step: .answer, query: level)
      }
      guard aspects[level] != nil else { return nil }
      return CallKey(
        node: .root, step: .judgement, query: level, attempt: trial?.faults.count ?? 0)
    }
  }

  /// How many of them are still to be made in a search of so many levels.
  func liftCallsLeft(levels: Int) -> Int {
    guard settings.measuresLift, levels > 1 else { return 0 }
    let initial = root
    return (1..<levels).reduce(0) { count, level in
      guard !isInitialPromptCarried(to: level) else { return count }
      guard let trial = initial.trial(on: level) else { return count + 2 }
      return count + (trial.isSettled ? 0 : trial.answer == nil ? 2 : 1)
    }
  }

  /// Whether a copy of the root answers the query of the level anyway.
  private func isInitialPromptCarried(to level: Int) -> Bool { !initialCopies(at: level).isEmpty }
}
