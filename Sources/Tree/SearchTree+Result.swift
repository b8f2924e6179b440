extension SearchTree {
  /// The node the search ended with, or the best so far.
  package var result: Node { finish.flatMap { self[$0.node] } ?? best }

  /// Whether any node has a score, by the judge or by a person. Without one nothing is known of any
  /// prompt, and there is no best.
  package var isAnythingScored: Bool { nodes.contains { $0.evaluation != nil } }

  /// What the initial prompt and the result were judged on the queries that both have answered, in
  /// the order of the queries: what lift is the mean difference of.
  ///
  /// A prompt's trials are those of every node that carries it, and the mean of them where there are
  /// several on a query. They count as the judge saw them: a score that a person gave is no
  /// measurement. Empty where the result is the initial prompt.
  package var resultPairs: [RewardPair] {
    guard let initial = root.prompt, let prompt = result.prompt, prompt != initial else {
      return []
    }
    let first = judgedRewards(of: initial)
    let second = judgedRewards(of: prompt)
    return first.keys.sorted().compactMap { query in
      guard let first = first[query], let second = second[query] else { return nil }
      return RewardPair(query: query, initial: first, result: second)
    }
  }

  /// What the nodes of a path were judged, each beside what the initial prompt was judged on the same
  /// query, as far as both were; in the order of the levels. Nodes that carry the initial prompt have
  /// nothing to be compared with.
  package func pathPairs(to id: NodeID) -> [RewardPair] {
    let initial = root
    return path(to: id).compactMap { node in
      guard node.prompt != initial.prompt, let reward = node.trial.evaluation?.reward,
        let before = initialReward(at: node.level)
      else { return nil }
      return RewardPair(query: node.level, initial: before, result: reward)
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

  /// By query.
  private func judgedRewards(of prompt: Text) -> [Int: Double] {
    var rewards: [Int: [Double]] = [:]
    for node in nodes where node.prompt == prompt {
      for trial in [node.trial] + node.moreTrials {
        guard let reward = trial.evaluation?.reward else { continue }
        rewards[trial.query, default: []].append(reward)
      }
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
