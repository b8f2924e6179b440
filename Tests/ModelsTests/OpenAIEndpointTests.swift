import HTTP
import JSON
import Locking
import Models
import TestSupport
import Testing

/// The endpoint over real HTTP, when all is well. What goes wrong is in the scenario tests.
@Suite struct OpenAIEndpointTests {
  /// Connections are kept however slowly a busy machine goes from one call to the next.
  private let client = HTTPClient(HTTPClient.Configuration(localIdleLimit: 3_600))
  private let request = ModelRequest(
    messages: [.init(.system, "Be brief."), .init(.user, "Hi")],
    sampling: Sampling(temperature: 0.2, topP: 0.95, maxTokens: 100), seed: 0x1_0000_0007)

  private func model(
    _ server: LoopbackServer, _ change: (inout OpenAIEndpoint.Configuration) -> Void = { _ in }
  ) throws -> any LanguageModel {
    var configuration = OpenAIEndpoint.Configuration(baseURL: server.url, model: "m")
    change(&configuration)
    return try Endpoints(client: client, clock: RecordingClock()).model(configuration)
  }

  @Test func streams() async throws {
    let server = try LoopbackServer { _ in .events(Completion.stream(["Hel", "lo", " 😀"])) }
    defer { server.stop() }
    let pieces = Locked<[String]>([])
    let reply = try await model(server).reply(to: request) { piece in
      pieces.withLock { $0.append(piece) }
    }
    #expect(reply.text == "Hello 😀")
    #expect(reply.finish == .stop)
    #expect(reply.usage == TokenUsage(input: 20, output: 5))
    #expect(reply.requests == 1)
    #expect(pieces.withLock { $0 } == ["Hel", "lo", " 😀"])
  }

