import HTTP

/// Tries a call again when it failed for a reason that may pass.
///
/// Retries live here and nowhere else: two layers would multiply each other.
struct Retrier: Sendable {
  let policy: RetryPolicy
  let clock: ModelClock
  let gate: EndpointGate
  /// A random number in `0..<1`, for the jitter.
  let draw: @Sendable () -> Double
  /// Host and model, for messages.
  let name: String
  /// The time of day after so long, for messages; nil where there is nobody to read a clock.
  let timeOfDay: (@Sendable (_ after: Duration) -> String)?

  /// What the attempts that failed have taken.
  struct Losses: Hashable, Sendable {
    var requests = 0
    var usage: TokenUsage?

    mutating func add(_ failure: AttemptFailure) {
      requests += failure.requests
      if let used = failure.usage { usage = (usage ?? TokenUsage()) + used }
    }
  }

  /// A failure that was met at least once.
  private struct Sighting {
    var count = 0
    let first: Duration

    init(first: Duration) { self.first = first }
  }

  /// - Parameter attempts: fewer than the policy's, where that many are enough.
  /// - Throws: `ModelError` or `CancellationError`.
  func run<Value: Sendable>(
    _ ticket: CallTicket = CallTicket(), attempts: Int? = nil,
    _ attempt: (_ number: Int) async throws -> Value
  ) async throws -> (Value, Losses) {
    let call = gate.newCall()
    var losses = Losses()
    var failed: [String: Sighting] = [:]
    for number in 1... {
      let failure: AttemptFailure
      do {
        return (try await once(call, ticket) { try await attempt(number) }, losses)
      } catch let caught as AttemptFailure {
        failure = caught
      }
      losses.add(failure)
      guard case .transient(let trouble) = failure.kind else { throw failure.error }
      var sighting = failed[failure.trace] ?? Sighting(first: clock.elapsed())
      sighting.count += 1
      failed[failure.trace] = sighting
      let isRepeated = sighting.count > 1 && failure.ifRepeated != nil
      // How long it still has to fail so.
      var left = Duration.zero
      if isRepeated, let kind = failure.ifRepeated, gate.failsAlone(call) {
        // What is no model's server does not become one while somebody waits.
        guard kind == .rejected else { throw failure.error(as: kind) }
        left = policy.equalFailuresSpan - (clock.elapsed() - sighting.first)
        if sighting.count >= policy.equalFailures, left <= .zero {
          throw failure.adding(" (\(number) attempts)").error(as: kind)
        }
      }
      if trouble == .unreachable || isRepeated, number >= policy.attemptsAtStrangers,
        !gate.hasAnswered
      {
        throw failure.adding(" (\(number) attempts)").error(as: .stopped)
      }
      let retryAfter = failure.retryAfter
      guard var wait = policy.wait(afterFailures: number, retryAfter: retryAfter, draw: draw())
      else { throw ModelError.postponed(failure.message, for: retryAfter ?? .zero) }
      // The attempt after this is the one that tells.
      if sighting.count == policy.equalFailures - 1 { wait = max(wait, left) }
      guard number < attempts ?? policy.attempts else {
        throw failure.adding(number == 1 ? "" : " (\(number) attempts)").error
      }
      guard gate.takeRetry() else {
        throw failure.adding(" (too many failures for another attempt now)").error
      }
      Spending.tell(
        Setback(message: failure.message, wait: wait, isServerLeftAlone: false))
      try await gate.sleep(wait)
    }
    preconditionFailure("the attempts of \(name) ran out of numbers")
  }

  /// One attempt, in a place of its own at the server.
  private func once<Value: Sendable>(
    _ call: UInt64, _ ticket: CallTicket, _ attempt: () async throws -> Value
  ) async throws -> Value {
    let permit: EndpointGate.Permit
    do {
      permit = try await gate.enter(ticket)
    } catch let refusal as Refusal {
      throw ModelError.unavailable(
        (refusal.lastTrouble ?? name)
          + "; the server has failed for "
          + Duration.seconds(refusal.after.components.seconds).inWords)
    } catch let closure as EndpointGate.Closure {
      throw ModelError.postponed(closure.message, for: closure.left)
    }
    do {
      let value = try await attempt()
      gate.leave(permit, call: call, .answered)
      return value
    } catch var failure as AttemptFailure {
      if case .transient(let trouble) = failure.kind {
        if let wait = failure.retryAfter, wait > policy.patience {
          let time = timeOfDay.map { " (at \($0(wait)))" } ?? ""
          failure.message += "; it may be asked again in \(wait.inWords)\(time)"
        }
        gate.leave(
          permit, call: call,
          .failed(
            trouble, retryAfter: failure.retryAfter, message: failure.message,
            hadBegun: failure.hadBegun))
      } else {
        gate.leave(permit, call: call, .answered)
      }
      throw failure
    } catch {
      gate.leave(permit, call: call, .cancelled)
      throw error
    }
  }
}

extension AttemptFailure {
  fileprivate func adding(_ text: String) -> AttemptFailure {
    var failure = self
    failure.message += text
    return failure
  }
}
