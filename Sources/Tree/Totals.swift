/// What a run has taken so far, by role.
package struct Totals: Hashable, Sendable {
  package struct Share: Hashable, Sendable {
    /// Calls sent, cancelled and unreadable ones included.
    package internal(set) var started = 0
    package internal(set) var completed = 0
    package internal(set) var input = 0
    package internal(set) var cachedInput = 0
    package internal(set) var output = 0
    /// Seconds spent waiting for replies, added up over calls that ran side by side.
    package internal(set) var seconds = 0.0
    /// Some counts of tokens are our own estimate.
    package internal(set) var isEstimated = false
    /// The newest failure of transport; nil after a success.
    package internal(set) var trouble: Text?
  }

  package internal(set) var roles: [Role: Share] = [:]

  package subscript(role: Role) -> Share { roles[role] ?? Share() }

  package var started: Int { roles.values.reduce(0) { $0 + $1.started } }
  package var completed: Int { roles.values.reduce(0) { $0 + $1.completed } }
  package var input: Int { roles.values.reduce(0) { $0 + $1.input } }
  package var output: Int { roles.values.reduce(0) { $0 + $1.output } }

  mutating func count(_ usage: Usage, for role: Role) {
    roles[role, default: Share()].count(usage)
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
  }
}
