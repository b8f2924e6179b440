import JSON
import Models
import TestSupport
import Testing

/// Cases 7, 14, 16, 19, 20: the many forms of a reply.
@Suite struct ReplyFormTests {
  static let text = "Hello \u{2028}😀"

  static let framings: [Scenario] = {
    let events = Completion.stream(["Hello ", "\u{2028}😀"])
    let stream = events.joined()
    func chunks(_ text: String) -> LoopbackReply { .events([text]) }
    return [
      Scenario("CRLF", chunks(stream.replacingBreaks(with: "\r\n"))),
      Scenario("CR", chunks(stream.replacingBreaks(with: "\r"))),
      Scenario(
        "byte by byte",
        LoopbackReply([.head()] + Array(stream.utf8).map { .chunk([$0]) } + [.lastChunk])),
      Scenario("byte order mark", chunks("\u{feff}" + stream)),
      Scenario(
        "other fields and comments",
        .events(events.map { ": hi\nid: 1\nevent: message\nretry: 5\n" + $0 } + ["event: x\n\n"])),
      Scenario(
        "several data lines", .events(events.map { $0.replacing(":[{", with: ":[\ndata: {") })),
      Scenario("no space", chunks(stream.replacing("data: ", with: "data:"))),
      Scenario("no [DONE]", .events(events.dropLast())),
      Scenario(
        "usage before the finish", .events([events[0], events[4], events[1], events[2], events[3]])),
      Scenario(
        "no chunks, ended by closing",
        LoopbackReply([
          .text(
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
              + stream),
          .close,
        ])),
      Scenario("undeclared", .plain(200, type: "text/plain", stream)),
      Scenario(
        "a document declared as a stream",
        .plain(200, type: "text/event-stream", Completion.document(text))),
    ]
  }()

  @Test(arguments: framings) func framingChangesNothing(_ scenario: Scenario) async throws {
    let ending = try await scenario.run()
    #expect(ending.reply?.text == Self.text)
    #expect(ending.reply?.usage == TokenUsage(input: 20, output: 5))
    #expect(ending.requests.count == 1)
  }

  static let floods: [(Scenario, ModelError.Kind)] = [
    (
      Scenario(
        "compressed without having been asked",
        .plain(200, headers: ["Content-Encoding": "gzip"], [0x1f, 0x8b, 0x08, 0, 0, 0])),
      .stopped
    ),
    (
      Scenario(
        "document without end",
        LoopbackReply([.head(), .chunk("{\"a\":\""), .endlessly(flood, every: .zero)])), .rejected
    ),
    (
      Scenario(
        "event without end",
        LoopbackReply([.head(), .chunk("data: "), .endlessly(flood, every: .zero)])), .rejected
    ),
    (
      Scenario(
        "header without end",
        LoopbackReply([
          .text("HTTP/1.1 200 OK\r\n"),
          .endlessly(Array("X-A: \(String(repeating: "a", count: 9000))\r\n".utf8), every: .zero),
        ])), .unavailable
    ),
    (
      Scenario("nested without end", .plain(200, String(repeating: "[", count: 1_000_000))),
      .stopped
    ),
  ]

  private static let flood: [UInt8] =
    Array("10000\r\n".utf8) + [UInt8](repeating: 0x61, count: 0x10000) + Array("\r\n".utf8)

  @Test(arguments: floods) func floodIsCapped(
    _ scenario: Scenario, _ kind: ModelError.Kind
  ) async throws {
    let ending = try await scenario.run()
    #expect(ending.error?.kind == kind)
  }

  struct Form: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// The choice of a document.
    var choice: String
    var text: String
    var finish: ModelReply.Finish
    var reasoning: String?
    var fault: String?

