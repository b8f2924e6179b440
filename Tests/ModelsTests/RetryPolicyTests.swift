import Models
import Testing

@Suite struct RetryPolicyTests {
  private let policy = RetryPolicy()

  @Test func boundDoublesUpToTheLongest() {
    let bounds = (1...8).map {
      policy.wait(afterFailures: $0, retryAfter: nil, draw: 1)
    }
    #expect(bounds == [0.5, 1, 2, 4, 8, 16, 20, 20].map { .seconds($0) })
  }

  @Test func jitterIsFull() {
    #expect(policy.wait(afterFailures: 3, retryAfter: nil, draw: 0) == .zero)
    #expect(policy.wait(afterFailures: 3, retryAfter: nil, draw: 0.25) == .milliseconds(500))
  }

  @Test func serversWishIsAFloorWithACap() {
    #expect(policy.wait(afterFailures: 1, retryAfter: .seconds(7), draw: 0) == .seconds(7))
    #expect(policy.wait(afterFailures: 1, retryAfter: .seconds(120), draw: 0) == .seconds(120))
    #expect(policy.wait(afterFailures: 1, retryAfter: .seconds(121), draw: 0) == nil)
  }
}
