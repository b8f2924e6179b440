import Tree

extension Engine {
  /// Wakes the engine when a person is to be warned that the time is running out, and when it is over:
  /// whatever a slow model takes in between.
  ///
  /// - Parameter minutes: the time at work when the turn began. What has come due since, while it was
  ///   stored say, nobody has looked at.
  func setAlarm(after minutes: Double) {
    alarm?.cancel()
    alarm = nil
    guard let limit = tree.settings.maxMinutes, !isResting, rest == .none,
      let next = [limit * Budget.warningShare, limit].first(where: { $0 > minutes })
    else { return }
    let left = min(next - workingTime.minutes, 1e6)
    // A little late rather than early, or it would have to be set again.
    let pause = pauseFromNow(left > 0 ? .seconds(left * 60 + 0.001) : .zero)
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
