import Tree

/// How long a run has been at work, told from the times of its events: neither pauses nor the time
/// between two sittings count.
package struct RunClock: Hashable, Sendable {
  /// Seconds.
  private var counted = 0.0
  private var last: Double?
  /// When this sitting began; what was before is told by the events alone.
  private var opened: Double?
  package private(set) var now: Double?

  /// - Parameter isResting: Whether nothing was being done up to this event.
  mutating func take(_ event: RecordedEvent, isResting: Bool) {
    if let last, !isResting, event.event != .flight(.reopened) {
      counted += max(0, event.time - last)
    }
    last = max(last ?? event.time, event.time)
  }

  mutating func pass(to now: Double) {
    if opened == nil { opened = now }
    self.now = now
  }

  func seconds(isResting: Bool) -> Double {
    guard !isResting, let now, let opened else { return counted }
    return counted + max(0, now - max(last ?? opened, opened))
  }
}
