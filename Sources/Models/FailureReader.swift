import HTTP
import JSON

/// Says what a failed exchange means, and in words for a person: who (server and model), what, and
/// what to do about it.
///
/// Status, body and code are looked at together: servers answer 200 with an error, 500 for the
/// caller's own fault, 429 for an empty account.
struct FailureReader: Sendable {
  /// The server's host, the model, and where its key is set.
  let server: String
  let model: String
  let keyVariable: String
  let hasKey: Bool
  /// It is asked to chat, and not to go on with a text.
  let isChat: Bool
  let redactor: Redactor

  func failure(_ error: HTTPError, requests: Int) -> AttemptFailure {
    let message = say("\(error)")
    return switch error {
    case .noLibrary, .badAddress, .badHeader, .notTLS:
      AttemptFailure(.stopped, message, requests: 0)
    case .tooLarge, .stopped:
      AttemptFailure(.rejected, message, requests: requests)
    case .timedOut(let timer, _, _):
      AttemptFailure(
        .transient(timer == .connect ? .other : .overload), message, requests: requests)
    case .broken: AttemptFailure(.transient(.lostConnection), message, requests: requests)
    case .unresolved, .unconnected, .proxyFailed, .insecure, .unanswered:
      AttemptFailure(.transient(.unreachable), message, requests: requests)
    default: AttemptFailure(.transient(.other), message, requests: requests)
    }
  }

  /// - Parameter status: the response's, or what an error inside a 200 gives as its code.
  func failure(
    status: Int, head: HTTPHead?, _ server: ServerMessage
  ) -> AttemptFailure {
    let quote = server.text.isEmpty ? "" : ": “\(redactor.redact(server.text))”"
    func failure(
      _ kind: AttemptFailure.Kind, _ what: String, ifRepeated: AttemptFailure.Kind? = nil
    ) -> AttemptFailure {
      AttemptFailure(
        kind, say(what + quote), retryAfter: head.flatMap(RetryAfter.read),
        ifRepeated: ifRepeated, trace: "\(status) \(server.text)")
    }

    if server.isQuota { return failure(.stopped, "the account's quota or credit is used up") }
    if server.isContentFilter {
      return failure(.rejected, "the server's content filter refused it")
    }
    if server.isTooLong {
      return failure(.rejected, "the prompt is longer than the model's context")
    }
    if server.isUnknownModel && (status == 400 || status == 404) {
      return failure(.stopped, "the server has no model of this name (\(status)); check the name")
    }
    if server.wantsTLS {
      return failure(
        .stopped, "the server speaks TLS there (\(status)); give an https:// address")
    }
    switch status {
    case 401: return failure(.stopped, "the server refused the key (401); \(keyAdvice)")
    case 403:
      // Often it is not about the key, but about the country or the model.
      let advice = server.saysWhyItForbids ? "" : "; \(keyAdvice)"
      return failure(.stopped, "the server forbids it (403)\(advice)")
    case 402: return failure(.stopped, "the server asks for payment (402)")
    case 404, 405:
      let advice = isChat ? ", or set kind = \"completions\" where it knows no chat" : ""
      return failure(
        .stopped, "the server knows no such address (\(status)); check the URL\(advice)")
    case 429: return failure(.transient(.overload), "too many requests (429)")
    case 407:
      return failure(
        .stopped,
        "the proxy asks for a name and a password (407); give them in its variable, as in "
          + "http://name:password@host")
    case 408, 409: return failure(.transient(.other), "the server answered \(status)")
    case 502, 503, 504, 529:
      return failure(.transient(.overload), "the server is overloaded or down (\(status))")
    case 500...:
      return failure(
        .transient(.other), "the server failed (\(status))", ifRepeated: .rejected)
    case 300..<400:
      let target = head?["location"].map { " to \(ServerMessage(.string($0)).text)" } ?? ""
      return failure(
        .stopped,
        "the server redirects (\(status))\(redactor.redact(target)), which is never followed; "
          + "give the final URL")
    case 400..<500:
      return failure(.rejected, "the server refused the request (\(status))")
    default:
      return failure(.transient(.other), "the server reported an error")
    }
  }

  private var keyAdvice: String { hasKey ? "check \(keyVariable)" : "set \(keyVariable)" }

  func rejected(_ why: String) -> AttemptFailure { AttemptFailure(.rejected, say(why)) }

  /// A response under status 200 that is no completion.
  func notOpenAI(_ body: [UInt8], isStream: Bool) -> AttemptFailure {
    let isEmpty = isStream || body.allSatisfy { $0 == 0x20 || (0x09...0x0d).contains($0) }
    let quote = redactor.redact(ServerMessage(body: body).text)
    let what =
      isEmpty
      ? "the server's reply was empty"
      : "the reply is not that of an OpenAI-compatible server (“\(quote)”); check the URL"
    return AttemptFailure(
      .transient(.other), say(what), ifRepeated: isEmpty ? .rejected : .stopped,
      trace: "200 \(quote)")
  }

  func incomplete(_ why: String) -> AttemptFailure {
    AttemptFailure(
      .transient(.lostConnection), say(why), ifRepeated: nil, trace: "incomplete \(why)")
  }

  private func say(_ what: String) -> String {
    "\(model) at \(server): \(redactor.redact(what))"
  }
}

extension ServerMessage {
  private func says(_ words: String...) -> Bool {
    let text = text.lowercased()
    return words.contains { text.firstRange(of: $0) != nil }
  }

  private func codes(_ words: String...) -> Bool {
    words.contains { code.firstRange(of: $0) != nil }
  }

  var isQuota: Bool {
    codes(
      "insufficient_quota", "credit_balance", "billing", "spend_limit_exceeded",
      "usage_limit_exceeded", "budget_exceeded", "quota_exceeded", "monthly_limit_exceeded")
      || says("exceeded your current quota", "credit balance is too low", "insufficient balance")
  }

  var isContentFilter: Bool {
    codes("content_filter", "content_policy_violation", "responsibleaipolicyviolation")
      || says("content management policy")
  }

  var isTooLong: Bool {
    codes("context_length_exceeded", "exceed_context_size")
      || says(
        "maximum context length", "context length", "context window", "context size",
        "prompt is too long", "input is too long", "too many tokens in the prompt",
        "exceeds the available context", "longer than the model", "exceed context")
  }

  /// As nginx and Go's servers answer plain http on a port for TLS.
  var wantsTLS: Bool {
    says("plain http request was sent to https port", "http request to an https server")
  }

  var saysWhyItForbids: Bool { !text.isEmpty && !says("key", "token", "auth", "credential") }

  var isUnknownModel: Bool {
    codes("model_not_found", "deploymentnotfound", "model_not_available")
      || says("invalid model name", "no such model", "unknown model")
      || (says("model") && says("does not exist", "not found", "is not available"))
  }
}
