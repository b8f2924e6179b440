import HTTP
import JSON
import Locking
import TestSupport
import Testing

@testable import Models

@Suite struct SpendingTests {
  /// The servers of broken streams charge for what they said.
  @Test func countsWhatFailuresCost() async throws {
    let server = try LoopbackServer { _ in
      LoopbackReply([.head(), .chunk(Completion.delta("Half an ans")), .reset])
    }
    defer { server.stop() }
    let endpoints = Endpoints(
      client: HTTPClient(), clock: RecordingClock(), observe: Spending.observe)
    let model = try endpoints.model(
      OpenAIEndpoint.Configuration(
        baseURL: server.url, model: "m", price: TokenPrice(input: 1, output: 2)))
    let spending = Spending()
    await #expect(throws: ModelError.self) {
      try await Spending.$current.withValue(spending) {
        try await model.reply(to: ModelRequest(messages: [.init(.user, "Hi")]))
      }
    }
    #expect(spending.sum.requests == server.requests.count)
    #expect(spending.sum.usage.output > 0)
    #expect((spending.sum.cost ?? 0) > 0)
    #expect(spending.sum.failures.count == server.requests.count)
  }

  /// What a server refused, what it is asked in its place, and what it got in the end.
  @Test func keepsWhatAServerNeeded() async throws {
    let server = try LoopbackServer { request in
      switch request.ordinal {
      case 0: .error(400, "Unsupported parameter: 'temperature'", parameter: "temperature")
      case 1: .error(400, "System role not supported")
      default: Scenario.good
      }
    }
    defer { server.stop() }
    let endpoints = Endpoints(client: HTTPClient(), observe: Spending.observe)
    let model = try endpoints.model(
      OpenAIEndpoint.Configuration(baseURL: server.url, model: "m"))
    let spending = Spending()
    _ = try await Spending.$current.withValue(spending) {
      try await model.reply(to: Scenario.request)
    }
    #expect(spending.sum.requests == 3)
    #expect(spending.sum.failures.count == 2)
    #expect(spending.sum.failures.first?.contains("'temperature'") == true)
    #expect(
      spending.sum.adaptations
        == "no temperature (its own default), system prompt folded into the user's turn")
    #expect(spending.sum.folded == "Be brief.\n\nHi")
    let sent = server.requests.last?.json?["messages"]?.array?.first?["content"]?.string
    #expect(sent == spending.sum.folded)
  }

  /// A call that has nothing to do with what was learned says nothing of it.
  @Test func tellsOnlyWhatConcernsTheCall() throws {
    var capabilities = Capabilities()
    capabilities.takesTemperature = false
    capabilities.limitField = .maxCompletionTokens
    capabilities.jsonMode = .words
    capabilities.systemTurn = .folded
    let body = RequestBody(
      configuration: OpenAIEndpoint.Configuration(baseURL: "http://127.0.0.1:1", model: "m"),
      capabilities: capabilities)
    let request = ModelRequest(messages: [.init(.user, "Hi")])
    #expect(body.adaptations(for: request) == "")
    #expect(body.folded(request) == nil)
  }

  /// Every wait is told when it begins, with its reason.
  @Test func tellsWhyACallWaits() async throws {
    let server = try LoopbackServer { request in
      request.ordinal < 2 ? .error(503, "down for a moment") : Scenario.good
    }
    defer { server.stop() }
    let endpoints = Endpoints(client: HTTPClient(), clock: RecordingClock(), draw: { 0.5 })
    let model = try endpoints.model(
      OpenAIEndpoint.Configuration(baseURL: server.url, model: "m"))
    let setbacks = Locked<[Setback]>([])
    let spending = Spending { setback in setbacks.withLock { $0.append(setback) } }
    _ = try await Spending.$current.withValue(spending) {
      try await model.reply(to: Scenario.request)
    }
    let told = setbacks.withLock { $0 }
    #expect(told.map(\.wait) == [.milliseconds(250), .milliseconds(500)])
    #expect(told.allSatisfy { $0.message.contains("down for a moment") })
    #expect(told.allSatisfy { !$0.isServerLeftAlone })
  }

  @Test func tellsWhenAServerIsLeftAlone() async throws {
    let clock = RecordingClock()
    let gate = EndpointGate(maxConcurrency: 4, clock: ModelClock(clock))
    for call in 1...8 {
      let permit = try await gate.enter()
      gate.leave(
        permit, call: UInt64(call), .failed(.other, retryAfter: nil, message: "m is down"))
    }
    let setbacks = Locked<[Setback]>([])
    let spending = Spending { setback in setbacks.withLock { $0.append(setback) } }
    _ = try await Spending.$current.withValue(spending) { try await gate.enter() }
    let told = setbacks.withLock { $0 }
    #expect(
      told == [Setback(message: "m is down", wait: .seconds(1), isServerLeftAlone: true)])
  }
}
