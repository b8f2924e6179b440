import JSON

/// Who is asked, and for what: with a request, all that a reply depends on.
package struct RequestScope: Hashable, Sendable {
  /// The server and how it is spoken to; for a simulated model, which world it lives in.
  package var endpoint: String
  package var model: String
  /// Two roles never share a reply, even where one model plays both.
  package var role: String

  package init(endpoint: String, model: String, role: String) {
    self.endpoint = endpoint
    self.model = model
    self.role = role
  }
}

extension ModelRequest {
  /// Changes with whatever makes an old reply worth asking for again: the words around a request that
  /// is the same otherwise.
  private static let schema = 1

  /// The request as bytes that are the same in every process: equal bytes, equal question.
  package func canonicalBytes(in scope: RequestScope) -> [UInt8] {
    func number(_ value: Double?) -> JSON { value.map { .number($0) } ?? .null }
    let document: JSON = [
      "schema": .number(Double(Self.schema)), "endpoint": .string(scope.endpoint),
      "model": .string(scope.model), "role": .string(scope.role),
      "messages": .array(
        messages.map { [.string($0.speaker.rawValue), .string($0.content)] }),
      "temperature": number(sampling.temperature), "top_p": number(sampling.topP),
      "max_tokens": number(sampling.maxTokens.map(Double.init)),
      "format": .string(format.rawValue), "json_schema": schema.map { .string($0) } ?? .null,
      "seed": .string(String(seed)), "sample": .number(Double(sample)),
    ]
    return document.bytes
  }
}

/// Where replies are found again. A store that fails finds nothing and keeps nothing: it never stops a
/// run.
package protocol ReplyStore: Sendable {
  /// The reply to a request of these bytes (`canonicalBytes`), if there was one.
  func reply(to request: [UInt8]) async -> ModelReply?

  /// Keeps a complete reply that could be read.
  func keep(_ reply: ModelReply, to request: [UInt8]) async
}

/// A model that is asked only what it has not been asked before.
///
/// It does not keep replies by itself: whether one is worth keeping is known to who reads it, and that
/// is who calls `keep`.
package struct CachingModel: LanguageModel {
  private let model: any LanguageModel
  private let scope: RequestScope
  private let store: any ReplyStore

  package init(model: any LanguageModel, scope: RequestScope, store: any ReplyStore) {
    self.model = model
    self.scope = scope
    self.store = store
  }

  package var name: String { model.name }
  package var isSimulated: Bool { model.isSimulated }

  package func reply(
    to request: ModelRequest, onText: (@Sendable (String) -> Void)?
  ) async throws -> ModelReply {
    if let found = await found(request) { return found }
    return try await model.reply(to: request, onText: onText)
  }

  /// Asks together for those that are not known.
  package func replies(to requests: [ModelRequest]) async throws -> SharedReply? {
    var known: [ModelReply?] = []
    for request in requests { known.append(await found(request)) }
    let unknown = requests.indices.filter { known[$0] == nil }
    guard unknown.count > 1,
      var shared = try await model.replies(to: unknown.map { requests[$0] })
    else { return nil }
    for (place, reply) in zip(unknown, shared.replies) { known[place] = reply }
    shared.replies = known
    return shared
  }

  package func setWindingDown(_ isWindingDown: Bool) { model.setWindingDown(isWindingDown) }

  package func carryOn() { model.carryOn() }

  private func found(_ request: ModelRequest) async -> ModelReply? {
    guard var found = await store.reply(to: request.canonicalBytes(in: scope)) else { return nil }
    found.usage = TokenUsage()
    found.requests = 0
    found.cost = 0
    return found
  }

  /// - Parameter reply: complete, and read without a fault.
  package func keep(_ reply: ModelReply, to request: ModelRequest) async {
    guard reply.requests > 0, reply.fault == nil else { return }
    await store.keep(reply, to: request.canonicalBytes(in: scope))
  }
}
