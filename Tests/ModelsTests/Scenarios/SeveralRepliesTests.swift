import HTTP
import JSON
import Models
import TestSupport
import Testing

/// One request for several replies: `n`, which servers honour, ignore or refuse.
@Suite struct SeveralRepliesTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var replies: [LoopbackReply]
    /// What came, nil for what is to be asked for alone; or why nothing did.
    var texts: [String?] = [nil, nil, nil]
    var error: ModelError.Kind?
    var requests = 1
    var learned: Bool?

    init(
      _ name: String, _ replies: LoopbackReply..., texts: [String?] = [nil, nil, nil],
      error: ModelError.Kind? = nil, requests: Int = 1, learned: Bool?
    ) {
      testDescription = name
      self.replies = replies
      self.texts = texts
      self.error = error
      self.requests = requests
      self.learned = learned
    }
  }

  private static func choice(
    _ index: Int?, _ text: String, finish: JSON = "stop", error: JSON = .null
  ) -> JSON {
    var members: [JSON.Member] = [
      .init("message", ["role": "assistant", "content": .string(text)]),
      .init("finish_reason", finish),
    ]
    if let index { members.append(.init("index", .number(Double(index)))) }
    if error != .null { members.append(.init("error", error)) }
    return .object(members)
  }

  private static func document(_ choices: JSON...) -> LoopbackReply {
    let body: JSON = ["choices": .array(choices), "usage": usage]
    return .plain(200, String(decoding: body.bytes, as: UTF8.self))
  }

  private static let usage: JSON = ["prompt_tokens": 100, "completion_tokens": 30]

  private static func piece(_ index: Int, _ text: String, finish: JSON = .null) -> String {
    Completion.event([
      "choices": [
        [
          "index": .number(Double(index)), "delta": ["content": .string(text)],
          "finish_reason": finish,
        ]
      ]
    ])
  }

  private static let interleaved = [
    piece(1, "b"), piece(0, "a"), piece(2, "c"), piece(0, "aa", finish: "stop"),
    piece(2, "cc"), piece(1, "bb", finish: "length"), piece(2, "", finish: "stop"),
    Completion.event(["choices": [], "usage": usage]), Completion.done,
  ]

  static let cases: [Case] = [
    Case(
      "honoured", document(choice(0, "a"), choice(1, "b"), choice(2, "c")),
      texts: ["a", "b", "c"], learned: true),
    Case(
      "in another order, and more than asked for",
      document(choice(2, "c"), choice(0, "a"), choice(3, "d"), choice(1, "b")),
      texts: ["a", "b", "c"], learned: true),
    Case(
      "without an index", document(choice(nil, "a"), choice(nil, "b"), choice(nil, "c")),
      texts: ["a", "b", "c"], learned: true),
    Case(
      "interleaved in a stream", .events(interleaved), texts: ["aaa", "bbb", "ccc"], learned: true),
    Case("ignored", document(choice(0, "a")), texts: ["a", nil, nil], learned: false),
    Case("ignored in a stream", Scenario.good, texts: ["Hello", nil, nil], learned: false),
    Case(
      "one of them not ended", document(choice(0, "a"), choice(1, "b", finish: .null)),
      texts: ["a", nil, nil], learned: true),
    Case(
      "one of them failed",
      document(choice(0, "a"), choice(1, "b", error: ["message": "lost"]), choice(2, "c")),
      texts: ["a", nil, "c"], learned: true),
    Case(
      "refused by name", .error(400, "'n' : number must be at most 1", parameter: "n"),
      learned: false),
    Case(
      "refused in other words", .error(400, "Only one completion choice is allowed"),
      learned: false),
    Case("refused without a word of why", .plain(422, "no"), learned: false),
    Case(
      "another field refused first", AdaptationTests.maxTokens,
      document(choice(0, "a"), choice(1, "b"), choice(2, "c")), texts: ["a", "b", "c"],
      requests: 2, learned: true),
    Case(
      "too long in any number", .error(400, "maximum context length is 512 tokens"),
      error: .rejected, learned: nil),
    Case("wrong key", .error(401, "no"), error: .stopped, learned: nil),
    Case("failed at the first time", .plain(503, "busy"), learned: nil),
    Case("crashed by it", .plain(500, "KeyError"), learned: nil),
    Case(
      "broken off", LoopbackReply([.head(), .chunk(interleaved[0]), .reset]), learned: nil),
  ]

  private static let requests = (0..<3).map { draw in
    var request = Scenario.request
    request.seed = UInt64(draw)
    return request
  }

  private func endpoints() -> Endpoints {
    Endpoints(client: HTTPClient(), clock: RecordingClock(), draw: { 0 })
  }

  private func model(_ server: LoopbackServer, _ endpoints: Endpoints) throws -> any LanguageModel {
    try endpoints.model(
      OpenAIEndpoint.Configuration(
        baseURL: server.url, model: "m", price: TokenPrice(input: 1, output: 1)))
  }

  @Test(arguments: cases) func firstTime(_ one: Case) async throws {
    let server = try LoopbackServer { one.replies[min($0.ordinal, one.replies.count - 1)] }
    defer { server.stop() }
    let endpoints = endpoints()
    let model = try model(server, endpoints)
    do {
      let shared = try #require(try await model.replies(to: Self.requests))
      #expect(shared.replies.map { $0?.text } == one.texts)
      #expect(shared.requests == one.requests)
      #expect(one.error == nil)
    } catch let error as ModelError {
      #expect(error.kind == one.error)
    }
    #expect(server.requests.count == one.requests)
    #expect(server.requests.last?.json?["n"]?.integer == 3)
    #expect(endpoints.capabilities.values.first?.givesSeveral == one.learned)

    // What is known not to be honoured isn't asked for again.
    guard one.learned == false else { return }
    #expect(try await model.replies(to: Self.requests) == nil)
    #expect(server.requests.count == one.requests)
    #expect(endpoints.capabilities.values.first?.description == "one reply a request")
  }

  @Test func aServerKnownToGiveSeveralIsTriedAgain() async throws {
    let good = Self.document(Self.choice(0, "a"), Self.choice(1, "b"), Self.choice(2, "c"))
    let server = try LoopbackServer { [.plain(503, "busy"), good][$0.ordinal % 2] }
    defer { server.stop() }
    let endpoints = endpoints()
    let model = try model(server, endpoints)
    var known = Capabilities()
    known.givesSeveral = true
    endpoints.recall(endpoints.capabilities.mapValues { _ in known })
    let shared = try #require(try await model.replies(to: Self.requests))
    #expect(shared.replies.map { $0?.text } == ["a", "b", "c"])
    #expect(shared.requests == 2)
    #expect(server.requests.count == 2)
  }

  @Test func whatOneThinksAwayIsAskedForWithMoreRoom() async throws {
    let thought: JSON = [
      "index": 1, "finish_reason": "length",
      "message": ["content": .null, "reasoning_content": "Hm."],
    ]
    let server = try LoopbackServer { _ in Self.document(Self.choice(0, "a"), thought) }
    defer { server.stop() }
    let endpoints = endpoints()
    let shared = try #require(
      try await model(server, endpoints).replies(to: Array(Self.requests.prefix(2))))
    #expect(shared.replies.map { $0?.text } == ["a", nil])
    #expect(server.requests.count == 1)
    #expect(endpoints.capabilities.values.first?.limitFactor == 4)
  }

  @Test func usageIsDividedAndCountedOnce() throws {
    let shared = SharedReply(
      replies: [
        ModelReply(text: "cached", requests: 0), ModelReply(text: "12345678"), nil,
        ModelReply(text: "1234"),
      ], usage: TokenUsage(input: 100, cachedInput: 40, output: 13), requests: 2)
    let all = shared.shares(for: [0, 1, 2, 3])
    #expect(all[0]?.reply?.requests == 0)
    #expect(all[0]?.usage == TokenUsage())
    #expect(all[1]?.reply?.usage == TokenUsage(input: 100, cachedInput: 40, output: 9))
    #expect(all[1]?.reply?.requests == 2)
    #expect(all[2]?.reply == nil)
    #expect(all[2]?.requests == 0)
    #expect(all[3]?.reply?.usage == TokenUsage(output: 4))
    #expect(all[3]?.reply?.requests == 1)

    // Who was called back pays nothing, and the next is the first.
    let rest = shared.shares(for: [2, 3])
    #expect(rest[2]?.usage == TokenUsage(input: 100, cachedInput: 40))
    #expect(rest[2]?.requests == 2)
    #expect(rest[3]?.usage == TokenUsage(output: 13))
  }
}
