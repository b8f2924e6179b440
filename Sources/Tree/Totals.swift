/// What a run has taken so far, by role.
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

  package subscript(role: Role) -> Share { roles[role] ?? Share() }

  package var started: Int { roles.values.reduce(0) { $0 + $1.started } }
  package var completed: Int { roles.values.reduce(0) { $0 + $1.completed } }
  package var input: Int { roles.values.reduce(0) { $0 + $1.input } }
  package var output: Int { roles.values.reduce(0) { $0 + $1.output } }

  package var cached: Int { roles.values.reduce(0) { $0 + $1.cached } }
  /// Whether the log tells of calls; that of an imported tree tells only what came of them.
  package var areKnown: Bool { started > 0 || completed == 0 }
  /// In USD; nil where the price of any call is unknown.
  package var cost: Double? { isCostUnknown ? nil : knownCost }
  /// In USD, of the calls whose price is known.
  package var knownCost: Double { Role.allCases.reduce(0) { $0 + self[$1].knownCost } }
  private var isCostUnknown: Bool { roles.values.contains(where: \.isCostUnknown) }

  mutating func count(_ usage: Usage, of outcome: Outcome, for role: Role) {
    roles[role, default: Share()].count(usage)
    if case .failed = outcome { return }
    if usage.requests == 0 { roles[role, default: Share()].cached += 1 }
  }
}

extension Totals.Share {
  fileprivate mutating func count(_ usage: Usage) {
    completed += 1
    input &+= usage.input
    cachedInput &+= usage.cachedInput
    output &+= usage.output
    seconds += usage.seconds
    isEstimated = isEstimated || usage.isEstimated
    knownCost += usage.cost ?? 0
    isCostUnknown = isCostUnknown || (usage.cost == nil && usage.requests > 0)
  }
}
