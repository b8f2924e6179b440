import Testing

@testable import Models

@Suite final class CircuitBreakerTests {
  private var breaker = CircuitBreaker(
    threshold: 3, shortest: .seconds(1), longest: .seconds(4), patience: .seconds(10))

  private func enter(at now: Duration) -> CircuitBreaker.Entry { breaker.enter(at: now) }

  private func fail(
    at second: Int, isProbe: Bool = false, isLoss: Bool = false, started: Int? = nil,
    retryAfter: Duration? = nil
  ) {
    breaker.failed(
      isProbe: isProbe, isLoss: isLoss, started: .seconds(started ?? second),
      retryAfter: retryAfter, now: .seconds(second))
  }

  @Test func opensProbesAndCloses() {
    for second in 0..<3 {
      #expect(enter(at: .seconds(second)) == .free)
      fail(at: second)
    }
    #expect(enter(at: .seconds(2)) == .sleep(.seconds(1)))
    #expect(enter(at: .seconds(3)) == .probe)
    #expect(enter(at: .seconds(3)) == .wait)
    fail(at: 3, isProbe: true)
    #expect(enter(at: .seconds(4)) == .sleep(.seconds(1)))
    #expect(enter(at: .seconds(5)) == .probe)
    breaker.succeeded()
    #expect(enter(at: .seconds(5)) == .free)
  }

  @Test func successBetweenKeepsItClosed() {
    for second in 0..<10 {
      fail(at: second)
      fail(at: second)
      breaker.succeeded()
    }
    #expect(breaker.isClosed)
  }

  @Test func pauseGrowsUpToTheLongestAndThenIsRefused() {
    for _ in 0..<3 { fail(at: 0) }
    var pauses: [Duration] = []
    var now = Duration.zero
    while case .sleep(let pause) = enter(at: now) {
      pauses.append(pause)
      now += pause
      #expect(enter(at: now) == .probe)
      breaker.failed(isProbe: true, isLoss: false, started: now, retryAfter: nil, now: now)
    }
    #expect(pauses == [1, 2, 4, 4].map { .seconds($0) })
    #expect(enter(at: now) == .refuse(after: .seconds(11)))
    // A probe is still let through when its time comes: the server may be back.
    #expect(enter(at: now + .seconds(4)) == .probe)
  }

  @Test func lostConnectionIsOneEventForAllItCarried() {
    for _ in 0..<50 { fail(at: 5, isLoss: true, started: 1) }
    #expect(breaker.isClosed)
    fail(at: 7, isLoss: true, started: 6)
    fail(at: 9, isLoss: true, started: 8)
    #expect(!breaker.isClosed)
  }

  @Test func serversWishIsAFloor() {
    fail(at: 0)
    fail(at: 0)
    fail(at: 0, retryAfter: .seconds(6))
    #expect(enter(at: .zero) == .sleep(.seconds(6)))
  }

  @Test func cancelledProbeLetsAnotherGo() {
    for _ in 0..<3 { fail(at: 0) }
    #expect(enter(at: .seconds(1)) == .probe)
    breaker.probeCancelled(now: .seconds(2))
    #expect(enter(at: .seconds(2)) == .probe)
  }

  @Test func lateSuccessCloses() {
    for _ in 0..<3 { fail(at: 0) }
    breaker.succeeded()
    #expect(enter(at: .zero) == .free)
  }
}
