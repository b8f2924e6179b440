/// A model whose calls are tried again when they fail for a reason that may pass.
struct RetryingModel: LanguageModel {
  let model: OpenAIEndpoint
  let retrier: Retrier
  let price: TokenPrice?
  let notice = StopNotice()

  var name: String { model.name }
  var isSimulated: Bool { model.isSimulated }

  func setWindingDown(_ isWindingDown: Bool) { retrier.gate.setWindingDown(isWindingDown) }

  func carryOn() { retrier.gate.reopen() }

  func reply(
    to request: ModelRequest, onText: (@Sendable (String) -> Void)?
  ) async throws -> ModelReply {
    let text = onText.map(ResumedText.init)
    var (reply, losses) = try await tried(ticket(for: request)) { number in
      try await model.reply(to: request, onText: text?.attempt(number))
    }
    reply.requests += losses.requests
    if let lost = losses.usage { reply.usage = reply.usage + lost }
    reply.cost = price?.cost(of: reply.usage)
    return reply
  }

  func replies(to requests: [ModelRequest]) async throws -> SharedReply? {
    guard let givesSeveral = model.givesSeveral else { return try await firstReplies(to: requests) }
    guard givesSeveral else { return nil }
    var (shared, losses) = try await tried(ticket(for: requests[0])) { _ in
      try await model.replies(to: requests)
    }
    shared?.add(losses)
    return shared
  }

  /// A server that fails when it is asked so for the first time may fail because of it: each is then
  /// asked by itself, and it is tried another time.
  private func firstReplies(to requests: [ModelRequest]) async throws -> SharedReply? {
    var losses = Retrier.Losses()
    do {
      return try await tried(ticket(for: requests[0]), attempts: 1) { _ in
        do {
          return try await model.replies(to: requests)
        } catch let failure as AttemptFailure {
          losses.add(failure)
          throw failure
        }
      }.0
    } catch ModelError.unavailable {
      var shared = SharedReply(
        replies: Array(repeating: nil, count: requests.count), requests: 0)
      shared.add(losses)
      return shared
    }
  }

  private func ticket(for request: ModelRequest) -> CallTicket {
    CallTicket(
      urgency: request.urgency, trace: model.hasPrefixCache ? PrefixTrace(request) : nil)
  }

  private func tried<Value: Sendable>(
    _ ticket: CallTicket, attempts: Int? = nil, _ ask: (_ number: Int) async throws -> Value
  ) async throws -> (Value, Retrier.Losses) {
    let stops = notice.count
    return try await retrier.run(ticket, attempts: attempts) { number in
      try notice.check(since: stops)
      do {
        return try await ask(number)
      } catch let failure as AttemptFailure where failure.kind == .stopped {
        notice.stopped(by: failure.error)
        throw failure
      }
    }
  }
}

extension SharedReply {
  fileprivate mutating func add(_ losses: Retrier.Losses) {
    requests += losses.requests
    if let lost = losses.usage { usage = usage + lost }
  }
}