    init(
      _ name: String, _ choice: String, _ text: String, _ finish: ModelReply.Finish = .stop,
      reasoning: String? = nil, fault: String? = nil
    ) {
      testDescription = name
      self.choice = choice
      self.text = text
      self.finish = finish
      self.reasoning = reasoning
      self.fault = fault
    }
  }

  static let forms: [Form] = [
    Form("plain", #""message":{"content":"a"},"finish_reason":"stop""#, "a"),
    Form(
      "parts",
      #""message":{"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]},"finish_reason":"stop""#,
      "ab"),
    Form("null", #""message":{"content":null},"finish_reason":"stop""#, "", fault: "empty"),
    Form("empty", #""message":{"content":" \n"},"finish_reason":"stop""#, " \n", fault: "empty"),
    Form(
      "refusal", #""message":{"content":null,"refusal":"I can't."},"finish_reason":"stop""#, "",
      .refusal("I can't."), fault: "I can't."),
    Form(
      "content filter", #""message":{"content":"a"},"finish_reason":"content_filter""#, "a",
      .contentFilter, fault: "filter"),
    Form(
      "tools",
      #""message":{"content":null,"tool_calls":[{"id":"1"}]},"finish_reason":"tool_calls""#, "",
      .toolCalls, fault: "tools"),
    Form(
      "tools under stop",
      #""message":{"content":null,"tool_calls":[{"id":"1"}]},"finish_reason":"stop""#, "",
      .toolCalls, fault: "tools"),
    Form("cut", #""message":{"content":"a b"},"finish_reason":"length""#, "a b", .length),
    Form(
      "another finish", #""message":{"content":"a"},"finish_reason":"weird""#, "a", .other("weird"),
      fault: "weird"),
    Form(
      "reasoning_content",
      #""message":{"content":"a","reasoning_content":"hm"},"finish_reason":"stop""#, "a",
      reasoning: "hm"),
    Form(
      "reasoning", #""message":{"content":"a","reasoning":"hm"},"finish_reason":"stop""#, "a",
      reasoning: "hm"),
    Form(
      "think", #""message":{"content":"<think>hm</think>\n\na"},"finish_reason":"stop""#, "a",
      reasoning: "hm"),
    Form(
      "think without its start", #""message":{"content":"hm</think>a"},"finish_reason":"stop""#,
      "a", reasoning: "hm"),
    Form(
      "reasoning only", #""message":{"content":null,"reasoning":"hm"},"finish_reason":"stop""#, "",
      reasoning: "hm", fault: "reasoned"),
    Form(
      "control characters",
      #""message":{"content":"\u0000\u001b]52;c;\u202e"},"finish_reason":"stop""#,
      "\0\u{1b}]52;c;\u{202e}"),
    Form("damaged", #""message":{"content":"a\ud83db"},"finish_reason":"stop""#, "a\u{fffd}b"),
  ]

  @Test(arguments: forms) func readsForms(_ form: Form) async throws {
    let ending = try await Scenario("", .plain(200, #"{"choices":[{\#(form.choice)}]}"#)).run()
    let reply = try #require(ending.reply)
    #expect(reply.text == form.text)
    #expect(reply.finish == form.finish)
    #expect(reply.reasoning == form.reasoning)
    #expect((reply.fault == nil) == (form.fault == nil))
    #expect(reply.fault?.contains(form.fault ?? "") ?? true)
  }

  @Test func reasoningThatSpentTheLimitGetsMoreOnce() async throws {
    let spent = LoopbackReply.plain(
      200,
      #"{"choices":[{"message":{"content":"","reasoning":"hm"},"finish_reason":"length"}],"usage":{"prompt_tokens":10,"completion_tokens":64}}"#
    )
    let ending = try await Scenario("", spent, Scenario.good).run(calls: 2)
    #expect(ending.requests.map { $0.json?["max_tokens"]?.integer } == [64, 256, 256])
    let always = try await Scenario("", spent).run()
    #expect(always.requests.count == 2)
    #expect(always.reply?.fault?.contains("reasoning") == true)
    #expect(always.reply?.usage == TokenUsage(input: 20, output: 128))
    #expect(always.reply?.requests == 2)
  }

  static let usages: [(String, TokenUsage)] = [
    (#"{"prompt_tokens":20,"completion_tokens":5}"#, TokenUsage(input: 20, output: 5)),
    (#"{"prompt_tokens":"20","completion_tokens":5.0}"#, TokenUsage(input: 20, output: 5)),
    (
      #"{"prompt_tokens":20,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":16}}"#,
      TokenUsage(input: 20, cachedInput: 16, output: 5)
    ),
    (
      #"{"prompt_tokens":20,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":99}}"#,
      TokenUsage(input: 20, cachedInput: 20, output: 5)
    ),
    (
      #"{"prompt_tokens":20,"completion_tokens":5,"prompt_tokens_details":null}"#,
      TokenUsage(input: 20, output: 5)
    ),
    ("null", estimate), ("{}", estimate), ("[]", estimate),
    (
      #"{"prompt_tokens":0,"completion_tokens":0}"#,
      TokenUsage(input: 11, output: 0, isEstimated: true)
    ),
    (#"{"prompt_tokens":-20,"completion_tokens":-5}"#, estimate),
    (#"{"prompt_tokens":NaN,"completion_tokens":99999999999999999999999}"#, estimate),
  ]

  /// 11 bytes and 16 for each of two messages, 5 bytes of reply; four to a token.
  private static let estimate = TokenUsage(input: 11, output: 2, isEstimated: true)

  @Test(arguments: usages) func readsUsage(_ usage: String, _ expected: TokenUsage) async throws {
    let reply =
      #"{"choices":[{"message":{"content":"Hello"},"finish_reason":"stop"}],"usage":\#(usage)}"#
    let ending = try await Scenario("", .plain(200, reply)).run()
    #expect(ending.reply?.usage == expected)
    #expect(ending.requests.count == 1)
  }
}

extension String {
  fileprivate func replacingBreaks(with other: String) -> String { replacing("\n", with: other) }
}
