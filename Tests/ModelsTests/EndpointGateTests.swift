import Locking
import TestSupport
import Testing

@testable import Models

@Suite struct EndpointGateTests {
  /// Whoever sent half a reply is a model's server, and worth waiting for.
  @Test func halfAReplyIsAnAnswer() async throws {
    let gate = EndpointGate(maxConcurrency: 1, clock: ModelClock(RecordingClock()))
    gate.leave(try await gate.enter(), call: 1, .failed(.lostConnection, retryAfter: nil))
    #expect(!gate.hasAnswered)
    gate.leave(
      try await gate.enter(), call: 1, .failed(.lostConnection, retryAfter: nil, hadBegun: true))
    #expect(gate.hasAnswered)
  }

  @Test func cancelledWaiterLeavesTheQueue() async throws {
    let gate = EndpointGate(maxConcurrency: 1, clock: ModelClock(RecordingClock()))
    let held = try await gate.enter()
    let waiter = Task { try await gate.enter() }
    while gate.health.waiting == 0 { await Task.yield() }
    waiter.cancel()
    await #expect(throws: CancellationError.self) { try await waiter.value }
    #expect(gate.health.waiting == 0)
    gate.leave(held, call: 1, .answered)
    #expect(gate.health.inFlight == 0)
    gate.leave(try await gate.enter(), call: 2, .answered)
  }

  @Test func firstComeFirstServed() async throws {
    let gate = EndpointGate(maxConcurrency: 1, clock: ModelClock(RecordingClock()))
    let order = Locked<[Int]>([])
    let held = try await gate.enter()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<10 {
        group.addTask {
          let permit = try await gate.enter()
          order.withLock { $0.append(index) }
          gate.leave(permit, call: UInt64(index), .answered)
        }
        while gate.health.waiting <= index { await Task.yield() }
      }
      gate.leave(held, call: 99, .answered)
      try await group.waitForAll()
    }
    #expect(order.withLock { $0 } == Array(0..<10))
  }

  @Test func whoWaitsForAHeldServerCanLeave() async throws {
    let clock = StoppedClock()
    let gate = EndpointGate(maxConcurrency: 4, clock: ModelClock(clock))
    gate.leave(
      try await gate.enter(), call: 1, .failed(.overload, retryAfter: .seconds(60)))
    let waiters = (0..<3).map { _ in Task { try await gate.enter() } }
    while gate.health.waiting < 3 { await Task.yield() }
    #expect(gate.health.inFlight == 0)
    waiters[0].cancel()
    await #expect(throws: CancellationError.self) { try await waiters[0].value }
    gate.setWindingDown(true)
    for waiter in waiters[1...] {
      await #expect(throws: WoundDown.self) { try await waiter.value }
    }
    await #expect(throws: WoundDown.self) { try await gate.enter() }
  }

  @Test func windingDownIsTakenBack() async throws {
    let gate = EndpointGate(maxConcurrency: 1, clock: ModelClock(RecordingClock()))
    gate.setWindingDown(true)
    await #expect(throws: WoundDown.self) { try await gate.sleep(.seconds(1)) }
    gate.setWindingDown(false)
    try await gate.sleep(.seconds(1))
    gate.leave(try await gate.enter(), call: 1, .answered)
  }

  /// The breaker's probe waits no less for a server than all others do.
  @Test func noProbeGoesBeforeTheServersWish() async throws {
    let clock = RecordingClock()
    let gate = EndpointGate(maxConcurrency: 4, clock: ModelClock(clock))
    for call in 0..<8 {
      gate.leave(
        try await gate.enter(), call: UInt64(call),
        .failed(.overload, retryAfter: call == 7 ? .seconds(100) : nil))
    }
    #expect(gate.health.isPaused)
    gate.leave(try await gate.enter(), call: 20, .answered)
    #expect(clock.now.offset == .seconds(100))
  }

  @Test func whoWaitsIsSentAwayWhenTheServerWantsToBeLeftAlone() async throws {
    let gate = EndpointGate(maxConcurrency: 1, clock: ModelClock(RecordingClock()))
    let held = try await gate.enter()
    let waiter = Task { try await gate.enter() }
    while gate.health.waiting == 0 { await Task.yield() }
    gate.leave(held, call: 1, .failed(.overload, retryAfter: .seconds(121), message: "m is busy"))
    do {
      _ = try await waiter.value
      Issue.record("the call was let through")
    } catch let closure as EndpointGate.Closure {
      #expect(closure.left == .seconds(121))
      #expect(closure.message == "m is busy")
    }
    gate.reopen()
    gate.leave(try await gate.enter(), call: 2, .answered)
  }

  @Test func waitersGoOnWhenTheProbeSucceeds() async throws {
    let clock = RecordingClock()
    let gate = EndpointGate(maxConcurrency: 4, clock: ModelClock(clock))
    for call in 0..<8 {
      gate.leave(try await gate.enter(), call: UInt64(call), .failed(.other, retryAfter: nil))
    }
    #expect(gate.health.isPaused)
    let probe = try await gate.enter()
    #expect(clock.sleeps == [.seconds(1)])
    let waiter = Task { try await gate.enter() }
    while gate.health.waiting == 0 { await Task.yield() }
    gate.leave(probe, call: 20, .answered)
    gate.leave(try await waiter.value, call: 21, .answered)
    #expect(!gate.health.isPaused)
    #expect(gate.health.inFlight == 0)
  }

  @Test func waitersTryAgainWhenTheProbeFails() async throws {
    let gate = EndpointGate(maxConcurrency: 4, clock: ModelClock(RecordingClock()))
    for call in 0..<8 {
      gate.leave(try await gate.enter(), call: UInt64(call), .failed(.other, retryAfter: nil))
    }
    let probe = try await gate.enter()
    let waiter = Task { try await gate.enter() }
    while gate.health.waiting == 0 { await Task.yield() }
    gate.leave(probe, call: 20, .failed(.other, retryAfter: nil))
    // The next probe.
    gate.leave(try await waiter.value, call: 21, .answered)
    #expect(!gate.health.isPaused)
  }
}

/// A clock on which no time passes.
private struct StoppedClock: Clock {
  let now = RecordingClock().now
  var minimumResolution: Duration { .nanoseconds(1) }

  func sleep(until deadline: RecordingClock.Instant, tolerance: Duration?) async throws {
    try await Task.sleep(for: .seconds(3600))
  }
}
