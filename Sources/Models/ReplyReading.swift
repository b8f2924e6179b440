import HTTP
import JSON

/// What an exchange with a server amounts to.
///
/// A reply counts only when its transfer ended cleanly and the server said why the model stopped:
/// the `[DONE]` of a stream proves nothing.
enum ReplyReading {
  /// At least one is whole; the assembly tells of the others, too.
  case replies(SharedReply, ReplyAssembly)
  /// With the server's own words where it refused the request, to learn from.
  case failure(AttemptFailure, refusal: (message: ServerMessage, status: Int)?)
  case cancelled

  init(
    _ transfer: HTTPTransfer<ReplyReceiver>, to request: ModelRequest,
    configuration: OpenAIEndpoint.Configuration, reader: FailureReader
  ) {
    var receiver = transfer.receiver
    let status = transfer.head?.status ?? 0
    let isGood = (200..<300).contains(status)
    if transfer.error == nil && isGood { receiver.finishDocument() }
    let assembly = receiver.assembly
    func failure(
      _ failure: AttemptFailure, refusal: (message: ServerMessage, status: Int)? = nil
    ) -> ReplyReading {
      var failure = failure
      failure.requests = transfer.requests
      if assembly.hasChoices {
        failure.usage = TokenUsage(
          reported: assembly.usage, request: request, text: assembly.words)
      }
      return .failure(failure, refusal: refusal)
    }

    if transfer.error == .cancelled {
      self = .cancelled
    } else if let error = assembly.error {
      let message = ServerMessage(error)
      let code = error["code"]?.integer ?? error["status"]?.integer ?? 0
      let status = (400..<600).contains(code) ? code : 0
      self = failure(
        reader.failure(status: status, head: transfer.head, message), refusal: (message, status))
    } else if receiver.isOverLimit {
      self = failure(
        reader.rejected("the reply is larger than any completion, and was not read on"))
    } else if let error = transfer.error, error != .stopped, status == 0 || isGood {
      var broken = reader.failure(error, requests: transfer.requests)
      broken.hadBegun = isGood
      self = failure(broken)
    } else if !isGood {
      let message = ServerMessage(body: receiver.body)
      self = failure(
        reader.failure(status: status, head: transfer.head, message), refusal: (message, status))
    } else if let garbled = receiver.garbled {
      let quote = reader.redactor.redact(ServerMessage(body: garbled).text)
      self = failure(reader.incomplete("the stream held something that is no JSON (“\(quote)”)"))
    } else if !assembly.hasChoices {
      self = failure(reader.notOpenAI(receiver.body, isStream: receiver.isStream))
    } else if assembly.choices.contains(where: { $0?.finish != nil }) {
      self = .replies(
        SharedReply(
          replies: assembly.choices.map {
            $0.flatMap { ModelReply($0, configuration: configuration, redactor: reader.redactor) }
          },
          usage: TokenUsage(reported: assembly.usage, request: request, text: assembly.words),
          requests: transfer.requests), assembly)
    } else {
      self = failure(reader.incomplete("the reply ended without saying why the model stopped"))
    }
  }
}

extension ModelReply {
  /// Nil for a choice that is not complete.
  fileprivate init?(
    _ choice: ChoiceAssembly, configuration: OpenAIEndpoint.Configuration, redactor: Redactor
  ) {
    guard var finish = choice.finish?.redacted(redactor) else { return nil }
    var text = choice.text
    var reasoning = choice.reasoning
    switch configuration.kind {
    case .completion(let template):
      let answer = template.answer(in: text)
      text = answer.text
      if answer.isCut { finish = .stop }
    case .chat:
      let parts = InlineReasoning(in: text)
      text = parts.text
      reasoning += parts.reasoning
    }
    self.init(
      text: redactor.redact(text), finish: finish,
      reasoning: reasoning.isEmpty ? nil : redactor.redact(reasoning))
  }
}

extension ModelReply.Finish {
  fileprivate func redacted(_ redactor: Redactor) -> Self {
    switch self {
    case .refusal(let words): .refusal(redactor.redact(words))
    case .other(let reason): .other(redactor.redact(reason))
    case .stop, .length, .contentFilter, .toolCalls: self
    }
  }
}
