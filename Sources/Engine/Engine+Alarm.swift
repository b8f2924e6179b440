import Tree

extension Engine {
  /// Wakes the engine when a person is to be warned that the time is running out, and when it is over:
  /// whatever a slow model takes in between.
  func setAlarm() {
    alarm?.cancel()
    alarm = nil
    guard let limit = tree.settings.maxMinutes, !isResting, rest == .none else { return }
    let spent = workingTime.minutes
    guard let next = [limit * Budget.warningShare, limit].first(where: { $0 > spent }) else {
      return
    }
    // A little late rather than early, or it would have to be set again.
    let pause = pauseFromNow(.seconds(min(next - spent, 1e6) * 60 + 0.001))
    alarm = Task {
      guard (try? await pause()) != nil else { return }
      post(.wake)
    }
  }

  typealias Pause = @Sendable () async throws -> Void

  static func pauses(_ clock: some Clock<Duration>) -> @Sendable (Duration) -> Pause {
    { duration in
      let end = clock.now.advanced(by: duration)
      return { try await clock.sleep(until: end, tolerance: nil) }
    }
  }
}
