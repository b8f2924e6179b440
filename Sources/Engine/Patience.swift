/// When the engine stops trying by itself and pauses the run for a person.
package struct Patience: Hashable, Sendable {
  /// Replies of one role in a row that can't be used: a server that talks gibberish must not cost a
  /// whole search. `.max` never asks for a person, also not before a search ends with nothing.
  package var unusable: Int
  /// Failures of transport in a row of one role, each after the model's own retries.
  package var failures: Int
  /// The first wait after such a failure; it doubles with each further one, up to `longest`.
  package var first: Duration
  package var longest: Duration
  /// Between two tries to store events.
  package var storage: Duration

  package init(
    unusable: Int = 5, failures: Int = 3, first: Duration = .seconds(2),
    longest: Duration = .seconds(60), storage: Duration = .seconds(2)
  ) {
    self.unusable = unusable
    self.failures = failures
    self.first = first
    self.longest = longest
    self.storage = storage
  }

  func wait(afterFailures count: Int) -> Duration {
    min(longest, first * (1 << min(max(count - 1, 0), 16)))
  }
}
