import HTTP
import JSON

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
  private let reader: FailureReader

  init(
    configuration: Configuration, address: OpenAIAddress, client: HTTPClient,
    book: CapabilityBook, clock: ModelClock, observe: @escaping @Sendable (AttemptRecord) -> Void
  ) {
    self.configuration = configuration
    self.address = address
    self.client = client
    self.book = book
    self.clock = clock
    self.observe = observe
    reader = FailureReader(configuration, address)
  }

  package var name: String { configuration.model }
  package var isSimulated: Bool { false }

  package func reply(
    to request: ModelRequest, onText: (@Sendable (String) -> Void)?
  ) async throws -> ModelReply {
    let shared = try await ask(request, count: 1, onText: onText)
    guard var reply = shared.replies[0] else {
      preconditionFailure("\(name) at \(address.name) was asked for one reply and gave none")
    }
    reply.usage = shared.usage
    reply.requests = shared.requests
    return reply
  }

  /// The server gets the draw of the first.
  package func replies(to requests: [ModelRequest]) async throws -> SharedReply? {
    guard requests.count > 1, givesSeveral != false else { return nil }
    return try await ask(requests[0], count: requests.count, onText: nil)
  }

  /// As far as is known by now.
  var givesSeveral: Bool? { book.capabilities.givesSeveral }
  var hasPrefixCache: Bool { book.capabilities.tellsCachedTokens == true }

  /// - Returns: at least one whole reply; or none of several, where the server turns out to give one
  ///   at a time only.
  private func ask(
    _ request: ModelRequest, count: Int, onText: (@Sendable (String) -> Void)?
  ) async throws -> SharedReply {
    var losses = Retrier.Losses()
    /// A stream ended without a word, as llama-cpp-python has it for a prompt that is too long: asked
    /// without a stream, the server says why, or answers.
    var streamWasMute = false
    while true {
      let known = book.capabilities
      if count > 1, known.givesSeveral == false {
        return SharedReply(
          replies: Array(repeating: nil, count: count), usage: losses.usage ?? TokenUsage(),
          requests: losses.requests)
      }
      var used = known
      if streamWasMute { used.takesStream = false }
      let body = RequestBody(configuration: configuration, capabilities: used)
      let sent = body.json(for: request, count: count)
      let started = clock.elapsed()
      let transfer = await client.send(
        configuration.request(sent, to: address, isStreamed: body.isStreamed),
        into: ReplyReceiver(
          count: count, spoken: spokenText(used), onText: onText))
      let ending = ReplyReading(
        transfer, to: request, configuration: configuration, reader: reader)
      record(ending, of: body, request, since: started)
      switch ending {
      case .cancelled: throw CancellationError()
      case .replies(var shared, let assembly):
        shared.requests += losses.requests
        if let lost = losses.usage { shared.usage = shared.usage + lost }
        if count > 1 { used.givesSeveral = assembly.choices.count { $0 != nil } > 1 }
        if isChat, known.beginsWithThoughts == nil,
          assembly.choices.contains(where: { $0?.beginsWithThoughts == true })
        {
          used.beginsWithThoughts = true
        }
        if assembly.usage?.cachedTokens != nil { used.tellsCachedTokens = true }
        used.learn(from: &shared, to: request)
        book.learn(used, from: known)
        if let format = sent["response_format"]?["type"]?.string {
          let mode: Capabilities.JSONMode = format == "json_schema" ? .schema : .object
          for case let reply? in shared.replies where reply.finish == .stop && reply.fault == nil {
            book.saw(format, isKept: mode.isKept(by: reply.text, schema: request.schema))
          }
        }
        // The only one was taken out: with what was learned it is asked for again.
        if count == 1, shared.replies == [nil] {
          losses = Retrier.Losses(requests: shared.requests, usage: shared.usage)
          continue
        }
        return shared
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

  private var isChat: Bool { configuration.kind == .chat }

  private func spokenText(_ known: Capabilities) -> SpokenText {
    SpokenText(isAllSaid: !isChat, beginsWithThoughts: known.beginsWithThoughts == true)
  }

  private func record(
    _ ending: ReplyReading, of body: RequestBody, _ request: ModelRequest, since started: Duration
  ) {
    let usage: TokenUsage?
    var failure: String?
    var mayPass = false
    switch ending {
    case .cancelled: return
    case .replies(let shared, _): usage = shared.usage
    case .failure(let attempt, _):
      usage = attempt.usage
      failure = attempt.message
      if case .transient = attempt.kind { mayPass = true }
    }
    observe(
      AttemptRecord(
        server: address.name, model: name, seconds: (clock.elapsed() - started) / .seconds(1),
        usage: usage, cost: configuration.cost(of: usage ?? TokenUsage()), failure: failure,
        mayPass: mayPass, adaptations: body.adaptations(for: request), folded: body.folded(request))
    )
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
  /// A model that spent its whole limit on thoughts is given more, once and from then on: such a
  /// reply is taken out.
  fileprivate mutating func learn(from shared: inout SharedReply, to request: ModelRequest) {
    guard limitFactor == 1, request.sampling.maxTokens != nil else { return }
    for place in shared.replies.indices {
      guard let reply = shared.replies[place], reply.finish == .length, reply.reasoning != nil,
        reply.text.allSatisfy(\.isWhitespace)
      else { continue }
      limitFactor = 4
      shared.replies[place] = nil
    }
  }
}
