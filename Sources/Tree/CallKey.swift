/// What a model call is for.
package enum Step: String, Hashable, Sendable, Codable, CaseIterable {
  /// The judge chooses the aspects that matter for a query.
  case aspects
  /// The optimizer rewrites the parent's prompt; the call belongs to the child.
  case proposal
  /// The base model answers the query under the node's prompt.
  case answer
  /// The judge scores the response on the aspects chosen for the query.
  case judgement

  package var role: Role {
    switch self {
    case .aspects, .judgement: .judge
    case .proposal: .optimizer
    case .answer: .base
    }
  }
}

/// Who is called.
package enum Role: String, Hashable, Sendable, Codable, CaseIterable, CodingKeyRepresentable {
  case base, judge, optimizer

  /// In the midst of a sentence, behind "the".
  package var inWords: String { self == .base ? "base model" : rawValue }
}

/// The identity of a call: asked again after a crash it is the same call, so what was paid for is
/// read back and not asked a second time.
package struct CallKey: Hashable, Sendable, Codable {
  /// The node the call works for; the root for the aspects of a query, which belong to no node.
  package var node: NodeID
  package var step: Step
  /// Index into the run's queries (`RunConfiguration.queries`).
  package var query: Int
  /// 0 for a node's own trial; more for repeated trials on the same query.
  package var sample: Int
  /// 0, or 1 for the one re-ask after an unreadable reply.
  package var attempt: Int

  package init(node: NodeID, step: Step, query: Int, sample: Int = 0, attempt: Int = 0) {
    self.node = node
    self.step = step
    self.query = query
    self.sample = sample
    self.attempt = attempt
  }

  package static func aspects(query: Int, attempt: Int = 0) -> CallKey {
    CallKey(node: .root, step: .aspects, query: query, attempt: attempt)
  }

  /// Whether the call tries the initial prompt on the query of a later level, for comparison only.
  package var isForLift: Bool {
    node == .root && query > 0 && (step == .answer || step == .judgement)
  }

  /// A draw for this call: every random choice of a run is a hash of its seed and the call.
  package func draw(seed: UInt64) -> UInt64 {
    var hash = StableHash(seed: seed)
    hash.combine(node.rawValue)
    hash.combine(step.rawValue)
    hash.combine(query)
    hash.combine(sample)
    hash.combine(attempt)
    return hash.finalize()
  }
}
