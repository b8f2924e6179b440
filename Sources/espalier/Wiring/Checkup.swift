import ArgumentParser
import Configuration
import Engine
import FoundationEssentials
import HTTP
import Models
import Tree

/// What a search would use and need, role by role, and what is wrong with it.
struct Checkup: Encodable, Sendable {
  /// A setting and where it came from.
  struct Line: Hashable, Encodable {
    var name: String
    var value: String
    var origin: String?
  }

  struct Part: Encodable, Sendable {
    var role: String
    var isSimulated: Bool
    var settings: [Line]
    /// What the server said; empty when it was not asked.
    var findings: [Line] = []
    var needs: Needs
    var problems: [String] = []
  }

  /// The server by which in-context examples are found.
  struct Retrieval: Encodable, Sendable {
    var settings: [Line]
    /// As in a part.
    var findings: [Line] = []
    var needs: Needs
    var problems: [String] = []
  }

  var roles: [Part]
  /// Nil where examples are found by their words.
  var embeddings: Retrieval?
  /// What holds for every server; empty where all roles are simulated.
  var network: [Line] = []
  var budgets: [Line]
  /// Allowed, and probably not meant.
  var warnings: [String]
  /// Wrong with the search as a whole.
  var problems: [String] = []

  private let settings: Settings

  private enum CodingKeys: CodingKey {
    case roles, embeddings, network, budgets, warnings, problems
  }

  /// - Parameter environment: where a proxy may be named.
  init(_ settings: Settings, environment: [String: String] = [:]) throws {
    self.settings = settings
    let plan = try RunPlan(settings)
    warnings = settings.warnings + plan.warnings
    budgets = Self.budgets(settings.search)
    roles = Role.allCases.map { role in
      let chosen = settings[role.name]
      let price =
        chosen.isSimulated
        ? TokenPrice(input: 0, output: 0) : chosen.prices.map(TokenPrice.init)
      return Part(
        role: role.name.description, isSimulated: chosen.isSimulated,
        settings: Self.lines(chosen) + Self.proxy(chosen.address, environment),
        needs: Needs(role, in: plan.configuration, price: price))
    }
    embeddings = settings.embeddings.map { chosen in
      Retrieval(
        settings: Self.lines(chosen) + Self.proxy(chosen.address, environment),
        needs: Needs(
          embeddingsIn: plan.configuration, price: chosen.prices.map(TokenPrice.init)))
    }
    if embeddings != nil || !roles.allSatisfy(\.isSimulated) { look(at: settings.network) }
    do {
      try Cast.checkPrices(settings)
      // What is wrong with a server is told where the server is.
      if let models = try? Cast.models(settings, Cast.endpoints(settings)) {
        try Cast.checkRoom(in: settings, for: plan.configuration, models)
      }
      judgeBudgets()
    } catch {
      problems.append("\(error)")
    }
  }

  var isWell: Bool {
    problems.isEmpty && roles.allSatisfy(\.problems.isEmpty)
      && embeddings?.problems.isEmpty != false
  }

  mutating func tryServers() async {
    let visits = await ServerVisit.all(settings, needs: roles.map(\.needs))
    for (index, visit) in visits.enumerated() {
      roles[index].findings = visit.findings
      roles[index].problems += visit.problems
    }
    guard let chosen = settings.embeddings else { return }
    let visit = await ServerVisit.embeddings(chosen, settings.network)
    embeddings?.findings = visit.findings
    embeddings?.problems = visit.problems
  }

  /// Prints it, and ends the command with exit code 1 when something is wrong.
  func tell(asJSON: Bool) throws {
    if asJSON {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
      Console.out(String(decoding: try encoder.encode(self), as: UTF8.self))
    } else {
      Console.page(text)
    }
    if !isWell { throw ExitCode(1) }
  }

  // MARK: What is set

  private static func lines(_ role: RoleSettings) -> [Line] {
    func line<Value>(_ name: String, _ setting: Setting<Value>, _ value: String) -> Line {
      Line(name: name, value: value, origin: setting.origin.description)
    }
    var lines = [line("model", role.model, role.model.value)]
    guard !role.isSimulated else { return lines }
    if let address = role.address { lines.append(line("server", address, "\(address.value)")) }
    lines += role.query.map { line("query", $0, "\($0.value.name)=\($0.value.value)") }
    lines += role.headers.map { line("header", $0, $0.value.name + " (not shown)") }
    if let key = role.key {
      lines.append(line("key", key, "set, not shown"))
      lines.append(line("key_header", role.keyHeader, role.keyHeader.value.rawValue))
    } else {
      lines.append(Line(name: "key", value: "none", origin: nil))
    }
    lines.append(line("kind", role.kind, role.kind.value.rawValue))
    lines.append(line("temperature", role.temperature, "\(role.temperature.value)"))
    lines.append(
      role.topP.map { line("top_p", $0, "\($0.value)") }
        ?? Line(name: "top_p", value: "left to the server", origin: nil))
    lines.append(line("max_tokens", role.maxTokens, "\(role.maxTokens.value)"))
    lines.append(line("max_concurrency", role.maxConcurrency, "\(role.maxConcurrency.value)"))
    lines.append(
      price(role.prices) { "$\($0.input.value) in, $\($0.output.value) out a million" })
    return lines
  }

