import Locking
import Models
import Testing

@Suite struct CachingModelTests {
  /// Keeps replies in memory, by the bytes of their requests.
  private final class Memory: ReplyStore {
    let replies = Locked<[[UInt8]: ModelReply]>([:])
    func reply(to request: [UInt8]) async -> ModelReply? { replies.withLock { $0[request] } }
    func keep(_ reply: ModelReply, to request: [UInt8]) async {
      replies.withLock { $0[request] = reply }
    }
  }

  private struct Counted: LanguageModel {
    let name = "m"
    let isSimulated = false
    let count = Locked(0)
    var finish = ModelReply.Finish.stop
    func reply(
      to request: ModelRequest, onText: (@Sendable (String) -> Void)?
    ) async throws -> ModelReply {
      count.withLock { $0 += 1 }
      return ModelReply(
        text: "four", finish: finish, usage: TokenUsage(input: 9, output: 1), cost: 0.1)
    }
    func replies(to requests: [ModelRequest]) async throws -> SharedReply? {
      SharedReply(
        replies: requests.map { _ in ModelReply(text: "two of \(requests.count)") },
        usage: TokenUsage(input: 9, output: requests.count))
    }
  }

  private static let request = ModelRequest(
    messages: [.init(.user, "2+2?")], sampling: Sampling(temperature: 0, maxTokens: 9), seed: 1)
  private static let scope = RequestScope(endpoint: "http://a/v1", model: "m", role: "base")

  @Test func isAskedOnce() async throws {
    let (model, memory) = (Counted(), Memory())
    let caching = CachingModel(model: model, scope: Self.scope, store: memory)
    let first = try await caching.reply(to: Self.request)
    #expect(first.requests == 1)
    await caching.keep(first, to: Self.request)
    let second = try await caching.reply(to: Self.request)
    #expect(second.text == first.text)
    #expect(second.requests == 0 && second.cost == 0 && second.usage == TokenUsage())
    #expect(model.count.withLock { $0 } == 1)
  }

  @Test func onlyWhatIsNotKnownIsAskedForTogether() async throws {
    let (model, memory) = (Counted(), Memory())
    let caching = CachingModel(model: model, scope: Self.scope, store: memory)
    let requests = (0..<3).map { draw in
      var request = Self.request
      request.seed = UInt64(draw)
      return request
    }
    await caching.keep(ModelReply(text: "five"), to: requests[1])
    let shared = try #require(try await caching.replies(to: requests))
    #expect(shared.replies.map { $0?.text } == ["two of 2", "five", "two of 2"])
    #expect(shared.replies.map { $0?.requests } == [1, 0, 1])
    #expect(shared.usage == TokenUsage(input: 9, output: 2))
    await caching.keep(ModelReply(text: "six"), to: requests[0])
    // There is no question for two left.
    #expect(try await caching.replies(to: requests) == nil)
  }

  @Test func keepsNothingThatNobodyFoundGood() async throws {
    let memory = Memory()
    _ = try await CachingModel(model: Counted(), scope: Self.scope, store: memory)
      .reply(to: Self.request)
    #expect(memory.replies.withLock { $0.isEmpty })
  }

  @Test(arguments: [ModelReply.Finish.contentFilter, .refusal("no"), .toolCalls, .other("?")])
  func keepsNoReplyThatIsNotWhole(_ finish: ModelReply.Finish) async throws {
    let memory = Memory()
    let caching = CachingModel(model: Counted(finish: finish), scope: Self.scope, store: memory)
    await caching.keep(try await caching.reply(to: Self.request), to: Self.request)
    #expect(memory.replies.withLock { $0.isEmpty })
  }

  private static let changes: [(name: String, make: @Sendable (inout ModelRequest) -> Void)] = [
    ("words", { $0.messages[0].content = "2+3?" }),
    ("speaker", { $0.messages[0].speaker = .system }),
    ("temperature", { $0.sampling.temperature = 1 }),
    ("top_p", { $0.sampling.topP = 1 }),
    ("limit", { $0.sampling.maxTokens = 10 }),
    ("format", { $0.format = .json }),
    ("schema", { $0.schema = "{}" }),
    ("seed", { $0.seed = .max }),
    ("sample", { $0.sample = 1 }),
  ]

  @Test(arguments: changes.indices)
  func anotherQuestionHasOtherBytes(_ index: Int) {
    var other = Self.request
    Self.changes[index].make(&other)
    #expect(
      other.canonicalBytes(in: Self.scope) != Self.request.canonicalBytes(in: Self.scope),
      "\(Self.changes[index].name)")
  }

  @Test(
    arguments: [
      RequestScope(endpoint: "http://b/v1", model: "m", role: "base"),
      RequestScope(endpoint: "http://a/v1", model: "n", role: "base"),
      RequestScope(endpoint: "http://a/v1", model: "m", role: "judge"),
    ])
  func anotherModelHasOtherBytes(_ scope: RequestScope) {
    #expect(Self.request.canonicalBytes(in: scope) != Self.request.canonicalBytes(in: Self.scope))
  }
}
