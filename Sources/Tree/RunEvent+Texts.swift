extension RunEvent {
  /// Every text the event carries: a run file stores these beside the event.
  package var texts: [Text] {
    switch self {
    case .completed(let completion):
      completion.outcome.texts + (completion.delivery?.texts ?? [])
    case .intervened(let intervention): intervention.texts
    case .flight(.embedded(let reply)): reply.carried
    case .flight, .decided: []
    }
  }
}

extension EmbeddingReply {
  fileprivate var carried: [Text] {
    let reason: Text? = if case .failed(let why) = setback { why } else { nil }
    return [vectors, reason].compactMap { $0 }
  }
}

extension Outcome {
  fileprivate var texts: [Text] {
    switch self {
    case .aspects(let choice): [choice.reasoning]
    case .proposed(let proposal): [proposal.prompt, proposal.analysis, proposal.summary]
    case .answered(let answer): [answer.response]
    case .judged(let evaluation): evaluation.scores.map(\.rationale)
    case .unreadable(let fault, let reply): [fault, reply]
    case .failed(let reason, _): [reason]
    }
  }
}

extension Delivery {
  fileprivate var texts: [Text] { failures + (folded.map { [$0] } ?? []) }
}

extension Intervention {
  fileprivate var texts: [Text] {
    let own: [Text] =
      switch action {
      case .fork(_, _, _, let prompt): [prompt]
      case .steer(let wish): wish.map { [$0] } ?? []
      case .lock(let span), .unlock(let span): [span]
      default: []
      }
    return own + (reason.map { [$0] } ?? [])
  }
}

extension RunConfiguration {
  /// Every text the configuration carries.
  package var texts: [Text] {
    [initialPrompt] + queries + examples.flatMap { [$0.query, $0.response] }
  }
}
