import HTTP
import JSON

extension OpenAIEndpoint.Configuration {
  /// A request for a completion.
  func request(_ body: JSON, to address: OpenAIAddress, isStreamed: Bool) -> HTTPRequest {
    let call =
      switch kind {
      case .chat: "chat/completions"
      case .completion: "completions"
      }
    var request = request(
      .post(body.bytes), to: address.url(of: call),
      accepting: isStreamed ? "text/event-stream, application/json" : "application/json",
      bodyLimit: isStreamed ? 32 << 20 : 9 << 20)
    // A reply in one piece comes when all of it is written: until then silence means nothing.
    if !isStreamed { request.timeouts.idle = request.timeouts.total }
    return request
  }

  /// A request with the key and the person's own headers.
  func request(
    _ method: HTTPRequest.Method, to url: String, accepting type: String = "application/json",
    bodyLimit: Int
  ) -> HTTPRequest {
    var headers = authorization
    if case .post = method { headers.append(HTTPHeader("Content-Type", "application/json")) }
    headers.append(HTTPHeader("Accept", type))
    return HTTPRequest(
      method, url: url, headers: headers + self.headers, timeouts: timeouts, bodyLimit: bodyLimit)
  }
}

extension FailureReader {
  init(_ configuration: OpenAIEndpoint.Configuration, _ address: OpenAIAddress) {
    self.init(
      server: address.name, model: configuration.model, keyVariable: configuration.keyVariable,
      hasKey: configuration.key != nil, isChat: configuration.kind == .chat,
      redactor: Redactor(configuration.secrets))
  }

  /// The document of a plain exchange.
  func document(_ transfer: HTTPTransfer<BodyCollector>) throws -> JSON {
    if transfer.error == .cancelled { throw CancellationError() }
    let status = transfer.head?.status ?? 0
    let body = transfer.receiver.body
    if status != 0 && !(200..<300).contains(status) {
      throw failure(status: status, head: transfer.head, ServerMessage(body: body))
    }
    if let error = transfer.error { throw failure(error, requests: transfer.requests) }
    guard let document = JSON(parsing: body) else { throw notOpenAI(body, isStream: false) }
    if let error = document["error"], error != .null {
      throw failure(status: error["code"]?.integer ?? 0, head: nil, ServerMessage(error))
    }
    return document
  }
}
