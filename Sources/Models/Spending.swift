import Locking

/// What the attempts at one call have taken so far, and what they met.
///
/// Whoever makes a call that fails learns by it what the failure has cost:
/// `Spending.$current.withValue(spending) { try await model.reply(…) }`, with models whose `Endpoints`
/// tells its attempts to `Spending.observe`.
package final class Spending: Sendable {
  package struct Sum: Hashable, Sendable {
    /// Requests that reached the wire.
    package var requests = 0
    package var usage = TokenUsage()
    /// In USD; nil where the price of any of them is unknown.
    package var cost: Double? = 0
    /// What was wrong with those that failed, in their order; free of keys.
    package var failures: [String] = []
    /// Of the last attempt, as in `AttemptRecord`.
    package var adaptations = ""
    package var folded: String?
  }

  @TaskLocal package static var current: Spending?

  private let state = Locked(Sum())
  private let onSetback: (@Sendable (Setback) -> Void)?

  /// - Parameter onSetback: told, on any thread, whenever the call begins to wait for a server.
  package init(onSetback: (@Sendable (Setback) -> Void)? = nil) { self.onSetback = onSetback }

  package var sum: Sum { state.withLock { $0 } }

  /// Counts an attempt for the call it belongs to.
  package static func observe(_ attempt: AttemptRecord) { current?.add(attempt) }

  /// Tells whoever makes the current call that it has to wait.
  static func tell(_ setback: Setback) { current?.onSetback?(setback) }

  private func add(_ attempt: AttemptRecord) {
    state.withLock { sum in
      sum.requests += 1
      if let failure = attempt.failure { sum.failures.append(failure) }
      (sum.adaptations, sum.folded) = (attempt.adaptations, attempt.folded)
      guard let usage = attempt.usage else { return }
      sum.usage = sum.usage + usage
      sum.cost = attempt.cost.flatMap { cost in sum.cost.map { $0 + cost } }
    }
  }
}
