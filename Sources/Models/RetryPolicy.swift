/// How often and how long to try again.
package struct RetryPolicy: Hashable, Sendable {
  /// Attempts at one call in all.
  package var attempts: Int
  /// Of those, attempts at a server that has never answered, where nothing stands or it says the same
  /// useless thing: it is rather misnamed than down for a while, and a person should hear of it soon.
  package var attemptsAtStrangers: Int
  /// How often a server has to fail a request in the same words, and for how long, before the fault is
  /// taken to be the request's: one that has crashed says the same to whatever it is sent until it is
  /// up again.
  package var equalFailures: Int
  package var equalFailuresSpan: Duration
  /// The most that the first wait may be; it doubles with each attempt up to `longest`.
  package var shortest: Duration
  package var longest: Duration
  /// A server that asks for more patience than this isn't waited for inside a call.
  package var patience: Duration

  package init(
    attempts: Int = 6, attemptsAtStrangers: Int = 3, equalFailures: Int = 3,
    equalFailuresSpan: Duration = .seconds(6), shortest: Duration = .milliseconds(500),
    longest: Duration = .seconds(20), patience: Duration = .seconds(120)
  ) {
    self.attempts = max(1, attempts)
    self.attemptsAtStrangers = max(1, attemptsAtStrangers)
    self.equalFailures = equalFailures
    self.equalFailuresSpan = equalFailuresSpan
    self.shortest = shortest
    self.longest = longest
    self.patience = patience
  }

  /// The wait before the next attempt: anything up to a bound that doubles ("full jitter", so that
  /// calls which failed together don't come back together), but never less than the server asks.
  ///
  /// - Parameters:
  ///   - failures: attempts that failed so far, at least 1.
  ///   - draw: in `0..<1`.
  /// - Returns: nil when the server asks for more than `patience`.
  package func wait(afterFailures failures: Int, retryAfter: Duration?, draw: Double) -> Duration? {
    var bound = shortest
    for _ in 1..<max(1, failures) where bound < longest { bound *= 2 }
    let jittered = min(bound, longest) * draw
    guard let retryAfter else { return jittered }
    guard retryAfter <= patience else { return nil }
    // Those who were told the same time to wait would all be back at once.
    return retryAfter + jittered / 4
  }
}
