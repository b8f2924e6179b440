/// Asks a model again when a call failed for a reason that may pass.
///
/// Retries live here and nowhere else: two layers would multiply each other.
package struct RetryingModel: LanguageModel {
  private let model: any LanguageModel
  private let policy: RetryPolicy
  private let clock: any Clock<Duration>
  private let draw: @Sendable () -> Double

  package var name: String { model.name }
  package var isSimulated: Bool { model.isSimulated }

  /// - Parameter draw: a random number in `0..<1`, for the jitter.
  package init(
    _ model: any LanguageModel, policy: RetryPolicy = RetryPolicy(),
    clock: any Clock<Duration> = ContinuousClock(),
    draw: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
  ) {
    self.model = model
    self.policy = policy
    self.clock = clock
    self.draw = draw
  }

  package func reply(
    to request: ModelRequest, onText: (@Sendable (String) -> Void)?
  ) async throws -> ModelReply {
    var requests = 0
    var failures = 0
    var traces: Set<String> = []
    while true {
      let failure: AttemptFailure
      do {
        var reply = try await model.reply(to: request, onText: onText)
        reply.requests += requests
        return reply
      } catch let attempt as AttemptFailure {
        failure = attempt
      } catch ModelError.unavailable(let message) {
        failure = AttemptFailure(.transient(isOverload: false), message)
      }
      failures += 1
      if failure.wasSent { requests += 1 }
      guard case .transient = failure.kind else { throw failure.error }
      if let kind = failure.ifRepeated, !traces.insert(failure.trace).inserted {
        throw failure.error(as: kind)
      }
      guard failures < policy.attempts else { throw failure.givingUp(after: failures).error }
      let wait = policy.wait(
        afterFailures: failures, retryAfter: failure.retryAfter, draw: draw())
      guard let wait else { throw failure.askingForPatience.error }
      try await clock.sleep(for: wait)
    }
  }
}

extension AttemptFailure {
  fileprivate func givingUp(after attempts: Int) -> AttemptFailure {
    var failure = self
    failure.message += attempts == 1 ? "" : " (\(attempts) attempts)"
    return failure
  }

  fileprivate var askingForPatience: AttemptFailure {
    var failure = self
    failure.message += " (it asks to wait \(retryAfter.map { "\($0)" } ?? "longer"))"
    return failure
  }
}
