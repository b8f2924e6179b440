import HTTP
import JSON
import Models
import TestSupport
import Testing

/// Cases 6, 9, 12, 13, 15 and the rows of the decision table: what a server's words and status mean.
@Suite struct ErrorReplyTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var reply: LoopbackReply
    var kind: ModelError.Kind
    var requests: Int
    /// What the message must hold.
    var words: String

    init(
      _ name: String, _ reply: LoopbackReply, _ kind: ModelError.Kind, _ requests: Int,
      says words: String = ""
    ) {
      testDescription = name
      self.reply = reply
      self.kind = kind
      self.requests = requests
      self.words = words
    }
  }

  static let stops: [Row] = [
    Row("401", .error(401, "bad key"), .stopped, 1, says: "set ESPALIER_API_KEY"),
    Row(
      "401 detail", .plain(401, #"{"detail":"Unauthorized"}"#), .stopped, 1, says: "“Unauthorized”"),
    Row("402", .error(402, "pay"), .stopped, 1, says: "payment"),
    Row(
      "403 of a country", .error(403, "Country not supported"), .stopped, 1,
      says: "the server forbids it (403): “Country not supported”"),
    Row("403 of a key", .error(403, "Bad API key"), .stopped, 1, says: "set ESPALIER_API_KEY"),
    Row(
      "404 of a model", .error(404, "The model `m` does not exist", code: "model_not_found"),
      .stopped, 1, says: "no model"),
    Row(
      "404 of a page", .plain(404, type: "text/html", "<html><title>Not Found</title>"), .stopped,
      1, says: "check the URL, or set kind = \"completions\" where it knows no chat"),
    Row(
      "400 of a model",
      .plain(400, #"{"error":{"message":"Invalid model name passed in model=m","code":"400"}}"#),
      .stopped, 1, says: "no model"),
    Row(
      "429 of quota by code",
      .error(429, "You exceeded your current quota", code: "insufficient_quota"), .stopped, 1,
      says: "quota"),
    Row(
      "429 of quota by type",
      .plain(429, #"{"error":{"type":"credit_balance_exhausted","message":"x"}}"#), .stopped, 1,
      says: "credit"),
    Row(
      "400 of TLS",
      .plain(
        400, type: "text/html",
        "<html><title>400 The plain HTTP request was sent to HTTPS port</title></html>"),
      .stopped, 1, says: "give an https:// address"),
    Row("429 of spend", .error(429, "x", code: "spend_limit_exceeded"), .stopped, 1, says: "quota"),
  ]

  static let rejections: [Row] = [
    Row(
      "too long by code", .error(400, "x", code: "context_length_exceeded"), .rejected, 1,
      says: "longer than"),
    Row(
      "too long by type",
      .plain(
        400,
        #"{"error":{"code":400,"message":"the request exceeds the available context size","type":"exceed_context_size_error","n_prompt_tokens":9000,"n_ctx":512}}"#
      ), .rejected, 1, says: "longer than"),
    Row(
      "too long in words",
      .error(400, "This model's maximum context length is 4096 tokens. Please reduce max_tokens."),
      .rejected, 1, says: "longer than"),
    Row(
      "too long, 500", .error(500, "Requested tokens (9000) exceed context window of 512"),
      .rejected, 1, says: "longer than"),
    Row(
      "too long, flat",
      .plain(
        400, #"{"object":"error","message":"The input is too long for the model","code":400}"#),
      .rejected, 1, says: "longer than"),
    Row(
      "content filter", .error(400, "filtered", code: "content_filter"), .rejected, 1,
      says: "content filter"),
    Row("malformed", .error(400, "messages: wrong"), .rejected, 1, says: "messages: wrong"),
    Row(
      "FastAPI's list",
      .plain(422, #"{"detail":[{"loc":["body","messages"],"msg":"field required"}]}"#), .rejected,
      1, says: "body.messages: field required"),
    // Twice in a second may be a server that has crashed and is coming up again.
    Row("500, always the same", .error(500, "KeyError"), .rejected, 3, says: "KeyError"),
  ]

  static let passing: [Row] = [
    Row("408", .error(408, "x"), .unavailable, 6),
    Row("409", .error(409, "x"), .unavailable, 6),
    Row("429", .error(429, "slow down"), .unavailable, 6, says: "slow down"),
    Row(
      "502", .plain(502, type: "text/html", "<html><title>Bad Gateway</title></html>"),
      .unavailable, 6, says: "Bad Gateway"),
    Row(
      "503 of a page without a title",
      .plain(503, type: "text/html", "<html><body><h1>503 Sorry</h1></body></html>"),
      .unavailable, 6, says: "(503): “a web page: 503 Sorry”"),
    Row(
      "503", .plain(503, type: "text/plain", "loading model"), .unavailable, 6,
      says: "loading model"),
    Row("529", .plain(529, ""), .unavailable, 6, says: "529"),
  ]

  static let goodStatus: [Row] = [
    Row(
      "error object in the stream",
      .events([
        Completion.delta("Hel"), "data: {\"error\":{\"message\":\"engine died\",\"code\":502}}\n\n",
      ]), .unavailable, 6, says: "engine died"),
    Row(
      "error text in the stream",
      .events([Completion.delta("Hel"), "data: {\"error\":\"engine died\"}\n\n"]), .unavailable, 6,
      says: "engine died"),
    Row(
      "finish for an error", .events([Completion.delta("Hel"), Completion.finish("error")]),
      .unavailable, 6),
    Row(
      "error under 200", .plain(200, #"{"error":{"message":"engine died"}}"#), .unavailable, 6,
      says: "engine died"),
    Row(
      "too long under 200",
      .plain(200, #"{"error":{"message":"x","code":"context_length_exceeded"}}"#), .rejected, 1,
      says: "longer than"),
    Row(
      "bad key under 200", .plain(200, #"{"error":{"message":"x","code":401}}"#), .stopped, 1,
      says: "key"),
    Row(
      "web page", .plain(200, type: "text/html", "<html><title>Welcome</title>"), .stopped, 2,
      says: "Welcome"),
    // Each time it is asked without a stream, too, for a server may tell more so.
    Row("nothing", .plain(200, ""), .rejected, 6, says: "empty"),
    Row("other JSON", .plain(200, #"{"hello":"world"}"#), .stopped, 2, says: "hello"),
    Row("words as a stream", .events(["hello"]), .rejected, 6, says: "empty"),
  ]

  @Test(arguments: stops + rejections + passing + goodStatus)
  func meansWhatItSays(_ row: Row) async throws {
    let ending = try await Scenario(row.testDescription, row.reply).run()
    let error = try #require(ending.error)
    #expect(error.kind == row.kind)
    #expect(ending.requests.count == row.requests)
    let text = "\(error)"
    #expect(text.contains(row.words))
    #expect(text.contains("m at 127.0.0.1:"))
  }

  @Test(arguments: passing) func passes(_ row: Row) async throws {
    let ending = try await Scenario("", row.reply, Scenario.good).run()
    #expect(ending.reply?.text == "Hello")
    #expect(ending.reply?.requests == 2)
  }

  /// As llama-cpp-python has it for a prompt that is too long.
  @Test func `a stream without a word is asked for again without a stream, which says why`()
    async throws
  {
    let ending = try await Scenario(
      "", .events([]), .error(400, "x", code: "context_length_exceeded")
    ).run()
    #expect(ending.error?.kind == .rejected)
    #expect("\(try #require(ending.error))".contains("longer than the model's context"))
    #expect(ending.requests.map { $0.json?["stream"] == .bool(true) } == [true, false])
  }

  @Test func `a server that can't stream is asked without one from then on`() async throws {
    let ending = try await Scenario("", .events([]), .plain(200, Completion.document("Hello")))
      .run(calls: 2)
    #expect(ending.reply?.text == "Hello")
    #expect(ending.requests.map { $0.json?["stream"] == .bool(true) } == [true, false, false])
  }

  @Test(arguments: [301, 302, 303, 307, 308]) func redirectIsNotFollowed(_ status: Int) async throws
  {
    let other = try LoopbackServer { _ in .plain(200, Completion.document("stolen")) }
    defer { other.stop() }
    let redirect = LoopbackReply.plain(status, headers: ["Location": other.url + "/v1"], "")
    let ending = try await Scenario("", redirect).run { $0.key = "sk-0123456789" }
    #expect(ending.error?.kind == .stopped)
    #expect("\(try #require(ending.error))".contains(other.url))
    #expect(ending.requests.count == 1)
    #expect(other.requests.isEmpty)
  }
}
