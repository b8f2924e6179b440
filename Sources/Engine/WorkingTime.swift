/// How long a run has been at work: neither pauses nor the time between two sittings count.
package struct WorkingTime: Sendable {
  private var counted: Duration
  private let now: @Sendable () -> Duration
  private var last: Duration
  private var isResting = true

  init(earlier: Duration, clock: any Clock<Duration>) {
    counted = earlier
    now = Self.stopwatch(clock)
    last = now()
  }

  /// Notes whether the run is at work from now on.
  mutating func turn(isResting: Bool) {
    let time = now()
    if !self.isResting { counted += time - last }
    last = time
    self.isResting = isResting
  }

  var minutes: Double {
    (counted + (isResting ? .zero : now() - last)).inSeconds / 60
  }

  private static func stopwatch(_ clock: some Clock<Duration>) -> @Sendable () -> Duration {
    let start = clock.now
    return { start.duration(to: clock.now) }
  }
}