  @Test func sendsWhatIsAsked() async throws {
    let server = try LoopbackServer { _ in .events(Completion.stream(["a"])) }
    defer { server.stop() }
    _ = try await model(server) { configuration in
      configuration.key = "sk-0123456789"
      configuration.headers = [HTTPHeader("X-Org", "o")]
      configuration.query = [HTTPHeader("v", "1")]
    }.reply(to: request)
    let seen = try #require(server.requests.first)
    #expect(seen.path == "/v1/chat/completions?v=1")
    #expect(seen.headers["authorization"] == "Bearer sk-0123456789")
    #expect(seen.headers["x-org"] == "o")
    let expected: JSON = [
      "model": "m",
      "messages": [
        ["role": "system", "content": "Be brief."], ["role": "user", "content": "Hi"],
      ],
      "temperature": 0.2, "top_p": 0.95, "max_tokens": 100, "seed": 7, "stream": true,
      "stream_options": ["include_usage": true],
    ]
    #expect(
      String(decoding: seen.body, as: UTF8.self) == String(decoding: expected.bytes, as: UTF8.self))
  }

  @Test func understandsAPlainReplyToAStreamedRequest() async throws {
    let server = try LoopbackServer { _ in .plain(200, "\n\n" + Completion.document("Hello")) }
    defer { server.stop() }
    let reply = try await model(server).reply(to: request)
    #expect(reply.text == "Hello")
  }

  @Test func asksForWholeReplies() async throws {
    let server = try LoopbackServer { _ in
      .plain(200, Completion.document("Hello", finish: "length"))
    }
    defer { server.stop() }
    let reply = try await model(server) { $0.streams = false }.reply(to: request)
    #expect(reply.text == "Hello")
    #expect(reply.finish == .length)
    #expect(server.requests.first?.json?["stream"] == nil)
  }

  @Test func continuesText() async throws {
    let server = try LoopbackServer { _ in
      .plain(
        200,
        #"{"choices":[{"index":0,"text":"I am.\n\n# Query:\nMore","finish_reason":"length"}]}"#)
    }
    defer { server.stop() }
    let reply = try await model(server) {
      $0.kind = .completion(CompletionTemplate())
      $0.streams = false
    }.reply(to: request)
    #expect(reply.text == "I am.")
    #expect(reply.finish == .stop)
    let seen = try #require(server.requests.first)
    #expect(seen.path == "/v1/completions")
    #expect(seen.json?["prompt"]?.string == "Be brief.\n\n# Query:\nHi\n\n# Answer:\n")
    #expect(seen.json?["stop"] == ["# Query:", "# Answer:"])
  }

  @Test func keyGoesUnderAnotherName() async throws {
    let server = try LoopbackServer { _ in .events(Completion.stream(["a"])) }
    defer { server.stop() }
    _ = try await model(server) {
      $0.key = "0123456789"
      $0.keyHeader = .named("api-key")
    }.reply(to: request)
    #expect(server.requests.first?.headers["api-key"] == "0123456789")
    #expect(server.requests.first?.headers["authorization"] == nil)
  }

  @Test func triesAgain() async throws {
    let server = try LoopbackServer { request in
      switch request.ordinal {
      case 0: .plain(503, "busy")
      case 1: LoopbackReply([.reset])
      case 2: .plain(429, headers: ["Retry-After": "3"], "{}")
      default: .events(Completion.stream(["Hello"]))
      }
    }
    defer { server.stop() }
    let clock = RecordingClock()
    let model = try Endpoints(client: client, clock: clock).model(
      OpenAIEndpoint.Configuration(baseURL: server.url, model: "m"))
    let reply = try await model.reply(to: request)
    #expect(reply.text == "Hello")
    #expect(reply.requests == 4)
    // The kept connection was reset: libcurl tried again by itself.
    #expect(clock.sleeps.count == 2)
    #expect(try #require(clock.sleeps.last) >= .seconds(3))
  }

  @Test func keysStayOutOfErrors() async throws {
    let key = "sk-0123456789abcdef"
    let server = try LoopbackServer { _ in
      .plain(401, #"{"error":{"message":"Incorrect API key provided: \#(key)."}}"#)
    }
    defer { server.stop() }
    let error = await #expect(throws: ModelError.self) {
      try await model(server) { $0.key = key }.reply(to: request)
    }
    let text = "\(try #require(error))"
    #expect(!text.contains(key))
    #expect(text.contains("127.0.0.1:\(server.port)") && text.contains("ESPALIER_API_KEY"))
  }

  @Test func cancelledThrowsCancellation() async throws {
    let server = try LoopbackServer { _ in
      LoopbackReply([.head(), .chunk(Completion.delta("a")), .hang])
    }
    defer { server.stop() }
    let model = try model(server)
    let (started, start) = AsyncStream.makeStream(of: Void.self)
    let task = Task { [request] in
      try await model.reply(to: request) { _ in start.yield() }
    }
    for await _ in started { break }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test func servedModelsAnswerOverHTTP() async throws {
    let server = try LoopbackServer(serving: [Echo()])
    defer { server.stop() }
    let endpoints = Endpoints(client: client, clock: RecordingClock())
    var configuration = OpenAIEndpoint.Configuration(baseURL: server.url, model: "echo")
    let streamed = try await endpoints.model(configuration).reply(to: request)
    #expect(streamed.text == "Be brief.|Hi")
    configuration.streams = false
    let whole = try await endpoints.model(configuration).reply(to: request)
    #expect(whole.text == streamed.text)
    #expect(whole.usage == TokenUsage(input: 3, output: 4))
    configuration.model = "other"
    await #expect(throws: ModelError.self) {
      try await endpoints.model(configuration).reply(to: request)
    }
  }
}

private struct Echo: LanguageModel {
  let name = "echo"
  let isSimulated = true

  func reply(
    to request: ModelRequest, onText: (@Sendable (String) -> Void)?
  ) async throws -> ModelReply {
    onText?("Be br")
    return ModelReply(
      text: request.messages.map(\.content).joined(separator: "|"),
      usage: TokenUsage(input: 3, output: 4))
  }
}
