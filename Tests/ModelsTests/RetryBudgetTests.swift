import Testing

@testable import Models

@Suite final class RetryBudgetTests {
  private var budget = RetryBudget(capacity: 3, perSuccess: 0.5, perSecond: 0.25)

  private func take(at second: Int) -> Bool { budget.take(now: .seconds(second)) }

  @Test func bucketEmptiesAndFills() {
    #expect((0..<4).map { _ in take(at: 0) } == [true, true, true, false])
    budget.succeeded()
    #expect(!take(at: 0))
    budget.succeeded()
    #expect(take(at: 0))
    #expect(!take(at: 3))
    #expect(take(at: 4))
    // Never more than it holds.
    #expect((0..<4).map { _ in take(at: 1000) } == [true, true, true, false])
  }
}
