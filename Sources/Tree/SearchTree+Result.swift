extension SearchTree {
  /// The node the search ended with, or the best so far.
  package var result: Node { finish.flatMap { self[$0.node] } ?? best }

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

/// What two prompts were judged on the same query, on the aspects chosen for it.
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
