import Tree

/// What an event was, in a few words.
enum EventWords {
  /// - Parameter state: After the event.
  static func text(of event: RunEvent, in state: State) -> String {
    let tree = state.tree
    switch event {
    case .completed(let completion):
      return subject(of: completion.call, in: tree) + ": "
        + text(of: completion.outcome, completion.call, in: state)
    case .flight(.started(let call)):
      return "\(subject(of: call, in: tree)): \(asked(call))"
    case .flight(.cancelled(let call)):
      return "\(subject(of: call, in: tree)): \(asked(call)), called back"
    case .flight(.reopened): return "a new process goes on with the run"
    case .decided(let decision): return text(of: decision, in: tree)
    case .intervened(let intervention):
      let news = InterventionNews.text(of: intervention, in: tree, texts: state.texts)
      guard case .person(let name) = intervention.author else { return "paused by the program" }
      return "\(name): \(news ?? "stepped in")"
    }
  }

  private static func subject(of call: CallKey, in tree: SearchTree) -> String {
    call.step == .aspects ? "level \(call.query)" : name(call.node, in: tree)
  }

  private static func name(_ id: NodeID, in tree: SearchTree) -> String {
    tree[id].map { "\($0.number)" } ?? "a node"
  }

  private static func asked(_ call: CallKey) -> String {
    switch call.step {
    case .aspects: "the judge is asked for aspects"
    case .proposal: "the optimizer is asked to rewrite"
    case .answer: "the base model is asked"
    case .judgement: "the judge is asked to score"
    }
  }

  private static func text(
    of outcome: Outcome, _ call: CallKey, in state: State
  ) -> String {
    switch outcome {
    case .aspects(let choice): return choice.aspects.map(\.name).joined(separator: ", ")
    case .proposed(let proposal):
      let summary = state.texts.string(proposal.summary)
      return summary.isEmpty ? "rewritten" : "rewritten, \(summary)"
    case .answered: return "answered"
    case .judged(let evaluation): return "judged \(Wording.score(evaluation.reward))"
    case .unreadable: return "the \(call.step.role.rawValue)'s reply can't be read"
    case .failed(let reason, _): return "no reply: \(state.texts.string(reason))"
    }
  }

  private static func text(of decision: Decision, in tree: SearchTree) -> String {
    switch decision {
    case .open(let opening):
      let numbers = opening.numbers.map(String.init).joined(separator: ", ")
      return "\(name(opening.node, in: tree)) is kept and "
        + (opening.skips ? "goes on unchanged as \(numbers)" : "opened: \(numbers)")
    case .extend(let level): return "level \(level): the search may go a level deeper"
    case .finish(let node, let why):
      return "the search is over, \(why.words): the best is \(name(node, in: tree))"
    }
  }
}
