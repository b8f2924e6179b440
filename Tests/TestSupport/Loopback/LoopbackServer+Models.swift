import Glibc
package import JSON
import Locking
package import Models

extension LoopbackServer {
  /// Serves models as an OpenAI-compatible server would: `/v1/models`, and `/v1/chat/completions`
  /// with and without a stream. So the whole program can be tested over real HTTP.
  ///
  /// A request's `seed` has 31 bits on the wire; a model that draws from it gets those.
  ///
  /// - Parameter givesSeveral: whether `n` is honoured; else it is ignored, as llama-cpp-python does.
  ///   The further replies are further samples of the same draw.
  package convenience init(
    serving models: [any LanguageModel], givesSeveral: Bool = false
  ) throws {
    try self.init { request, connection in
      switch request.path {
      case "/v1/models":
        let list = models.map { JSON.object([.init("id", .string($0.name))]) }
        return connection.perform(
          .plain(200, String(decoding: (["data": .array(list)] as JSON).bytes, as: UTF8.self)))
      case "/v1/chat/completions":
        guard let body = request.json, let modelRequest = ModelRequest(chat: body) else {
          return connection.perform(.plain(400, #"{"error":{"message":"malformed"}}"#))
        }
        guard let model = models.first(where: { $0.name == body["model"]?.string }) else {
          let error = #"{"error":{"message":"no such model","code":"model_not_found"}}"#
          return connection.perform(.plain(404, error))
        }
        if givesSeveral, let count = body["n"]?.integer, count > 1 {
          return ServedCall(connection).run(model, modelRequest.samples(count))
        }
        return ServedCall(connection).run(
          model, modelRequest, isStreamed: body["stream"] == .bool(true))
      default:
        return connection.perform(.plain(404, #"{"error":{"message":"no such page"}}"#))
      }
    }
  }
}

extension ModelRequest {
  /// From the body of a chat completion.
  package init?(chat body: JSON) {
    guard let list = body["messages"]?.array else { return nil }
    let messages = list.compactMap { item -> Message? in
      guard let role = item["role"]?.string, let content = item["content"]?.string else {
        return nil
      }
      return Message(
        Message.Speaker(rawValue: role == "developer" ? "system" : role) ?? .user, content)
    }
    func number(_ key: String) -> Double? {
      if case .number(let value) = body[key] { value } else { nil }
    }
    self.init(
      messages: messages,
      sampling: Sampling(
        temperature: number("temperature"), topP: number("top_p"),
        maxTokens: (body["max_tokens"] ?? body["max_completion_tokens"])?.integer),
      format: body["response_format"] == nil ? .text : .json,
      schema: (body["response_format"]?["json_schema"]?["schema"]).map {
        String(decoding: $0.bytes, as: UTF8.self)
      },
      seed: UInt64(max(0, body["seed"]?.integer ?? 0)))
  }
}

extension ModelRequest {
  fileprivate func samples(_ count: Int) -> [ModelRequest] {
    (0..<count).map { sample in
      var request = self
      request.sample = sample
      return request
    }
  }
}

/// One call to a served model: joins the connection's thread with the model's task.
private struct ServedCall: Sendable {
  private let connection: LoopbackConnection
  private let result = Locked<Result<[ModelReply], any Error>?>(nil)
  private let streamed = Locked("")

  init(_ connection: LoopbackConnection) { self.connection = connection }

  func run(_ model: any LanguageModel, _ request: ModelRequest, isStreamed: Bool) -> Bool {
    if isStreamed { _ = connection.perform(LoopbackReply([.head()])) }
    return perform { await ask(model, [request], isStreamed: isStreamed) }
      && connection.perform(reply(isStreamed: isStreamed))
  }

  /// All at once, in one document.
  func run(_ model: any LanguageModel, _ requests: [ModelRequest]) -> Bool {
    perform { await ask(model, requests, isStreamed: false) }
      && connection.perform(reply(isStreamed: false))
  }

  /// - Returns: false when it can't be done.
  private func perform(_ work: @escaping @Sendable () async -> Void) -> Bool {
    var done: [Int32] = [-1, -1]
    guard pipe(&done) == 0 else { return false }
    done.forEach(keepFromChildren)
    let ended = done[1]
    let task = Task {
      await work()
      // The reader's descriptor is closed only after this end is.
      close(ended)
    }
    if !connection.waitUnlessLeft(for: done[0]) { task.cancel() }
    var byte: UInt8 = 0
    _ = read(done[0], &byte, 1)
    close(done[0])
    return true
  }

  private func ask(
    _ model: any LanguageModel, _ requests: [ModelRequest], isStreamed: Bool
  ) async {
    let stream: @Sendable (String) -> Void = { piece in
      streamed.withLock { $0 += piece }
      _ = connection.perform(LoopbackReply([.chunk(Completion.delta(piece))]))
    }
    let outcome: Result<[ModelReply], any Error>
    do {
      var replies: [ModelReply] = []
      for request in requests {
        replies.append(try await model.reply(to: request, onText: isStreamed ? stream : nil))
      }
      outcome = .success(replies)
    } catch {
      outcome = .failure(error)
    }
    result.withLock { $0 = outcome }
  }

  private func reply(isStreamed: Bool) -> LoopbackReply {
    switch result.withLock({ $0 }) {
    case .success(let replies):
      return isStreamed
        ? .rest(of: replies[0], after: streamed.withLock { $0 })
        : .plain(200, ModelReply.document(of: replies))
    case .failure(let error):
      let document: JSON = ["error": ["message": .string("\(error)")]]
      let text = String(decoding: document.bytes, as: UTF8.self)
      let status = if case ModelError.rejected = error { 400 } else { 503 }
      return isStreamed
        ? LoopbackReply([.chunk("data: \(text)\n\n"), .lastChunk]) : .plain(status, text)
    case nil: return LoopbackReply([.close])
    }
  }
}

extension ModelReply {
  fileprivate var wireFinish: String {
    switch finish {
    case .stop, .refusal: "stop"
    case .length: "length"
    case .contentFilter: "content_filter"
    case .toolCalls: "tool_calls"
    case .other(let reason): reason
    }
  }

  fileprivate var wireUsage: JSON {
    [
      "prompt_tokens": .number(Double(usage.input)),
      "completion_tokens": .number(Double(usage.output)),
    ]
  }

  /// One question with all its replies.
  fileprivate static func document(of replies: [ModelReply]) -> String {
    var usage = replies.reduce(TokenUsage()) { $0 + $1.usage }
    usage.input = replies[0].usage.input
    return Completion.document(
      choices: replies.map { ($0.text, $0.wireFinish) },
      usage: ModelReply(text: "", usage: usage).wireUsage)
  }
}

extension LoopbackReply {
  /// The end of a stream, with the words that weren't streamed.
  fileprivate static func rest(of reply: ModelReply, after streamed: String) -> LoopbackReply {
    let rest = String(reply.text.utf8.dropFirst(streamed.utf8.count)) ?? ""
    let events =
      (rest.isEmpty ? [] : [Completion.delta(rest)])
      + [
        Completion.finish(reply.wireFinish),
        Completion.event(["choices": [], "usage": reply.wireUsage]), Completion.done,
      ]
    return LoopbackReply(events.map { .chunk($0) } + [.lastChunk])
  }
}