  private static func price(_ prices: ModelPrices?, _ words: (ModelPrices) -> String) -> Line {
    guard let prices else { return Line(name: "price", value: "unknown", origin: nil) }
    return Line(
      name: "price", value: "\(words(prices)), \(prices.date.value)",
      origin: prices.input.origin.description)
  }

  private static func lines(_ embeddings: EmbeddingsChoices) -> [Line] {
    [
      Line(
        name: "model", value: embeddings.model.value,
        origin: embeddings.model.origin.description),
      Line(
        name: "server", value: "\(embeddings.address.value)",
        origin: embeddings.address.origin.description),
      Line(
        name: "key", value: embeddings.key == nil ? "none" : "set, not shown",
        origin: embeddings.key?.origin.description),
      price(embeddings.prices) { "$\($0.input.value) a million" },
    ]
  }

  private static func proxy(
    _ server: Setting<ServerAddress>?, _ environment: [String: String]
  ) -> [Line] {
    guard let server, let address = try? HTTPAddress(server.value.description) else { return [] }
    return switch HTTPProxy(for: address, environment: environment) {
    case .none: [Line(name: "proxy", value: "none")]
    case .notForLoopback: [Line(name: "proxy", value: "none: never for loopback")]
    case .excepted(let variable): [Line(name: "proxy", value: "none", origin: variable)]
    case .used(let proxy, let variable): [Line(name: "proxy", value: proxy, origin: variable)]
    }
  }

  private mutating func look(at chosen: NetworkChoices) {
    func line(_ name: String, _ seconds: Setting<Double>) -> Line {
      Line(
        name: name, value: Duration.seconds(seconds.value).inWords,
        origin: seconds.origin.description)
    }
    let plain = chosen.allowPlainHTTP
    network = [
      chosen.caFile.map {
        Line(name: "ca_file", value: $0.value, origin: $0.origin.description)
      } ?? Line(name: "ca_file", value: "the system's certificates"),
      Line(name: "allow_plain_http", value: "\(plain.value)", origin: plain.origin.description),
      line("connect_timeout", chosen.connectTimeout), line("idle_timeout", chosen.idleTimeout),
      line("total_timeout", chosen.totalTimeout),
    ]
    do { try Cast.checkCertificates(settings) } catch { problems.append("\(error)") }
  }

  private static func budgets(_ search: SearchChoices) -> [Line] {
    func line<Value>(_ name: String, _ setting: Setting<Value>?) -> Line? {
      setting.map { Line(name: name, value: "\($0.value)", origin: $0.origin.description) }
    }
    return [
      line("max_calls", search.maxCalls), line("max_tokens", search.maxTokens),
      line("max_usd", search.maxUSD), line("max_minutes", search.maxMinutes),
    ].compactMap { $0 }
  }

  private mutating func judgeBudgets() {
    if let limit = settings.search.maxCalls?.value, limit < calls {
      warnings.append("The search needs about \(calls) calls and will end at \(limit).")
    }
    if let limit = settings.search.maxTokens?.value, limit < tokens {
      warnings.append("The search needs about \(tokens) tokens and will end at \(limit).")
    }
    if let limit = settings.search.maxUSD?.value, let usd, limit < usd {
      warnings.append("The search costs about $\(usd.inCents) and will end at $\(limit.inCents).")
    }
  }

  // MARK: The whole search

  private var needs: [Needs] { roles.map(\.needs) + (embeddings.map { [$0.needs] } ?? []) }

  var calls: Int { needs.reduce(0) { $0 + $1.calls } }
  var tokens: Int { needs.reduce(0) { $0 + $1.inputTokens + $1.outputTokens } }
  /// Nil where the price of any model is unknown.
  var usd: Double? {
    needs.reduce(0) { sum, part in sum.flatMap { sum in part.usd.map { sum + $0 } } }
  }
}
