package import HTTP
import Locking

/// Makes the models of a run. One for the whole program: models of the same server share what is the
/// server's (connections, how many calls it is given, whether it is left alone for a while), and roles
/// played by the same model share what was learned of it.
package final class Endpoints: Sendable {
  private struct Shared: Sendable {
    var gates: [String: EndpointGate] = [:]
    var books: [String: CapabilityBook] = [:]
  }

  let client: HTTPClient
  private let policy: RetryPolicy
  let clock: ModelClock
  private let draw: @Sendable () -> Double
  private let remembered: [String: Capabilities]
  private let timeOfDay: (@Sendable (_ after: Duration) -> String)?
  private let observe: @Sendable (AttemptRecord) -> Void
  private let shared = Locked(Shared())

  /// - Parameters:
  ///   - draw: a random number in `0..<1`, for the jitter of retries.
  ///   - timeOfDay: as in `Retrier`.
  ///   - remembered: what an earlier `capabilities` gave.
  ///   - observe: told of every attempt, on any thread.
  package init(
    client: HTTPClient, policy: RetryPolicy = RetryPolicy(),
    clock: some Clock<Duration> = ContinuousClock(),
    draw: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
    timeOfDay: (@Sendable (_ after: Duration) -> String)? = nil,
    remembered: [String: Capabilities] = [:],
    observe: @escaping @Sendable (AttemptRecord) -> Void = { _ in }
  ) {
    self.client = client
    self.policy = policy
    self.clock = ModelClock(clock)
    self.draw = draw
    self.timeOfDay = timeOfDay
    self.remembered = remembered
    self.observe = observe
  }

  /// - Throws: `ModelError.stopped` for an address or a key that can't be used; nothing is sent.
  package func model(_ configuration: OpenAIEndpoint.Configuration) throws -> any LanguageModel {
    let address = try checkedAddress(configuration)
    let endpoint = OpenAIEndpoint(
      configuration: configuration, address: address, client: client,
      book: book(configuration, address), clock: clock, observe: observe)
    return RetryingModel(
      model: endpoint, retrier: retrier(configuration, address), price: configuration.price)
  }

  /// Turns texts into vectors, by the model that the configuration names.
  ///
  /// - Throws: as `model`.
  package func embeddings(
    _ configuration: OpenAIEndpoint.Configuration
  ) throws -> EmbeddingsEndpoint {
    let address = try checkedAddress(configuration)
    return EmbeddingsEndpoint(
      configuration: configuration, address: address, client: client, clock: clock,
      retrier: retrier(configuration, address), observe: observe)
  }

  func checkedAddress(_ configuration: OpenAIEndpoint.Configuration) throws -> OpenAIAddress {
    let address = try OpenAIAddress(configuration.baseURL, query: configuration.query)
    try configuration.check(address)
    return address
  }

  /// How the servers are doing, by host.
  package var health: [String: EndpointHealth] {
    shared.withLock { $0.gates }.mapValues(\.health)
  }

  /// What was learned of the models, by a name that stays the same: to be remembered in the run.
  package var capabilities: [String: Capabilities] {
    shared.withLock { $0.books }.mapValues(\.capabilities)
  }

  /// What was learned of one of them.
  package func capabilities(of configuration: OpenAIEndpoint.Configuration) throws -> Capabilities {
    book(configuration, try checkedAddress(configuration)).capabilities
  }

  /// Takes over what an earlier `capabilities` gave, for models of which nothing was learned since.
  package func recall(_ earlier: [String: Capabilities]) {
    let books = shared.withLock { $0.books }
    for (name, learned) in earlier { books[name]?.learn(learned, from: Capabilities()) }
  }

  private func retrier(
    _ configuration: OpenAIEndpoint.Configuration, _ address: OpenAIAddress
  ) -> Retrier {
    let gate = shared.withLock { shared in
      let gate =
        shared.gates[address.name]
        ?? EndpointGate(
          maxConcurrency: configuration.maxConcurrency, clock: clock, patience: policy.patience)
      shared.gates[address.name] = gate
      return gate
    }
    return Retrier(
      policy: policy, clock: clock, gate: gate, draw: draw,
      name: "\(configuration.model) at \(address.name)", timeOfDay: timeOfDay)
  }

  private func book(
    _ configuration: OpenAIEndpoint.Configuration, _ address: OpenAIAddress
  ) -> CapabilityBook {
    let call = if case .chat = configuration.kind { "chat" } else { "completion" }
    let key = "\(call) \(configuration.model) \(address.description)"
    return shared.withLock { shared in
      let book = shared.books[key] ?? CapabilityBook(remembered[key] ?? Capabilities())
      shared.books[key] = book
      return book
    }
  }
}
