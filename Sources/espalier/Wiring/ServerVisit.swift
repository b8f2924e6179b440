import Configuration
import HTTP
import Models
import Tree

/// What a role's server says when it is asked for its models, and its model when it is asked a small
/// question.
struct ServerVisit: Sendable {
  var findings: [Checkup.Line] = []
  var problems: [String] = []

  /// One visit a role, at the same time.
  static func all(_ settings: Settings, needs: [Needs]) async -> [ServerVisit] {
    let endpoints = newEndpoints(settings.network)
    let found = await withTaskGroup(
      of: (Int, ServerVisit).self, returning: [Int: ServerVisit].self
    ) { group in
      for (index, role) in Role.allCases.enumerated() where !settings[role.name].isSimulated {
        group.addTask {
          var visit = ServerVisit()
          do {
            let place = try Cast.endpoint(settings[role.name], settings.network)
            try await visit.call(
              on: place, as: role, by: endpoints, needs: needs[index],
              limit: settings[role.name].maxTokens.value)
          } catch {
            visit.problems.append("\(error)")
          }
          return (index, visit)
        }
      }
      return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    return Role.allCases.indices.map { found[$0] ?? ServerVisit() }
  }

  /// Two texts to the server by which in-context examples are found.
  static func embeddings(
    _ chosen: EmbeddingsChoices, _ network: NetworkChoices
  ) async -> ServerVisit {
    var visit = ServerVisit()
    let clock = ContinuousClock()
    let start = clock.now
    do {
      let endpoint = try newEndpoints(network).embeddings(Cast.endpoint(chosen, network))
      let vectors = try await endpoint.embeddings(of: ["one text", "another"]).vectors
      visit.add(
        "reachable", "yes, a small call takes \(words((clock.now - start) / .seconds(1)))")
      visit.add("dimension", "\(vectors.first?.count ?? 0)")
    } catch {
      visit.problems.append("\(error)")
      if case ModelError.unavailable = error { visit.add("reachable", "no") }
    }
    return visit
  }

  private static func newEndpoints(_ network: NetworkChoices) -> Endpoints {
    Endpoints(
      client: HTTPClient(HTTPClient.Configuration(certificates: network.caFile?.value)),
      policy: RetryPolicy(attempts: 1), timeOfDay: LocalTime.after)
  }

  /// - Parameter limit: the role's own, in tokens.
  private mutating func call(
    on place: OpenAIEndpoint.Configuration, as role: Role, by endpoints: Endpoints, needs: Needs,
    limit: Int
  ) async throws {
    let survey = try await endpoints.survey(place)
    let model = try endpoints.model(place)
    let clock = ContinuousClock()
    let start = clock.now
    var gotThrough = true
    var isAsUsual = true
    do {
      let shared = try await model.replies(to: [Self.question, Self.question])
      let first = shared?.replies[0] ?? nil
      var reply = if let first { first } else { try await model.reply(to: Self.question) }
      let seconds = (clock.now - start) / .seconds(1)
      var question = Self.question
      if reply.fault != nil, reply.finish == .length, limit > Self.fewTokens {
        // Too few for a model that thinks first. What a search would ask for counts.
        question.sampling.maxTokens = limit
        reply = try await model.reply(to: question)
      }
      if role != .base {
        // A server that takes a format and ignores it is found out by its replies.
        for _ in 0..<Self.mostRepeats
        where try reply.fault == nil && !Self.isHeld(reply, endpoints, place) {
          reply = try await model.reply(to: question)
        }
      }
      add("reachable", "yes, a small call takes \(Self.words(seconds))")
      judge(reply, of: place, limit: limit)
      if role != .base, reply.fault == nil {
        let learned = try endpoints.capabilities(of: place)
        add("JSON", Self.words(on: learned, place, reply))
        isAsUsual =
          place.kind == .chat
          && learned.jsonMode.isKept(by: reply.text, schema: Self.question.schema)
      }
      if let words = try await Self.wordsOnSeeds(of: model) { add("seeds", words) }
    } catch let error as ModelError {
      problems.append("\(error)")
      if case .unavailable = error, case .unavailable? = survey.problem {
        add("reachable", "no")
        return
      }
      add("reachable", "yes, but a call fails")
      gotThrough = false
    }
    switch survey.serves(place.model) {
    case true?: add("model known", "yes")
    case false?:
      let names = survey.models.prefix(5).map(\.id).joined(separator: ", ")
      let more = survey.models.count > 5 ? ", …" : ""
      add("model known", "not by that name; the server lists \(names)\(more)")
    case nil:
      let why =
        survey.hasNoList
        ? "the server has no list of models"
        : survey.problem.map { "its list of models was not given: \($0)" }
          ?? "the server's list of models is empty"
      add("model known", "not told: \(why)")
    }
    let served = survey.models.first { $0.id == place.model }
    if let length = served?.contextLength {
      add("context", "\(length) tokens")
      if needs.longestCall > length {
        problems.append(
          """
          \(place.model) has a context of \(length) tokens, and a call may need about \
          \(needs.longestCall), max_tokens included: lower max_tokens, or serve it with more.
          """)
      }
    } else {
      add("context", "not told")
    }
    guard gotThrough else { return add("capabilities", "not known: no call got through") }
    let learned = try endpoints.capabilities(of: place)
    let words = learned.description
    let usual = isAsUsual ? "nothing unusual" : "nothing else unusual"
    add("capabilities", words.isEmpty ? usual : words)
    switch learned.givesSeveral {
    case true?: add("rewrites", "in one request (n)")
    case false?: add("rewrites", "each by a request of its own")
    case nil: break
    }
    add(
      "cached tokens",
      learned.tellsCachedTokens == true
        ? "told: calls that begin alike go together where they wait" : "not told")
  }

  /// What a search could not use is wrong: it would end in a pause, after as many calls as it takes.
  private mutating func judge(
    _ reply: ModelReply, of place: OpenAIEndpoint.Configuration, limit: Int
  ) {
    if reply.reasoning != nil {
      add("reasoning", "it thinks before it answers; its thoughts are told apart and not judged")
    }
    guard let fault = reply.fault else { return }
    let advice =
      reply.finish == .length ? "; raise max_tokens, which is \(limit)" : ""
    problems.append(
      "\(place.model) was asked a small question, and \(fault)\(advice). A search can use no such "
        + "reply.")
  }

  /// How the server holds the model to JSON, by its reply to the question.
  private static func words(
    on learned: Capabilities, _ place: OpenAIEndpoint.Configuration, _ reply: ModelReply
  ) -> String {
    guard case .chat = place.kind else { return "by the words of a request only" }
    let isIgnored = learned.ignoresFormats == true
    return switch learned.jsonMode {
    case .schema where learned.jsonMode.isKept(by: reply.text, schema: question.schema):
      "held to a schema (json_schema)"
    case .schema: "by the words of a request only: it takes a schema and ignores it"
    case .object:
      "as an object of any form (json_object): it "
        + (isIgnored ? "takes a schema and ignores it" : "refuses a schema")
    case .words:
      "by the words of a request only: it "
        + (isIgnored ? "takes response_format and ignores it" : "refuses response_format")
    }
  }

  /// The reply is of the format that the server is asked for by now, if it is asked for one.
  private static func isHeld(
    _ reply: ModelReply, _ endpoints: Endpoints, _ place: OpenAIEndpoint.Configuration
  ) throws -> Bool {
    guard case .chat = place.kind else { return true }
    return try endpoints.capabilities(of: place).jsonMode
      .isKept(by: reply.text, schema: question.schema)
  }

  /// Enough to go through all formats.
  private static let mostRepeats = 4

  /// Asks the same twice, with the same seed.
  ///
  /// - Returns: nil where nothing can be told.
  private static func wordsOnSeeds(of model: any LanguageModel) async throws -> String? {
    let first = try await model.reply(to: draw)
    let second = try await model.reply(to: draw)
    guard first.fault == nil, second.fault == nil else { return nil }
    return first.text == second.text
      ? "honoured, as far as two calls can tell"
      : "ignored: two calls with the same seed were answered differently"
  }

  private mutating func add(_ name: String, _ value: String) {
    findings.append(Checkup.Line(name: name, value: value))
  }

  /// What is in the reply of a model that is held to the schema, and is nowhere in the words.
  private static let sign = "held"

  private static let fewTokens = 64

  /// Asks for all that a search asks for: a system prompt, JSON by a schema, a temperature, a limit,
  /// a seed.
  private static let question = ModelRequest(
    messages: [
      .init(.system, "You answer in JSON."), .init(.user, #"Say {"ok": true} and nothing else."#),
    ],
    sampling: Sampling(temperature: 0, topP: 0.95, maxTokens: fewTokens), format: .json,
    schema: #"""
      {"type": "object", "properties": {"\#(sign)": {"type": "boolean"}},
      "required": ["\#(sign)"], "additionalProperties": false}
      """#, seed: 1)

  /// What is hardly ever answered twice in the same words unless the seed sees to it.
  private static let draw = ModelRequest(
    messages: [.init(.user, "Name five animals at random.")],
    sampling: Sampling(temperature: 1, maxTokens: 32), seed: 7)

  private static func words(_ seconds: Double) -> String {
    seconds < 1
      ? "\(Int((seconds * 1_000).rounded())) ms" : "\((seconds * 10).rounded() / 10) s"
  }
}
