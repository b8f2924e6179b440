/// The clock of the model layer, as the two things that are asked of one: any `Clock` can stand behind
/// it, and a test's does.
struct ModelClock: Sendable {
  /// Since the clock was made; never goes back.
  let elapsed: @Sendable () -> Duration
  let sleep: @Sendable (Duration) async throws -> Void

  init<C: Clock<Duration>>(_ clock: C) {
    let origin = clock.now
    elapsed = { origin.duration(to: clock.now) }
    sleep = { try await clock.sleep(for: $0) }
  }
}
