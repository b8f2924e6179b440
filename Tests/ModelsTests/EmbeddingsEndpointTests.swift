import HTTP
import JSON
import Models
import TestSupport
import Testing

@Suite struct EmbeddingsEndpointTests {
  /// A server whose vector of a text is its length and one, given in reverse order.
  private static func reply(_ request: LoopbackRequest) -> LoopbackReply {
    let texts = request.json?["input"]?.array?.compactMap(\.string) ?? []
    let data = texts.enumerated().reversed().map { index, text -> JSON in
      [
        "index": .number(Double(index)),
        "embedding": [.number(Double(text.utf8.count)), 1.5],
      ]
    }
    let body: JSON = ["data": .array(data)]
    return .plain(200, body.bytes)
  }

  private func endpoint(_ server: LoopbackServer) throws -> EmbeddingsEndpoint {
    try Endpoints(client: HTTPClient(), clock: RecordingClock()).embeddings(
      OpenAIEndpoint.Configuration(baseURL: server.url, model: "e"))
  }

  @Test func givesVectorsInOrderAcrossBatches() async throws {
    let server = try LoopbackServer(Self.reply)
    defer { server.stop() }
    let texts = (0..<150).map { String(repeating: "a", count: $0) }
    let vectors = try await endpoint(server).vectors(for: texts)
    #expect(vectors == (0..<150).map { [Float($0), 1.5] })
    #expect(server.requests.map(\.path) == ["/v1/embeddings", "/v1/embeddings", "/v1/embeddings"])
  }

  @Test func nothingIsAskedForNothing() async throws {
    let server = try LoopbackServer(Self.reply)
    defer { server.stop() }
    #expect(try await endpoint(server).vectors(for: []).isEmpty)
    #expect(server.requests.isEmpty)
  }

  @Test func triesAgain() async throws {
    let server = try LoopbackServer { request in
      request.ordinal == 0 ? .plain(503, "busy") : Self.reply(request)
    }
    defer { server.stop() }
    #expect(try await endpoint(server).vectors(for: ["ab"]) == [[2, 1.5]])
  }

  @Test(arguments: [
    #"{"data":[]}"#, #"{"data":[{"index":0,"embedding":[]}]}"#,
    #"{"data":[{"index":5,"embedding":[1]}]}"#,
    #"{"data":[{"index":0,"embedding":["a"]}]}"#, #"{"data":[{"index":0,"embedding":[NaN]}]}"#,
    #"{"error":"none"}"#, "<html>",
  ])
  func refusesOtherReplies(_ body: String) async throws {
    let server = try LoopbackServer { _ in .plain(200, body) }
    defer { server.stop() }
    await #expect(throws: ModelError.self) { try await endpoint(server).vectors(for: ["a"]) }
  }
}
