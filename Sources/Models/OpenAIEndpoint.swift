import HTTP

/// A model behind a server that speaks OpenAI's protocol.
///
/// A call is one attempt, or a few when the server refuses a field of the request, which is learned
/// and left out from then on. Throws `AttemptFailure`; `Endpoints` makes models that act upon it.
package struct OpenAIEndpoint: LanguageModel {
  let configuration: Configuration
  let address: OpenAIAddress
  let client: HTTPClient
  let book: CapabilityBook
  let clock: ModelClock
  let observe: @Sendable (AttemptRecord) -> Void

  package var name: String { configuration.model }
  package var isSimulated: Bool { false }

  package func reply(
    to request: ModelRequest, onText: (@Sendable (String) -> Void)?
  ) async throws -> ModelReply {
    let redactor = Redactor(configuration.secrets)
    let reader = FailureReader(configuration, address)
    var losses = Retrier.Losses()
    /// A stream ended without a word, as llama-cpp-python has it for a prompt that is too long: asked
    /// without a stream, the server says why, or answers.
    var streamWasMute = false
    while true {
      let known = book.capabilities
      var used = known
      if streamWasMute { used.takesStream = false }
      let body = RequestBody(configuration: configuration, capabilities: used)
      let sent = body.json(for: request)
      let started = clock.elapsed()
      let transfer = await client.send(
        configuration.request(sent, to: address, isStreamed: body.isStreamed),
        into: ReplyReceiver(hidesThoughts: configuration.kind == .chat, onText: onText))
      let ending = ReplyReading(
        transfer, to: request, configuration: configuration, reader: reader, redactor: redactor)
      record(ending, of: body, request, since: started)
      switch ending {
      case .cancelled: throw CancellationError()
      case .reply(var reply):
        if let learned = known.learning(from: reply, to: request) {
          book.learn(learned, from: known)
          losses.requests += reply.requests
          losses.usage = (losses.usage ?? TokenUsage()) + reply.usage
          continue
        }
        if streamWasMute { book.learn(used, from: known) }
        reply.requests += losses.requests
        if let lost = losses.usage { reply.usage = reply.usage + lost }
        return reply
      case .failure(var failure, let refusal):
        losses.add(failure)
        if let refusal,
          let learned = known.learning(from: refusal.message, status: refusal.status, sent: sent)
        {
          book.learn(learned, from: known)
          continue
        }
        if body.isStreamed, transfer.isMute {
          streamWasMute = true
          continue
        }
        failure.requests = losses.requests
        failure.usage = losses.usage
        throw failure
      }
    }
  }

  private func record(
    _ ending: ReplyReading, of body: RequestBody, _ request: ModelRequest, since started: Duration
  ) {
    let usage: TokenUsage?
    var failure: String?
    switch ending {
    case .cancelled: return
    case .reply(let reply): usage = reply.usage
    case .failure(let attempt, _):
      usage = attempt.usage
      failure = attempt.message
    }
    observe(
      AttemptRecord(
        server: address.name, model: name, seconds: (clock.elapsed() - started) / .seconds(1),
        usage: usage, cost: configuration.cost(of: usage ?? TokenUsage()), failure: failure,
        adaptations: body.adaptations(for: request), folded: body.folded(request)))
  }
}

extension OpenAIEndpoint.Configuration {
  /// In USD; nil where the price is unknown.
  func cost(of usage: TokenUsage) -> Double? { price?.cost(of: usage) }
}

extension HTTPTransfer<ReplyReceiver> {
  /// It ended well, and nothing was said.
  fileprivate var isMute: Bool {
    error == nil && (200..<300).contains(head?.status ?? 0) && receiver.saysNothing
  }
}

extension Capabilities {
  /// A model that spent its whole limit on thoughts is given more, once and from then on.
  fileprivate func learning(from reply: ModelReply, to request: ModelRequest) -> Capabilities? {
    guard limitFactor == 1, request.sampling.maxTokens != nil, reply.finish == .length,
      reply.reasoning != nil, reply.text.allSatisfy(\.isWhitespace)
    else { return nil }
    var learned = self
    learned.limitFactor = 4
    return learned
  }
}
