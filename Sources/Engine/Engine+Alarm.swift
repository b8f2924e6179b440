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
    let left = next - spent
    alarm = Task {
      // A little late rather than early, or it would have to be set again.
      guard (try? await pause(.seconds(min(left, 1e6) * 60 + 0.001))) != nil else { return }
      post(.wake)
    }
  }
}
