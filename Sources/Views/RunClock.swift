package import Tree

/// How long a run has been at work by now.
package struct RunClock: Hashable, Sendable {
  private var work: WorkTime
  /// When this sitting began; what was before is told by the events alone.
  private var opened: Double?
  package private(set) var now: Double?

  package init(_ work: WorkTime = WorkTime()) { self.work = work }

  /// - Parameter isResting: Whether nothing was being done up to this event.
  mutating func take(_ event: RecordedEvent, isResting: Bool) {
    work.take(event, isResting: isResting)
  }

  mutating func pass(to now: Double) {
    if opened == nil { opened = now }
    self.now = now
  }

  func seconds(isResting: Bool) -> Double {
    guard !isResting, let now, let opened else { return work.seconds }
    return work.seconds + max(0, now - max(work.last ?? opened, opened))
  }
}
