/// A model whose calls are tried again when they fail for a reason that may pass.
struct RetryingModel: LanguageModel {
  let model: any LanguageModel
  let retrier: Retrier
  let price: TokenPrice?
  let notice = StopNotice()

  var name: String { model.name }
  var isSimulated: Bool { model.isSimulated }

  func windDown() { retrier.gate.windDown() }

  func reply(
    to request: ModelRequest, onText: (@Sendable (String) -> Void)?
  ) async throws -> ModelReply {
    let text = onText.map(ResumedText.init)
    let stops = notice.count
    var (reply, losses) = try await retrier.run { number in
      try notice.check(since: stops)
      do {
        return try await model.reply(to: request, onText: text?.attempt(number))
      } catch let failure as AttemptFailure where failure.kind == .stopped {
        notice.stopped(by: failure.error)
        throw failure
      }
    }
    reply.requests += losses.requests
    if let lost = losses.usage { reply.usage = reply.usage + lost }
    reply.cost = price?.cost(of: reply.usage)
    return reply
  }
}
