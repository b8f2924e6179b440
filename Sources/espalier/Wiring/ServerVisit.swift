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
    let endpoints = Endpoints(
      client: HTTPClient(HTTPClient.Configuration(certificates: settings.network.caFile?.value)),
      policy: RetryPolicy(attempts: 1))
    let found = await withTaskGroup(
      of: (Int, ServerVisit).self, returning: [Int: ServerVisit].self
    ) { group in
      for (index, role) in Role.allCases.enumerated() where !settings[role.name].isSimulated {
        group.addTask {
          var visit = ServerVisit()
          do {
            let place = try Cast.endpoint(settings[role.name], settings.network)
            try await visit.call(on: place, by: endpoints, needs: needs[index])
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

  private mutating func call(
    on place: OpenAIEndpoint.Configuration, by endpoints: Endpoints, needs: Needs
  ) async throws {
    let survey = try await endpoints.survey(place)
    let model = try endpoints.model(place)
    let clock = ContinuousClock()
    let start = clock.now
    do {
      let reply = try await model.reply(to: Self.question)
      let seconds = (clock.now - start) / .seconds(1)
      add("reachable", "yes, a small call takes \(Self.words(seconds))")
      if let fault = reply.fault { add("its reply", fault) }
    } catch let error as ModelError {
      problems.append("\(error)")
      if case .unavailable = error, survey.problem != nil {
        add("reachable", "no")
        return
      }
    }
    switch survey.serves(place.model) {
    case true?: add("model known", "yes")
    case false?:
      let names = survey.models.prefix(5).map(\.id).joined(separator: ", ")
      let more = survey.models.count > 5 ? ", …" : ""
      add("model known", "not by that name; the server lists \(names)\(more)")
    case nil: add("model known", "not told: the server has no list of models")
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
    let learned = endpoints.capabilities.values.map(\.description).filter { !$0.isEmpty }
    add("capabilities", learned.isEmpty ? "nothing unusual" : learned.joined(separator: "; "))
  }

  private mutating func add(_ name: String, _ value: String) {
    findings.append(Checkup.Line(name: name, value: value))
  }

  /// Asks for all that a search asks for: a system prompt, JSON, a temperature, a limit, a seed.
  private static let question = ModelRequest(
    messages: [
      .init(.system, "You answer in JSON."), .init(.user, #"Say {"ok": true} and nothing else."#),
    ],
    sampling: Sampling(temperature: 0, topP: 0.95, maxTokens: 64), format: .json, seed: 1)

  private static func words(_ seconds: Double) -> String {
    seconds < 1
      ? "\(Int((seconds * 1_000).rounded())) ms" : "\((seconds * 10).rounded() / 10) s"
  }
}
