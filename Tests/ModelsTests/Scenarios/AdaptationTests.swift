import HTTP
import JSON
import Models
import TestSupport
import Testing

/// Case 11: what a server refuses is learned once.
@Suite struct AdaptationTests {
  struct Lesson: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var refusals: [LoopbackReply]
    /// Of the request that is sent from then on.
    var check: @Sendable (JSON) -> Bool
    var learned: String

    init(
      _ name: String, _ refusals: LoopbackReply..., learned: String,
      check: @escaping @Sendable (JSON) -> Bool
    ) {
      testDescription = name
      self.refusals = refusals
      self.learned = learned
      self.check = check
    }
  }

  static let maxTokens = LoopbackReply.error(
    400,
    "Unsupported parameter: 'max_tokens' is not supported with this model. "
      + "Use 'max_completion_tokens' instead.",
    code: "unsupported_parameter", parameter: "max_tokens")
  static let temperature = LoopbackReply.error(
    400,
    "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1)",
    code: "unsupported_value", parameter: "temperature")

  static let lessons: [Lesson] = [
    Lesson("max_tokens", maxTokens, learned: "limit as max_completion_tokens") {
      $0["max_tokens"] == nil && $0["max_completion_tokens"]?.integer == 64
    },
    Lesson("temperature", temperature, learned: "no temperature (its own default)") {
      $0["temperature"] == nil
    },
    Lesson(
      "one after the other", maxTokens, temperature,
      learned: "limit as max_completion_tokens, no temperature (its own default)"
    ) { $0["temperature"] == nil && $0["max_completion_tokens"] != nil },
    Lesson(
      "seed and stream_options, unknown fields",
      .plain(
        422,
        #"{"detail":[{"loc":["body","seed"],"msg":"Extra inputs are not permitted"},{"loc":["body","stream_options"],"msg":"Extra inputs are not permitted"}]}"#
      ), learned: "no seed, no usage in streams"
    ) { $0["seed"] == nil && $0["stream_options"] == nil && $0["stream"] != nil },
    Lesson(
      "stream", .error(400, "Streaming is not supported"), learned: "no stream"
    ) { $0["stream"] == nil },
    Lesson(
      "schema, then object, then words",
      .error(400, "Invalid schema for response_format", parameter: "response_format"),
      .error(400, "response_format json_object is not supported"), learned: "JSON by request only"
    ) { $0["response_format"] == nil },
    Lesson(
      "schema that makes it fail", .plain(500, type: "text/plain", "Internal Server Error"),
      learned: "JSON without a schema"
    ) { $0["response_format"]?["type"]?.string == "json_object" },
    Lesson(
      "system as developer",
      .error(
        400, "Unsupported value: 'messages[0].role' does not support 'system'; use 'developer'",
        code: "unsupported_value", parameter: "messages[0].role"),
      learned: "system prompt as developer"
    ) { $0["messages"]?.array?.first?["role"]?.string == "developer" },
    Lesson(
      "no system turn", .error(400, "System role not supported"),
      learned: "system prompt folded into the user's turn"
    ) { body in
      body["messages"] == [["role": "user", "content": "Be brief.\n\nHi"]]
    },
    Lesson(
      "roles must alternate",
      .error(400, "Conversation roles must alternate user/assistant/user/assistant/..."),
      learned: "system prompt folded into the user's turn"
    ) { $0["messages"]?.array?.count == 1 },
  ]

  private static let request: ModelRequest = {
    var request = Scenario.request
    request.format = .json
    request.schema = #"{"type":"object"}"#
    return request
  }()

  @Test(arguments: lessons) func learnsOnce(_ lesson: Lesson) async throws {
    let server = try LoopbackServer { request in
      request.ordinal < lesson.refusals.count
        ? lesson.refusals[request.ordinal] : .plain(200, Completion.document("{}"))
    }
    defer { server.stop() }
    let clock = RecordingClock()
    let endpoints = Endpoints(client: HTTPClient(), clock: clock)
    let configuration = OpenAIEndpoint.Configuration(baseURL: server.url, model: "m")
    let first = try await endpoints.model(configuration).reply(to: Self.request)
    #expect(first.text == "{}")
    #expect(first.requests == lesson.refusals.count + 1)
    // Another role with the same model knows it, and so does a run that is gone on with.
    _ = try await endpoints.model(configuration).reply(to: Self.request)
    let later = Endpoints(
      client: HTTPClient(), clock: clock, remembered: endpoints.capabilities)
    _ = try await later.model(configuration).reply(to: Self.request)
    #expect(clock.sleeps.isEmpty)
    let requests = server.requests
    #expect(requests.count == lesson.refusals.count + 3)
    for request in requests.suffix(3) { #expect(lesson.check(try #require(request.json))) }
    #expect(endpoints.capabilities.values.map(\.description) == [lesson.learned])
  }

  /// It takes whatever format it is asked for, and its model says what it likes.
  @Test func ignoredFormatsAreLearnedFromReplies() async throws {
    let server = try LoopbackServer { _ in Scenario.good }
    defer { server.stop() }
    let endpoints = Endpoints(client: HTTPClient())
    let configuration = OpenAIEndpoint.Configuration(baseURL: server.url, model: "m")
    let model = try endpoints.model(configuration)
    for _ in 0..<6 { #expect(try await model.reply(to: Self.request).text == "Hello") }
    let later = Endpoints(client: HTTPClient(), remembered: endpoints.capabilities)
    _ = try await later.model(configuration).reply(to: Self.request)
    let formats = server.requests.map { $0.json?["response_format"]?["type"]?.string ?? "none" }
    #expect(
      formats == [
        "json_schema", "json_schema", "json_object", "json_object", "none", "none", "none",
      ])
    #expect(
      endpoints.capabilities.values.map(\.description)
        == ["JSON by request only (it ignores response_format)"])
  }

  /// What a limit of tokens cut says nothing of who held the model to what.
  @Test func aCutReplyTeachesNothing() async throws {
    let server = try LoopbackServer { _ in
      .plain(200, Completion.document(choices: [("{\"a", "length")], usage: .null))
    }
    defer { server.stop() }
    let endpoints = Endpoints(client: HTTPClient())
    let model = try endpoints.model(
      OpenAIEndpoint.Configuration(baseURL: server.url, model: "m"))
    for _ in 0..<4 { _ = try await model.reply(to: Self.request) }
    #expect(endpoints.capabilities.values.map(\.jsonMode) == [.schema])
  }

  @Test(arguments: [maxTokens, temperature, .error(400, "System role not supported")])
  func neverLoops(_ refusal: LoopbackReply) async throws {
    let ending = try await Scenario("", refusal).run()
    #expect(ending.error?.kind == .rejected)
    #expect(ending.requests.count == 2)
  }

  @Test func badValueTeachesNothing() async throws {
    let tooLarge = LoopbackReply.error(
      400, "max_tokens is too large: 5000. This model supports at most 4096 completion tokens",
      code: "invalid_value", parameter: "max_tokens")
    let ending = try await Scenario("", tooLarge).run()
    #expect(ending.error?.kind == .rejected)
    #expect(ending.requests.count == 1)
  }
}
