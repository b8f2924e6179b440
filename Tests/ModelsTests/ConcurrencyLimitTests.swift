import Testing

@testable import Models

@Suite struct ConcurrencyLimitTests {
  @Test func halvesOnOverloadAndRecoversStepByStep() {
    var limit = ConcurrencyLimit(ceiling: 16)
    limit.overloaded(started: .seconds(1), now: .seconds(2))
    #expect(limit.current == 8)
    // Those that were under way at the cut say nothing new.
    limit.overloaded(started: .seconds(1), now: .seconds(3))
    limit.overloaded(started: .seconds(2), now: .seconds(3))
    #expect(limit.current == 8)
    limit.overloaded(started: .seconds(3), now: .seconds(4))
    #expect(limit.current == 4)
    for _ in 0..<3 { limit.succeeded() }
    #expect(limit.current == 4)
    limit.succeeded()
    #expect(limit.current == 5)
    for _ in 0..<5 { limit.succeeded() }
    #expect(limit.current == 6)
    for _ in 0..<1000 { limit.succeeded() }
    #expect(limit.current == 16)
  }

  @Test func neverBelowOne() {
    var limit = ConcurrencyLimit(ceiling: 2)
    for second in 1..<10 { limit.overloaded(started: .seconds(second), now: .seconds(second)) }
    #expect(limit.current == 1)
    #expect(ConcurrencyLimit(ceiling: 0).current == 1)
  }
}
