import Configuration
import Engine
import HTTP
import Models
import Simulation
import Tree

/// The models that play the roles of a run.
enum Cast {
  /// - Parameter onTrouble: told of each attempt at a server that failed and may be made again, on any
  ///   thread: a call may be tried for minutes before it counts as failed.
  static func endpoints(
    _ settings: Settings, onTrouble: @escaping @Sendable (String) -> Void = { _ in }
  ) -> Endpoints {
    Endpoints(
      client: HTTPClient(
        HTTPClient.Configuration(certificates: settings.network.caFile?.value)),
      timeOfDay: LocalTime.after,
      observe: { attempt in
        Spending.observe(attempt)
        if let failure = attempt.failure, attempt.mayPass { onTrouble(failure) }
      })
  }

  static func models(_ settings: Settings, _ endpoints: Endpoints) throws -> [Role: PlayedRole] {
    try checkCertificates(settings)
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
          maxTokens: chosen.maxTokens.value), price: chosen.prices.map(TokenPrice.init),
        endpoint: name(of: chosen))
    }
    try checkPrices(settings)
    return roles
  }

  /// Finds in-context examples by meaning; nil where nobody asked for it.
  static func embedder(_ settings: Settings, _ endpoints: Endpoints) throws -> Embedder? {
    guard let chosen = settings.embeddings else { return nil }
    return Embedder(
      model: try endpoints.embeddings(endpoint(chosen, settings.network)),
      endpoint: chosen.address.value.description, price: chosen.prices.map(TokenPrice.init))
  }

  static func endpoint(
    _ embeddings: EmbeddingsChoices, _ network: NetworkChoices
  ) -> OpenAIEndpoint.Configuration {
    OpenAIEndpoint.Configuration(
      baseURL: embeddings.address.value.description, model: embeddings.model.value,
      key: embeddings.key?.value.reveal(),
      keyVariable: embeddings.key?.origin.description ?? "ESPALIER_EMBEDDINGS_API_KEY",
      query: embeddings.address.value.query.map { HTTPHeader($0.plain.name, $0.plain.value) },
      price: embeddings.prices.map(TokenPrice.init), allowsPlainHTTP: network.allowPlainHTTP.value)
  }

  /// What replies depend on besides the model's name: where it is, and how it is asked. A simulated
  /// model says other things in another version of the program.
  static func name(of role: RoleSettings) -> String {
    guard let address = role.address?.value else { return "simulated \(Espalier.version)" }
    let query = role.query.map { "\($0.value.name)=\($0.value.value)" }.joined(separator: "&")
    let template = role.kind.value == .chat ? "" : " \(CompletionTemplate(role.template))"
    return "\(role.kind.value.rawValue) \(address)?\(query)\(template)"
  }

  /// Without certificates to trust every call over https would fail, one after the other.
  static func checkCertificates(_ settings: Settings) throws {
    var addresses = RoleName.allCases.compactMap { settings[$0].address?.value }
    if let embeddings = settings.embeddings { addresses.append(embeddings.address.value) }
    guard addresses.contains(where: { $0.scheme == .https }), let file = settings.network.caFile
    else { return }
    let bytes: [UInt8]
    do { bytes = try Files.read(file.value) } catch {
      throw Failure("\(file.origin): \(error) Without it no server over https is trusted.")
    }
    let isPEM = ["CERTIFICATE", "TRUSTED CERTIFICATE", "X509 CERTIFICATE"].contains {
      bytes.firstRange(of: Array("-----BEGIN \($0)-----".utf8)) != nil
    }
    guard !isPEM else { return }
    throw Failure(
      """
      \(file.origin) names \(file.value), which holds no certificate in PEM form, with lines such as \
      "-----BEGIN CERTIFICATE-----": no server over https would be trusted.
      """)
  }

  /// A budget in money is no use where nobody knows what a call costs.
  static func checkPrices(_ settings: Settings) throws {
    guard let budget = settings.search.maxUSD else { return }
    var unpriced = RoleName.allCases.map { settings[$0] }
      .filter { !$0.isSimulated && $0.prices == nil }.map(\.model.value)
    if let embeddings = settings.embeddings, embeddings.prices == nil {
      unpriced.append(embeddings.model.value)
    }
    guard !unpriced.isEmpty else { return }
    throw Failure(
      """
      \(budget.origin) sets a budget in USD, and the price of \
      \(Set(unpriced).sorted().joined(separator: " and ")) is unknown. Add it to the configuration \
      file, in a table such as [prices."\(unpriced[0])"] with input, output and date ("espalier \
      config" shows how), or limit the run by --max-tokens or --max-calls.
      """)
  }

  /// A budget with no room for a single call is a mistake.
  static func checkRoom(
    in settings: Settings, for configuration: RunConfiguration, _ models: [Role: PlayedRole]
  ) throws {
    let tree = SearchTree(configuration: configuration)
    guard let first = Usage(ofNextCallIn: tree, texts: TextsInMemory(), models: models) else {
      return
    }
    func failure(_ origin: Origin, _ limit: String, _ most: String) -> Failure {
      Failure(
        """
        \(origin) sets a budget of \(limit), and the first call alone may take up to \(most), with \
        the whole of max_tokens for its reply: no search can start. Set at least that, or a lower \
        max_tokens; "espalier estimate" tells what a whole search takes.
        """)
    }
    let tokens = first.input + first.output
    if let limit = settings.search.maxTokens, limit.value < tokens {
      throw failure(limit.origin, "\(limit.value) tokens", "\(tokens)")
    }
    if let limit = settings.search.maxUSD, let cost = first.cost, limit.value < cost {
      throw failure(limit.origin, "$\(limit.value.inCents)", "$\(cost.inCents)")
    }
  }

  static func endpoint(
    _ role: RoleSettings, _ network: NetworkChoices
  ) throws -> OpenAIEndpoint.Configuration {
    guard let address = role.address?.value else {
      throw Failure("the \(role.role) has a model, \(role.model.value), and no server.")
    }
    return OpenAIEndpoint.Configuration(
      baseURL: address.description, model: role.model.value, key: role.key?.value.reveal(),
      keyVariable: role.keyVariable,
      keyHeader: role.keyHeader.value == .apiKey ? .named("api-key") : .bearer,
      kind: role.kind.value == .chat ? .chat : .completion(CompletionTemplate(role.template)),
      headers: role.headers.map { HTTPHeader($0.value.name, $0.value.reveal()) },
      // The endpoint writes them for the wire itself.
      query: role.query.map { HTTPHeader($0.value.plain.name, $0.value.plain.value) },
      timeouts: HTTPTimeouts(
        connect: .seconds(network.connectTimeout.value), idle: .seconds(network.idleTimeout.value),
        total: .seconds(network.totalTimeout.value)),
      maxConcurrency: role.maxConcurrency.value, price: role.prices.map(TokenPrice.init),
      allowsPlainHTTP: network.allowPlainHTTP.value)
  }
}

extension TokenPrice {
  init(_ prices: ModelPrices) {
    self.init(
      input: prices.input.value, cachedInput: prices.cachedInput?.value,
      output: prices.output.value, date: prices.date.value)
  }
}

extension CompletionTemplate {
  init(_ choices: TemplateChoices) {
    self.init()
    system = choices.system?.value ?? system
    user = choices.user?.value ?? user
    assistant = choices.assistant?.value ?? assistant
    opening = choices.opening?.value ?? opening
    stop = choices.stop?.value ?? stop
  }
}
