import Glibc
import HTTP
import JSON
import Locking
import Models
import Testing

/// Genuine servers, where they run on this machine: llama.cpp behind llama-cpp-python (port 8082) and
/// the LiteLLM proxy with mocked models (port 4000). Nothing else shows what servers really do.
/// `.ci/interop` starts them, and has the program meet them too. What was seen, with llama-cpp-python
/// 0.3.36 and LiteLLM 1.106.2:
///
/// - llama.cpp, a prompt too long: a stream without a word, and without a stream a 400 that says why.
///   Asked again without a stream, and rejected.
/// - llama.cpp, six calls at its one slot: it ends the stream that runs when another call comes in.
///   Given fewer at a time, it answers all.
/// - llama.cpp, a wrong key: 401. The role stops and the run pauses.
/// - llama.cpp, killed in its first reply and started again: the body breaks off (curl 18), then
///   connections are refused. Tried again until it stands; the search ends as if nothing had been.
/// - LiteLLM, slow: silence for 5 s, then the whole stream. Waited for.
/// - LiteLLM, rpm2: 429 with `llm_provider-retry-after: 60`, and refused requests count towards the two a
///   minute. A search of three answers waits for it, and ends after two minutes.
/// - LiteLLM, midstream-error: an error of code 529 in the stream. Tried again; the run pauses after a
///   minute of nothing else.
/// - LiteLLM, server-error and dead-upstream: 500 with the same words each time. Rejected, and the run
///   pauses where nothing else comes.
/// - LiteLLM, content-filter and ctx-exceeded: 400 with the reason in words. Rejected: the node fails.
@Suite(.serialized) enum InteropTests {
  static func isListening(_ port: UInt16) -> Bool {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }

  @Suite(.serialized, .enabled(if: isListening(8082), "no llama.cpp server on port 8082"))
  struct LlamaCpp {
    private let endpoints = Endpoints(client: HTTPClient())
    private var configuration = OpenAIEndpoint.Configuration(
      baseURL: "http://127.0.0.1:8082", model: "tiny", key: "sk-test-lcp", maxConcurrency: 1)
    private let request = ModelRequest(
      messages: [.init(.system, "Be brief."), .init(.user, "Hi")],
      sampling: Sampling(temperature: 0, maxTokens: 16), seed: 7)

    @Test(arguments: [true, false]) mutating func chats(_ streams: Bool) async throws {
      configuration.streams = streams
      let pieces = Locked<[String]>([])
      let reply = try await endpoints.model(configuration).reply(to: request) { piece in
        pieces.withLock { $0.append(piece) }
      }
      #expect(!reply.text.isEmpty)
      #expect([.length, .stop].contains(reply.finish))
      #expect(reply.usage.input > 0)
      #expect(pieces.withLock { $0.joined() } == reply.text)
    }

    @Test mutating func continues() async throws {
      configuration.kind = .completion(CompletionTemplate())
      let reply = try await endpoints.model(configuration).reply(to: request)
      #expect([.length, .stop].contains(reply.finish))
    }

    @Test func answersInJSON() async throws {
      var request = request
      request.format = .json
      request.schema =
        #"{"type":"object","properties":{"score":{"type":"integer"}},"required":["score"]}"#
      request.sampling.maxTokens = 64
      let reply = try await endpoints.model(configuration).reply(to: request)
      #expect([.length, .stop].contains(reply.finish))
      if reply.finish == .stop { #expect(JSON(parsing: reply.text)?.isObject == true) }
    }

    @Test(arguments: [true, false]) mutating func tellsPromptsThatAreTooLong(
      _ streams: Bool
    ) async throws {
      configuration.streams = streams
      var request = request
      request.messages = [.init(.user, String(repeating: "word ", count: 3000))]
      let error = await #expect(throws: ModelError.self) {
        try await endpoints.model(configuration).reply(to: request)
      }
      #expect(error?.kind == .rejected)
    }

    @Test mutating func refusedKeyStops() async throws {
      configuration.key = "sk-wrong-key"
      let error = await #expect(throws: ModelError.self) {
        try await endpoints.model(configuration).reply(to: request)
      }
      #expect(error?.kind == .stopped)
      #expect("\(try #require(error))".contains("ESPALIER_API_KEY"))
    }

    @Test func oneSlotServesManyInTurn() async throws {
      let model = try endpoints.model(configuration)
      try await withThrowingTaskGroup(of: ModelReply.self) { group in
        for _ in 0..<6 { group.addTask { try await model.reply(to: request) } }
        for try await reply in group { #expect(reply.usage.input > 0) }
      }
    }

    @Test func saysWhatItServes() async throws {
      let survey = try await endpoints.survey(configuration)
      #expect(survey.serves("tiny") == true)
      #expect(survey.serves("other") == false)
    }
  }

  @Suite(.serialized, .enabled(if: isListening(4000), "no LiteLLM proxy on port 4000"))
  struct LiteLLM {
    private let request = ModelRequest(
      messages: [.init(.user, "Hi")], sampling: Sampling(maxTokens: 64))

    private func reply(_ model: String, key: String = "sk-test-1234") async throws -> ModelReply {
      let policy = RetryPolicy(
        attempts: 2, shortest: .milliseconds(10), longest: .milliseconds(20), patience: .seconds(5))
      return try await Endpoints(client: HTTPClient(), policy: policy).model(
        OpenAIEndpoint.Configuration(baseURL: "http://127.0.0.1:4000", model: model, key: key)
      ).reply(to: request)
    }

    @Test(arguments: [
      ("ok", "Hello from the mock."), ("json-judge", #"{"score": 7, "reason": "fine"}"#),
      ("unicode", "café 😀 line\u{2028}sep \0 end"),
    ])
    func mockedModelsAnswer(_ model: String, _ text: String) async throws {
      #expect(try await reply(model).text == text)
    }

    @Test(arguments: [
      ("rate-limited", ModelError.Kind.unavailable), ("ctx-exceeded", .rejected),
      ("server-error", .rejected), ("content-filter", .rejected),
      ("midstream-error", .unavailable), ("no-such-model", .stopped),
      ("dead-upstream", .rejected),
    ])
    func failuresHaveTheirKind(_ model: String, _ kind: ModelError.Kind) async throws {
      let error = await #expect(throws: ModelError.self) { try await reply(model) }
      #expect(error?.kind == kind, "\(String(describing: error))")
    }

    /// Not a word for 5 seconds, and then all of it.
    @Test func slowModelIsWaitedFor() async throws {
      #expect(try await reply("slow").text == "slow")
    }

    /// The proxy streams what the engine behind it says.
    @Test(.enabled(if: isListening(8082), "no llama.cpp server on port 8082"))
    func engineBehindTheProxy() async throws {
      let reply = try await reply("via-llama")
      #expect(!reply.text.isEmpty)
      #expect([.length, .stop].contains(reply.finish))
    }

    /// Its limiter is real: two a minute. It asks to wait for a minute, which is more than is waited here.
    @Test func thirdRequestOfAMinuteIsRefused() async throws {
      var refusals: [ModelError] = []
      for _ in 1...3 {
        do {
          _ = try await reply("rpm2")
        } catch let error as ModelError {
          refusals.append(error)
        }
      }
      #expect(!refusals.isEmpty)
      #expect(refusals.allSatisfy { $0.kind == .postponed && "\($0)".contains("429") })
    }
  }
}
