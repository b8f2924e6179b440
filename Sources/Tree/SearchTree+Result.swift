extension SearchTree {
  /// The node the search ended with, or the best so far.
  package var result: Node { finish.flatMap { self[$0.node] } ?? best }

  /// Whether any node has a score, by the judge or by a person. Without one nothing is known of any
  /// prompt, and there is no best.
  package var isAnythingScored: Bool { nodes.contains { $0.evaluation != nil } }

  /// What the initial prompt and the result were judged on the queries that both have answered, in
  /// the order of the queries: what lift is the mean difference of.
  ///
  /// A prompt's trials are those of every node that carries it from level to level, and the mean of
  /// them where there are several on a query. They count as the judge saw them: a score that a person
  /// gave is no measurement. Empty where the result is the initial prompt.
  package var resultPairs: [RewardPair] {
    let result = result
    guard let prompt = result.prompt, prompt != root.prompt else { return [] }
    let first = judgedRewards(of: carriers(of: root))
    let second = judgedRewards(of: carriers(of: result))
    return first.keys.sorted().compactMap { query in
      guard let first = first[query], let second = second[query] else { return nil }
      return RewardPair(query: query, initial: first, result: second)
    }
  }

  /// What the initial prompt was judged on the query of a level: by the root's own trial there, or a
  /// copy's; nil where it was not tried there.
  package func initialReward(at level: Int) -> Double? {
    root.trial(on: level)?.evaluation?.reward
      ?? initialCopies(at: level).lazy.compactMap { $0.trial.evaluation?.reward }.first
  }

  /// The living nodes of a level that carry the initial prompt because it left nothing to improve.
  package func initialCopies(at level: Int) -> [Node] {
    let copies = positions(atLevel: level).filter {
      nodes.standings[$0].origin == .copy && nodes.standings[$0].isAlive
    }
    return copies.isEmpty ? [] : copies.map { nodes[$0] }.filter { $0.prompt == root.prompt }
  }

  /// The node that brought the prompt of this one, and the copies of it below each other.
  private func carriers(of node: Node) -> [Node] {
    var first = node
    while first.origin == .copy, let parent = first.parent.flatMap({ self[$0] }) { first = parent }
    var carriers: [Node] = []
    var next: Node? = first
    while let node = next {
      carriers.append(node)
      next = node.children.lazy.compactMap { self[$0] }.first { $0.origin == .copy }
    }
    return carriers
  }

  /// By query.
  private func judgedRewards(of nodes: [Node]) -> [Int: Double] {
    var rewards: [Int: [Double]] = [:]
    for trial in nodes.flatMap({ [$0.trial] + $0.moreTrials }) {
      guard let reward = trial.evaluation?.reward else { continue }
      rewards[trial.query, default: []].append(reward)
    }
    return rewards.mapValues { $0.reduce(0, +) / Double($0.count) }
  }
}

/// What the initial prompt and another were judged on the same query, on the aspects chosen for it.
package struct RewardPair: Hashable, Sendable {
  /// Index into `RunConfiguration.queries`.
  package var query: Int
  package var initial: Double
  package var result: Double

  package init(query: Int, initial: Double, result: Double) {
    self.query = query
    self.initial = initial
    self.result = result
  }
}
