/// Everything that ever changes a tree. There is no other kind of change.
package enum RunEvent: Hashable, Sendable, Codable {
  /// A model call ended.
  case completed(Completion)
  /// A call went out, or was called back.
  case flight(Flight)
  /// The strategy decided.
  case decided(Decision)
  /// A person stepped in, or the program on a person's behalf.
  case intervened(Intervention)
}

/// An event with its place in the log.
package struct RecordedEvent: Hashable, Sendable, Codable {
  /// 0 for the first event of a run, without gaps.
  package var ordinal: Int
  /// Seconds since 1970-01-01 UTC. For people; order is the ordinal's.
  package var time: Double
  package var event: RunEvent

  package init(ordinal: Int, time: Double, event: RunEvent) {
    self.ordinal = ordinal
    self.time = time
    self.event = event
  }
}

/// How a model call ended.
package struct Completion: Hashable, Sendable, Codable {
  package var call: CallKey
  package var outcome: Outcome
  package var usage: Usage
  /// nil where it was sent as usual and answered at once.
  package var delivery: Delivery?

  package init(call: CallKey, outcome: Outcome, usage: Usage, delivery: Delivery? = nil) {
    self.call = call
    self.outcome = outcome
    self.usage = usage
    self.delivery = delivery
  }
}

extension Completion {
  /// No server was asked: the reply to the same request was there.
  package var isCached: Bool {
    if case .failed = outcome { return false }
    return usage.requests == 0
  }
}

package enum Outcome: Hashable, Sendable, Codable {
  case aspects(AspectChoice)
  case proposed(Proposal)
  case answered(Answer)
  case judged(Evaluation)
  /// The reply came but could not be read; `fault` is what the re-ask quotes.
  case unreadable(fault: Text, reply: Text)
  /// No reply. Transient: the call stays wanted and its role waits. Else the call is over, as with
  /// a prompt longer than the model's context.
  case failed(reason: Text, isTransient: Bool)
}

/// A rewrite of the parent's prompt.
package struct Proposal: Hashable, Sendable, Codable {
  package var prompt: Text
  /// What the optimizer made of the judgement.
  package var analysis: Text
  /// The change in at most a few words, for the row in the tree.
  package var summary: Text

  package init(prompt: Text, analysis: Text, summary: Text) {
    self.prompt = prompt
    self.analysis = analysis
    self.summary = summary
  }
}

/// What the base model said.
package struct Answer: Hashable, Sendable, Codable {
  package var response: Text
  /// Indices into `RunConfiguration.examples`, in the order they were shown.
  package var examples: [Int]
  package var end: End

  /// How the model came to its end.
  package enum End: Hashable, Sendable, Codable {
    case whole
    /// It ran into its limit of tokens.
    case cut
    /// It refused, and the response is what it said to that.
    case refused
    /// For a reason that only the server knows, as it names it.
    case unknown(String)
  }

  package init(response: Text, examples: [Int], end: End = .whole) {
    self.response = response
    self.examples = examples
    self.end = end
  }

  package var isCut: Bool { end == .cut }
}

extension Answer.End {
  /// What a person is told below the response; nil where there is nothing to tell.
  package var notice: String? {
    switch self {
    case .whole: nil
    case .cut: "Cut here by the limit of tokens."
    case .refused: "The model refused: this is what it said."
    case .unknown(let reason):
      "The model stopped for a reason that is not known (“\(reason)”): this may not be all."
    }
  }

  /// The same beside other words; nil as before.
  package var words: String? {
    switch self {
    case .whole: nil
    case .cut: "cut at the limit of tokens"
    case .refused: "a refusal"
    case .unknown(let reason): "stopped for an unknown reason (“\(reason)”)"
    }
  }
}

/// Which calls are on their way.
package enum Flight: Hashable, Sendable, Codable {
  /// Committed before the call is sent.
  case started(CallKey)
  /// Called back, because its node is dead or it is no longer wanted.
  case cancelled(CallKey)
  /// A new process goes on with the run: nothing is in flight.
  case reopened
  /// Committed before the texts are sent.
  case embedding(EmbeddingRequest)
  case embedded(EmbeddingReply)
}

/// What the strategy settled. Never withdrawn.
package enum Decision: Hashable, Sendable, Codable {
  case open(Opening)
  /// The depth limit grows by one, because a rewrite was skipped at this level.
  case extend(level: Int)
  case finish(node: NodeID, why: FinishReason)
}

/// A node gets its children.
package struct Opening: Hashable, Sendable, Codable {
  package var node: NodeID
  /// The numbers of its children as people see them, one for each slot from 0 on.
  package var numbers: [Int]
  /// The judgement left nothing to improve: the only child carries the same prompt.
  package var skips: Bool

  package init(node: NodeID, numbers: [Int], skips: Bool) {
    self.node = node
    self.numbers = numbers
    self.skips = skips
  }
}

package enum FinishReason: String, Hashable, Sendable, Codable {
  /// The depth limit is reached.
  case depth
  /// The queries are used up before the depth limit.
  case queries
  /// A person asked for it.
  case stopped
  /// The run has made all the calls it may.
  case calls
  /// The next call may take more tokens than are left.
  case tokens
  /// The next call may cost more than is left.
  case cost
  /// The run has been at work for as long as it may.
  case minutes
  /// Nothing is left that could be opened, or every branch is pruned.
  case nothingAlive
}

extension FinishReason {
  /// Whether the run was ended before all was done that it had begun.
  package var leavesAnythingOut: Bool { isBudget || self == .stopped }

  /// Whether a budget ended the run, which goes on when that is raised.
  package var isBudget: Bool {
    switch self {
    case .calls, .tokens, .cost, .minutes: true
    case .depth, .queries, .stopped, .nothingAlive: false
    }
  }
}
