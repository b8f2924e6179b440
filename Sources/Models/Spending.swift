import HTTP

/// What the attempts at one call have taken so far. Whoever makes a call that fails learns by it what
/// the failure has cost: `Spending.$current.withValue(spending) { try await model.reply(…) }`, with
/// models whose `Endpoints` tells its attempts to `Spending.observe`.
package final class Spending: Sendable {
  package struct Sum: Hashable, Sendable {
    /// Requests that reached the wire.
    package var requests = 0
    package var usage = TokenUsage()
    /// In USD; nil where the price of any of them is unknown.
    package var cost: Double? = 0
  }

  @TaskLocal package static var current: Spending?

  private let state = Locked(Sum())

  package init() {}

  package var sum: Sum { state.withLock { $0 } }

  /// Counts an attempt for the call it belongs to.
  package static func observe(_ attempt: AttemptRecord) { current?.add(attempt) }

  private func add(_ attempt: AttemptRecord) {
    state.withLock { sum in
      sum.requests += 1
      guard let usage = attempt.usage else { return }
      sum.usage = sum.usage + usage
      sum.cost = attempt.cost.flatMap { cost in sum.cost.map { $0 + cost } }
    }
  }
}
