package import HTTP

/// Makes the models of a run. One for the whole program: models of the same server share what is the
/// server's, its connections first of all.
package final class Endpoints: Sendable {
  private let client: HTTPClient
  private let policy: RetryPolicy
  private let clock: any Clock<Duration>

  package init(
    client: HTTPClient, policy: RetryPolicy = RetryPolicy(),
    clock: any Clock<Duration> = ContinuousClock()
  ) {
    self.client = client
    self.policy = policy
    self.clock = clock
  }

  /// - Throws: `ModelError.stopped` for an address or a key that can't be used; nothing is sent.
  package func model(_ configuration: OpenAIEndpoint.Configuration) throws -> any LanguageModel {
    RetryingModel(
      try OpenAIEndpoint(configuration, client: client), policy: policy, clock: clock)
  }
}
