import Tree

extension Engine {
  /// Wakes the engine when the time that the run may take is over, and at no other time.
  func setAlarm() {
    alarm?.cancel()
    alarm = nil
    guard let limit = tree.settings.maxMinutes, !isResting, rest == .none else { return }
    let left = limit - workingTime.minutes
    guard left > 0 else { return }
    alarm = Task {
      // A little late rather than early, or it would have to be set again.
      guard (try? await pause(.seconds(min(left, 1e6) * 60 + 0.001))) != nil else { return }
      post(.wake)
    }
  }
}
