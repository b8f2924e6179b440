package import Tree

/// Everything a call needs from the tree, as small values: it is taken from the tree at once, and
/// the texts are looked up and written out later, away from the engine's queue.
package enum CallBrief: Hashable, Sendable {
  case aspects(query: Text, library: [Aspect], faults: [Fault])
  case proposal(Rewrite, faults: [Fault])
  /// `shown` is how many in-context examples the base model sees.
  case answer(prompt: Text, query: Text, shown: Int)
  case judgement(query: Text, response: Text, aspects: [Aspect], faults: [Fault])

  /// What the optimizer is given.
  package struct Rewrite: Hashable, Sendable {
    package var prompt: Text
    package var query: Text
    package var response: Text
    package var evaluation: Evaluation
    /// The last five prompts of the path, oldest first, the current one included.
    package var recent: [Text]
    package var wish: Text?
    package var locks: [Text]
  }

  /// The paper shows the optimizer the last five prompts of a path.
  static let recentPrompts = 5
}

extension SearchTree {
  /// What the call needs; nil when the tree no longer has it.
  package func brief(for call: CallKey) -> CallBrief? {
    switch call.step {
    case .aspects:
      guard let query = query(call.query) else { return nil }
      return .aspects(
        query: query, library: AspectLibrary.all, faults: faults(ofAspectsFor: call.query))
    case .proposal:
      guard let node = self[call.node], let parent = node.parent.flatMap({ self[$0] }),
        let rewrite = rewrite(of: parent)
      else { return nil }
      return .proposal(rewrite, faults: node.proposalFaults)
    case .answer:
      guard let prompt = self[call.node]?.prompt, let query = query(call.query) else { return nil }
      return .answer(
        prompt: prompt, query: query, shown: settings.examplesShown)
    case .judgement:
      guard let trial = self[call.node]?.trial(on: call.query, sample: call.sample),
        let answer = trial.answer, let choice = aspects[call.query],
        let query = query(call.query)
      else { return nil }
      return .judgement(
        query: query, response: answer.response, aspects: choice.aspects, faults: trial.faults)
    }
  }

  private func query(_ index: Int) -> Text? {
    configuration.queries.indices.contains(index) ? configuration.queries[index] : nil
  }

  private func rewrite(of parent: Node) -> CallBrief.Rewrite? {
    guard let prompt = parent.prompt, let query = query(parent.level) else { return nil }
    return CallBrief.Rewrite(
      prompt: prompt, query: query, response: parent.trial.answer?.response ?? "",
      evaluation: parent.evaluation ?? Evaluation(scores: []),
      recent: path(to: parent.id).suffix(CallBrief.recentPrompts).compactMap(\.prompt),
      wish: wish, locks: locks)
  }
}
