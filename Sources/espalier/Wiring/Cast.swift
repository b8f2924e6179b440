import Configuration
import Engine
import HTTP
import Models
import Simulation
import Tree

/// The models that play the roles of a run.
enum Cast {
  /// - Parameter onTrouble: told of each attempt at a server that failed, on any thread: a call may be
  ///   tried again for minutes before it counts as failed.
  static func models(
    _ settings: Settings, onTrouble: @escaping @Sendable (String) -> Void
  ) throws -> [Role: PlayedRole] {
    let endpoints = Endpoints(
      client: HTTPClient(
        HTTPClient.Configuration(certificates: settings.network.caFile?.value)),
      observe: { attempt in
        if let failure = attempt.failure { onTrouble(failure) }
      })
    let simulated = SimulatedModel(
      latency: settings.search.latency.value == 0
        ? .none : SimulatedLatency(median: .milliseconds(settings.search.latency.value)))
    var roles: [Role: PlayedRole] = [:]
    for role in Role.allCases {
      let chosen = settings[role.name]
      let model: any LanguageModel =
        chosen.isSimulated
        ? simulated : try endpoints.model(endpoint(chosen, settings.network))
      roles[role] = PlayedRole(
        model: model,
        sampling: Sampling(
          temperature: chosen.temperature.value, topP: chosen.topP?.value,
          maxTokens: chosen.maxTokens.value))
    }
    return roles
  }

  private static func endpoint(
    _ role: RoleSettings, _ network: NetworkChoices
  ) throws -> OpenAIEndpoint.Configuration {
    guard let address = role.address?.value else {
      throw Failure("the \(role.role) has a model, \(role.model.value), and no server.")
    }
    return OpenAIEndpoint.Configuration(
      baseURL: address.description, model: role.model.value, key: role.key?.value.reveal(),
      keyVariable: role.key?.origin.description ?? "ESPALIER_API_KEY",
      keyHeader: role.keyHeader.value == .apiKey ? .named("api-key") : .bearer,
      kind: role.kind.value == .chat ? .chat : .completion(CompletionTemplate()),
      headers: role.headers.map { HTTPHeader($0.value.name, $0.value.reveal()) },
      query: role.query.map { HTTPHeader($0.value.name, $0.value.value) },
      timeouts: HTTPTimeouts(
        connect: .seconds(network.connectTimeout.value), idle: .seconds(network.idleTimeout.value),
        total: .seconds(network.totalTimeout.value)),
      maxConcurrency: role.maxConcurrency.value, allowsPlainHTTP: network.allowPlainHTTP.value)
  }
}
