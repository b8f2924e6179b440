import HTTP
import JSON

/// What a server says of itself before it is asked anything that costs: for `espalier doctor`.
package struct EndpointSurvey: Sendable {
  package struct Served: Hashable, Sendable {
    package var id: String
    /// In tokens, if told.
    package var contextLength: Int?
  }

  /// From sending to the whole answer, in seconds.
  package var latency: Double
  /// Empty when none was given.
  package var models: [Served]
  /// Why no list was given.
  package var problem: ModelError?
  /// The server knows no address for one; it may serve all the same.
  package var hasNoList = false

  /// Whether the server has a model of this name; nil when it doesn't say.
  package func serves(_ model: String) -> Bool? {
    models.isEmpty ? nil : models.contains { $0.id == model }
  }
}

extension EndpointSurvey.Served {
  /// The length of context goes by a name of its own with each kind of server.
  init?(_ item: JSON) {
    guard let id = item["id"]?.string else { return nil }
    let places = [
      item["max_model_len"], item["context_length"], item["max_context_length"],
      item["context_window"], item["meta"]?["n_ctx"], item["meta"]?["n_ctx_train"],
    ]
    self.init(id: id, contextLength: places.lazy.compactMap { $0?.integer }.first { $0 > 0 })
  }
}

extension Endpoints {
  /// Asks a server for its models, once, without a retry.
  ///
  /// - Throws: `ModelError.stopped` for an address or a key that can't be used, `CancellationError`.
  package func survey(
    _ configuration: OpenAIEndpoint.Configuration
  ) async throws -> EndpointSurvey {
    let address = try checkedAddress(configuration)
    var configuration = configuration
    configuration.timeouts.total = min(configuration.timeouts.total, .seconds(15))
    let started = clock.elapsed()
    let transfer = await client.send(
      configuration.request(.get, to: address.url(of: "models"), bodyLimit: 8 << 20),
      into: BodyCollector())
    let latency = (clock.elapsed() - started) / .seconds(1)
    do {
      let document = try FailureReader(configuration, address).document(transfer)
      let list = document["data"]?.array ?? document["models"]?.array ?? []
      return EndpointSurvey(
        latency: latency, models: list.compactMap(EndpointSurvey.Served.init), problem: nil)
    } catch let failure as AttemptFailure {
      return EndpointSurvey(
        latency: latency, models: [], problem: failure.error,
        hasNoList: [404, 405, 501].contains(transfer.head?.status))
    }
  }
}
