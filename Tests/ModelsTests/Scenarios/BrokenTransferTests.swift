import HTTP
import Models
import TestSupport
import Testing

/// Cases 1 to 5: connections and transfers that break.
@Suite struct BrokenTransferTests {
  @Test func refusedConnection() async throws {
    let server = try RefusingPort()
    let clock = RecordingClock()
    let model = try Endpoints(client: HTTPClient(), clock: clock).model(
      OpenAIEndpoint.Configuration(baseURL: server.url, model: "m", key: "sk-0123456789"))
    let error = await #expect(throws: ModelError.self) {
      try await model.reply(to: Scenario.request)
    }
    // Never reached: a person should hear of it.
    #expect(error?.kind == .stopped)
    let text = "\(try #require(error))"
    #expect(text.contains("127.0.0.1:\(server.port)") && !text.contains("sk-0123456789"))
    #expect(clock.sleeps.count == 2)
  }

  @Test func noTLSWhereItIsExpected() async throws {
    let scenario = Scenario("plain", .plain(200, "hello"))
    let ending = try await scenario.run { configuration in
      configuration.baseURL = "https" + configuration.baseURL.dropFirst("http".count)
    }
    #expect(ending.error?.kind == .stopped)
    #expect("\(try #require(ending.error))".contains("speaks plain http there"))
    #expect(ending.requests.isEmpty)
    #expect(ending.records.count == 1)
  }

  /// A stranger is asked three times, whoever hangs up.
  @Test(
    arguments: [
      Scenario("it hangs up", LoopbackReply([.reset])),
      Scenario("it sends an alert", LoopbackReply([.text("\u{15}\u{3}\u{1}\0\u{2}F"), .close])),
    ])
  func plainHTTPWhereTLSIsExpected(_ scenario: Scenario) async throws {
    let ending = try await scenario.run()
    #expect(ending.error?.kind == .stopped)
    #expect("\(try #require(ending.error))".contains("if it speaks TLS there, give an https://"))
    #expect(ending.records.count == 3)
  }

  static let silences = [
    Scenario("hangs before the head", LoopbackReply([.hang]), Scenario.good),
    Scenario(
      "hangs in the body", LoopbackReply([.head(), .chunk(Completion.delta("Hel")), .hang]),
      Scenario.good),
    Scenario(
      "keep-alive comments for ever",
      LoopbackReply([
        .head(), .endlessly(Array("e\r\n: keep-alive\n\n\r\n".utf8), every: .milliseconds(10)),
      ]), Scenario.good),
    Scenario(
      "blank lines for ever",
      LoopbackReply([
        .head(), .endlessly(Array("1\r\n\n\r\n".utf8), every: .milliseconds(10)),
      ]), Scenario.good),
  ]

  @Test(arguments: silences) func silenceEndsAtTheIdleTimer(_ scenario: Scenario) async throws {
    let ending = try await scenario.run {
      $0.timeouts = HTTPTimeouts(idle: .milliseconds(300), total: .seconds(60))
    }
    #expect(ending.reply?.text == "Hello")
    #expect(ending.requests.count >= 2)
    #expect(ending.records.first?.failure?.contains("m at 127.0.0.1") == true)
    #expect(
      ending.records.first?.failure?.hasSuffix("no word of an answer came for 0.3 s (idle_timeout)")
        == true)
  }

  @Test func dripEndsAtTheTotalDeadline() async throws {
    let drip = LoopbackReply([
      .head(),
      .endlessly(
        LoopbackReply.Step.chunk(Completion.delta("a")).sent, every: .milliseconds(20)),
    ])
    let ending = try await Scenario("drip", drip, Scenario.good).run {
      $0.timeouts = HTTPTimeouts(idle: .seconds(60), total: .milliseconds(500))
    }
    #expect(ending.reply?.text == "Hello")
    #expect(ending.records.first?.failure?.contains("(total_timeout)") == true)
  }

  static let breaks = [
    Scenario("reset at once", LoopbackReply([.reset]), Scenario.good),
    Scenario(
      "reset in the stream", LoopbackReply([.head(), .chunk(Completion.delta("Hel")), .reset]),
      Scenario.good),
    Scenario(
      "stream without its last chunk",
      LoopbackReply(
        [.head()] + Completion.stream(["Hello"]).map { .chunk($0) } + [.close]),
      Scenario.good),
    Scenario(
      "document shorter than its length",
      LoopbackReply([
        .text("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n" + Completion.document("Hello")),
        .close,
      ]), Scenario.good),
  ]

  @Test(arguments: breaks) func brokenIsDiscardedAndTriedAgain(_ scenario: Scenario) async throws {
    let ending = try await scenario.run()
    #expect(ending.reply?.text == "Hello")
    #expect(ending.reply?.requests == 2)
    #expect(ending.requests.count == 2)
  }

  @Test func brokenStreamsCostIsCounted() async throws {
    let ending = try await Self.breaks[1].run {
      $0.price = TokenPrice(input: 1_000_000, output: 0)
    }
    let reply = try #require(ending.reply)
    #expect(reply.usage.input > 20)
    #expect(reply.usage.isEstimated)
    #expect(reply.cost == Double(reply.usage.input))
    #expect(ending.records.map { $0.failure == nil } == [false, true])
  }

  static let incomplete = [
    Scenario("clean end in the middle", .events([Completion.delta("Hel")]), Scenario.good),
    Scenario("stream of nothing", .events([]), Scenario.good),
    Scenario(
      "[DONE] without a finish", .events([Completion.delta("Hel"), Completion.done]), Scenario.good),
    Scenario(
      "empty finish", .events([Completion.delta("Hel"), Completion.finish(""), Completion.done]),
      Scenario.good),
    Scenario(
      "last event not terminated",
      .events([Completion.delta("Hel"), String(Completion.finish().dropLast())]), Scenario.good),
    Scenario(
      "document without a finish", .plain(200, #"{"choices":[{"message":{"content":"Hel"}}]}"#),
      Scenario.good),
  ]

  @Test(arguments: incomplete) func incompleteIsNoReply(_ scenario: Scenario) async throws {
    let ending = try await scenario.run()
    #expect(ending.reply?.text == "Hello")
    #expect(ending.requests.count == 2)
  }

  @Test(arguments: incomplete) func incompleteForEverIsNeverAReply(_ scenario: Scenario)
    async throws
  {
    var scenario = scenario
    scenario.replies.removeLast()
    let ending = try await scenario.run()
    let error = try #require(ending.error)
    // Nothing at all, three times, is what some servers say to a prompt that is too long.
    let isEmpty = scenario.testDescription == "stream of nothing"
    #expect(error.kind == (isEmpty ? .rejected : .unavailable))
    // Each of the three is asked without a stream, too.
    #expect(ending.requests.count == 6)
  }
}

extension LoopbackReply.Step {
  fileprivate var sent: [UInt8] {
    if case .bytes(let bytes) = self { bytes } else { [] }
  }
}
