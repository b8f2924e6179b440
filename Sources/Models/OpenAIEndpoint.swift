package import HTTP

/// A model behind a server that speaks OpenAI's protocol; one attempt a call.
///
/// Throws `AttemptFailure`, for `RetryingModel` to act upon; see `makeModel`.
package struct OpenAIEndpoint: LanguageModel {
  package let configuration: Configuration
  package let address: OpenAIAddress
  private let client: HTTPClient
  private let redactor: Redactor
  private let reader: FailureReader

  package var name: String { configuration.model }
  package var isSimulated: Bool { false }

  /// - Throws: `ModelError.stopped` for an address or a key that can't be used; nothing is sent.
  package init(_ configuration: Configuration, client: HTTPClient) throws {
    self.configuration = configuration
    self.client = client
    address = try OpenAIAddress(configuration.baseURL, query: configuration.query)
    redactor = Redactor(configuration.secrets)
    reader = FailureReader(
      server: address.name, model: configuration.model, keyVariable: configuration.keyVariable,
      hasKey: configuration.key != nil, redactor: redactor)
    try configuration.check(address)
  }

  package func reply(
    to request: ModelRequest, onText: (@Sendable (String) -> Void)?
  ) async throws -> ModelReply {
    let body = RequestBody(configuration: configuration, capabilities: Capabilities())
    let transfer = await client.send(
      httpRequest(body.json(for: request), isStreamed: body.isStreamed),
      into: ReplyReceiver(onText: onText))
    if transfer.error == .cancelled { throw CancellationError() }
    return try read(transfer, for: request)
  }

  private func httpRequest(_ body: JSON, isStreamed: Bool) -> HTTPRequest {
    let call =
      switch configuration.kind {
      case .chat: "chat/completions"
      case .completion: "completions"
      }
    var headers = configuration.authorization
    headers.append(HTTPHeader("Content-Type", "application/json"))
    headers.append(
      HTTPHeader("Accept", isStreamed ? "text/event-stream, application/json" : "application/json"))
    headers += configuration.headers
    return HTTPRequest(
      .post(body.bytes), url: address.url(of: call), headers: headers,
      timeouts: configuration.timeouts, bodyLimit: isStreamed ? 32 << 20 : 8 << 20)
  }

  private func read(
    _ transfer: HTTPTransfer<ReplyReceiver>, for request: ModelRequest
  ) throws(AttemptFailure) -> ModelReply {
    var receiver = transfer.receiver
    let status = transfer.head?.status ?? 0
    if let error = transfer.error, error != .stopped {
      throw reader.failure(error, wasSent: transfer.wasSent)
    }
    guard (200..<300).contains(status) else {
      throw reader.failure(
        status: status, head: transfer.head, ServerMessage(body: receiver.body))
    }
    receiver.finishDocument()
    let assembly = receiver.assembly
    if let error = assembly.error {
      let code = error["code"]?.integer ?? error["status"]?.integer ?? 0
      throw reader.failure(
        status: (400..<600).contains(code) ? code : 0, head: transfer.head, ServerMessage(error))
    }
    if receiver.isOverLimit {
      throw AttemptFailure(
        .rejected, "\(name) at \(address.name): one event of the stream exceeded 4 MiB")
    }
    if let garbled = receiver.garbled {
      let quote = redactor.redact(ServerMessage(body: garbled).text)
      throw reader.incomplete("the stream held something that is no JSON (“\(quote)”)")
    }
    guard assembly.hasChoices else { throw reader.notOpenAI(receiver.body) }
    guard let finish = assembly.finish else {
      throw reader.incomplete("the reply ended without saying why the model stopped")
    }
    return reply(assembly, finish, for: request)
  }

  private func reply(
    _ assembly: ReplyAssembly, _ finish: ModelReply.Finish, for request: ModelRequest
  ) -> ModelReply {
    var finish = finish
    var text = assembly.text
    var reasoning = assembly.reasoning
    if case .completion(let template) = configuration.kind {
      let answer = template.answer(in: text)
      text = answer.text
      if answer.isCut { finish = .stop }
    } else {
      let parts = InlineReasoning(in: text)
      text = parts.text
      reasoning += parts.reasoning
    }
    return ModelReply(
      text: redactor.redact(text), finish: finish,
      reasoning: reasoning.isEmpty ? nil : redactor.redact(reasoning),
      usage: TokenUsage(reported: assembly.usage, request: request, text: text))
  }
}
