import HTTP
import JSON
import Locking
import Models
import TestSupport
import Testing

@Suite struct EmbeddingsEndpointTests {
  /// A server whose vector of a text is its length and a half more than one, given in reverse order.
  private static func reply(_ request: LoopbackRequest) -> LoopbackReply {
    let texts = request.json?["input"]?.array?.compactMap(\.string) ?? []
    let data = texts.enumerated().reversed().map { index, text -> JSON in
      [
        "index": .number(Double(index)),
        "embedding": [.number(Double(text.utf8.count)), 1.5],
      ]
    }
    let body: JSON = ["data": .array(data), "usage": ["prompt_tokens": 7, "total_tokens": 7]]
    return .plain(200, body.bytes)
  }

  private func endpoint(
    _ server: LoopbackServer, observe: @escaping @Sendable (AttemptRecord) -> Void = { _ in }
  ) throws -> EmbeddingsEndpoint {
    try Endpoints(client: HTTPClient(), clock: RecordingClock(), observe: observe).embeddings(
      OpenAIEndpoint.Configuration(
        baseURL: server.url, model: "e", price: TokenPrice(input: 1_000_000, output: 0)))
  }

  @Test func givesVectorsInOrder() async throws {
    let server = try LoopbackServer(Self.reply)
    defer { server.stop() }
    let texts = (0..<50).map { String(repeating: "a", count: $0) }
    let embeddings = try await endpoint(server).embeddings(of: texts)
    #expect(embeddings.vectors == (0..<50).map { [Float($0), 1.5] })
    #expect(embeddings.usage == TokenUsage(input: 7))
    #expect(embeddings.requests == 1)
    #expect(server.requests.map(\.path) == ["/v1/embeddings"])
  }

  @Test func triesAgain() async throws {
    let server = try LoopbackServer { request in
      request.ordinal == 0 ? .plain(503, "busy") : Self.reply(request)
    }
    defer { server.stop() }
    let failures = Locked<[String?]>([])
    let embeddings = try await endpoint(server) { attempt in
      failures.withLock { $0.append(attempt.failure) }
    }.embeddings(of: ["ab"])
    #expect(embeddings.vectors == [[2, 1.5]])
    #expect(embeddings.requests == 2)
    #expect(failures.withLock { $0.map { $0 != nil } } == [true, false])
  }

  /// The server has done its work, such as it is: it counts.
  @Test func aReplyThatIsOfNoUseIsPaidFor() async throws {
    let server = try LoopbackServer { request in
      request.ordinal == 0
        ? .plain(200, #"{"data":[],"usage":{"prompt_tokens":9}}"#) : Self.reply(request)
    }
    defer { server.stop() }
    let spending = Spending()
    let embeddings = try await Spending.$current.withValue(spending) {
      try await endpoint(server, observe: Spending.observe).embeddings(of: ["ab"])
    }
    #expect(embeddings.usage.input == 16)
    #expect(spending.sum.usage.input == 16 && spending.sum.cost == 16)
  }

  @Test(
    arguments: [
      (#""usage":{"prompt_tokens":5}"#, 5, false), (#""usage":{"total_tokens":"6"}"#, 6, false),
      (#""usage":{"prompt_tokens":-1,"total_tokens":4}"#, 4, false),
      (#""usage":{"prompt_tokens":0}"#, 3, true), (#""usage":null"#, 3, true),
    ])
  func readsUsageLeniently(_ usage: String, _ tokens: Int, _ isEstimated: Bool) async throws {
    let server = try LoopbackServer { _ in
      .plain(200, #"{"data":[{"embedding":[1]}],\#(usage)}"#)
    }
    defer { server.stop() }
    let embeddings = try await endpoint(server).embeddings(of: ["nine char"])
    #expect(embeddings.usage == TokenUsage(input: tokens, isEstimated: isEstimated))
  }

  @Test(arguments: [
    #"{"data":[]}"#, #"{"data":[{"index":0,"embedding":[]}]}"#,
    #"{"data":[{"index":5,"embedding":[1]}]}"#,
    #"{"data":[{"index":0,"embedding":["a"]}]}"#, #"{"data":[{"index":0,"embedding":[NaN]}]}"#,
    #"{"data":[{"index":0,"embedding":[1e300]}]}"#, #"{"error":"none"}"#, "<html>",
  ])
  func refusesOtherReplies(_ body: String) async throws {
    let server = try LoopbackServer { _ in .plain(200, body) }
    defer { server.stop() }
    await #expect(throws: ModelError.self) { try await endpoint(server).embeddings(of: ["a"]) }
  }
}
