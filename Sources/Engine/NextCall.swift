import DRPO
package import Tree

extension Usage {
  /// The most that the next call of a run may take, the first of a new one: what its budgets must have
  /// room for. A budget that has ended the run is thought away.
  ///
  /// - Returns: nil where the run has no call left to make.
  package init?(
    ofNextCallIn tree: SearchTree, texts: any TextSource, models: [Role: PlayedRole]
  ) {
    var tree = tree
    if tree.finish?.why.isBudget == true {
      tree.apply(.intervened(Intervention(.set(tree.settings.unlimited), by: .program)))
    }
    let strategy = BeamStrategy()
    var plan = strategy.next(in: tree)
    while let decision = plan.decision {
      let ignored = tree.ignored
      tree.apply(.decided(decision))
      guard tree.ignored == ignored else { return nil }
      plan = strategy.next(in: tree)
    }
    guard let call = plan.wanted.first, let brief = tree.brief(for: call) else { return nil }
    let caller = Caller(models: models, embedder: nil, texts: texts, tree.configuration)
    self = caller.recordOfLoss(call, brief: brief).usage
  }
}

extension SearchSettings {
  /// Without any budget.
  package var unlimited: SearchSettings {
    var settings = self
    (settings.maxCalls, settings.maxTokens) = (nil, nil)
    (settings.maxCost, settings.maxMinutes) = (nil, nil)
    return settings
  }
}
