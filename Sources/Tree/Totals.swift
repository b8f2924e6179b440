/// What a run has taken so far, by role, and for the vectors by which examples are found.
package struct Totals: Hashable, Sendable {
  package struct Share: Hashable, Sendable {
    /// Calls sent, cancelled and unreadable ones included.
    package internal(set) var started = 0
    package internal(set) var completed = 0
    /// Of the completed ones, those that a cache answered.
    package internal(set) var cached = 0
    package internal(set) var input = 0
    package internal(set) var cachedInput = 0
    package internal(set) var output = 0
    /// Seconds spent waiting for replies, added up over calls that ran side by side.
    package internal(set) var seconds = 0.0
    /// Some counts of tokens are our own estimate.
    package internal(set) var isEstimated = false
    /// In USD, as far as prices are known.
    package internal(set) var knownCost = 0.0
    /// The price of some calls is not known.
    package internal(set) var isCostUnknown = false
    /// The newest failure of transport; nil after a success.
    package internal(set) var trouble: Text?
  }

  package internal(set) var roles: [Role: Share] = [:]
  /// A call is a request for embeddings.
  package internal(set) var retrieval = Share()

  package subscript(role: Role) -> Share { roles[role] ?? Share() }
  private var shares: [Share] { Role.allCases.map { self[$0] } + [retrieval] }

  package var started: Int { shares.reduce(0) { $0 + $1.started } }
  package var completed: Int { shares.reduce(0) { $0 + $1.completed } }
  package var input: Int { shares.reduce(0) { $0 &+ $1.input } }
  /// Of the input, what servers had in their caches of prefixes.
  package var cachedInput: Int { shares.reduce(0) { $0 &+ $1.cachedInput } }
  package var output: Int { shares.reduce(0) { $0 &+ $1.output } }

  package var cached: Int { shares.reduce(0) { $0 + $1.cached } }
  package var isEstimated: Bool { shares.contains(where: \.isEstimated) }
  /// Whether the log tells of calls; that of an imported tree tells only what came of them.
  package var areKnown: Bool { started > 0 || completed == 0 }
  /// In USD; nil where the price of any call is unknown.
  package var cost: Double? { isCostUnknown ? nil : knownCost }
  /// In USD, of the calls whose price is known.
  package var knownCost: Double { shares.reduce(0) { $0 + $1.knownCost } }
  private var isCostUnknown: Bool { shares.contains(where: \.isCostUnknown) }

  mutating func count(_ completion: Completion) {
    let role = completion.call.step.role
    roles[role, default: Share()].count(completion.usage)
    if completion.isCached { roles[role, default: Share()].cached += 1 }
  }

  /// - Parameter wasAsked: by a request that was counted when it started.
  mutating func count(_ reply: EmbeddingReply, wasAsked: Bool) {
    let isFromCache = !wasAsked && reply.vectors != nil
    if isFromCache {
      retrieval.started += 1
      retrieval.cached += 1
    }
    if reply.vectors != nil || wasAsked && reply.setback != nil { retrieval.completed += 1 }
    retrieval.add(reply.usage)
  }
}

extension Totals.Share {
  fileprivate mutating func count(_ usage: Usage) {
    completed += 1
    add(usage)
  }

  fileprivate mutating func add(_ usage: Usage) {
    input &+= usage.input
    cachedInput &+= usage.cachedInput
    output &+= usage.output
    seconds += usage.seconds
    isEstimated = isEstimated || usage.isEstimated
    knownCost += usage.cost ?? 0
    isCostUnknown = isCostUnknown || (usage.cost == nil && usage.requests > 0)
  }
}
