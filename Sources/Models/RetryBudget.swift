/// How many retries a server may be sent, over all calls: a storm of failures must not become a storm
/// of retries. A token bucket, as in the SDKs of AWS: a retry takes a token, a success gives a part of
/// one back, and so does time.
struct RetryBudget: Hashable, Sendable {
  private let capacity: Double
  private let perSuccess: Double
  private let perSecond: Double
  private var tokens: Double
  private var refilled: Duration = .zero

  init(capacity: Double = 30, perSuccess: Double = 0.2, perSecond: Double = 0.5) {
    self.capacity = capacity
    self.perSuccess = perSuccess
    self.perSecond = perSecond
    tokens = capacity
  }

  mutating func succeeded() { tokens = min(capacity, tokens + perSuccess) }

  /// - Returns: whether a retry may go out.
  mutating func take(now: Duration) -> Bool {
    tokens = min(capacity, tokens + (now - refilled) / .seconds(1) * perSecond)
    refilled = now
    guard tokens >= 1 else { return false }
    tokens -= 1
    return true
  }
}
