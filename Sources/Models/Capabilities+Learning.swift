import JSON

extension Capabilities {
  /// What a refusal teaches.
  ///
  /// - Parameters:
  ///   - status: the response's; 0 for an error inside a 200.
  ///   - sent: the fields of the refused request.
  /// - Returns: nil when it teaches nothing: the refusal is then of something else.
  func learning(from message: ServerMessage, status: Int, sent: JSON) -> Capabilities? {
    guard [0, 400, 404, 415, 422, 500, 501].contains(status) else { return nil }
    let refusal = FieldRefusal(message: message, sent: sent)
    var learned = self
    // A server's own failure may be about anything: only what is known to be answered so counts.
    if status != 500 && status != 501 && refusal.isRefusal {
      if limitField == .maxTokens, refusal.names("max_tokens"),
        refusal.says("max_completion_tokens")
      {
        learned.limitField = .maxCompletionTokens
        return learned
      }
      if takesTemperature, refusal.names("temperature") { learned.takesTemperature = false }
      if takesTopP, refusal.names("top_p") { learned.takesTopP = false }
      if takesSeed, refusal.names("seed") { learned.takesSeed = false }
      if takesStop, refusal.names("stop") { learned.takesStop = false }
      if takesStreamOptions, refusal.names("stream_options") { learned.takesStreamOptions = false }
      if takesStream, learned.takesStreamOptions, refusal.refusesStream {
        learned.takesStream = false
      }
    }
    if let format = sent["response_format"]?["type"]?.string,
      refusal.refusesFormat || status >= 500
    {
      learned.jsonMode = JSONMode(insteadOf: format)
    }
    if learned == self, refusal.refusesRole { learned.systemTurn = systemTurn.next(refusal) }
    let isFirst = givesSeveral == nil
    if learned == self, sent["n"] != nil, refusal.refusesSeveral(status, isFirst: isFirst) {
      learned.givesSeveral = false
    }
    return learned == self ? nil : learned
  }
}

extension Capabilities.SystemTurn {
  /// The next way to try.
  fileprivate func next(_ refusal: FieldRefusal) -> Self {
    self == .system && refusal.says("developer") ? .developer : .folded
  }
}

/// A server's refusal, looked at for which field it is about.
private struct FieldRefusal {
  private let text: String
  private let code: String
  private let parameter: String
  private let sent: JSON
  /// It is about what is asked, or who asks, and not about the form.
  private let isOfContent: Bool

  init(message: ServerMessage, sent: JSON) {
    text = message.text.lowercased()
    code = message.code
    parameter = message.parameter?.lowercased() ?? ""
    self.sent = sent
    isOfContent =
      message.isTooLong || message.isContentFilter || message.isQuota || message.isUnknownModel
  }

  /// It is about a field as such, and not about this value of it.
  var isRefusal: Bool {
    let codes = ["unsupported", "unknown_parameter", "extra_forbidden"]
    return codes.contains { code.firstRange(of: $0) != nil }
      || says(
        "unsupported", "not supported", "n't support", "not support", "unrecognized",
        "unknown field", "unknown parameter", "unexpected", "extra input", "extra field",
        "not permitted", "not allowed", "only the default", "not implemented")
  }

  func says(_ words: String...) -> Bool {
    words.contains { text.firstRange(of: $0) != nil }
  }

  /// The field was sent and the refusal names it, as a word of its own.
  func names(_ field: String) -> Bool {
    guard sent[field] != nil else { return false }
    if !parameter.isEmpty && !parameter.hasPrefix("body") {
      return parameter == field || parameter.hasPrefix(field + ".")
    }
    return (text + " " + parameter).split { !($0.isLetter || $0.isNumber || $0 == "_") }
      .contains { $0 == field }
  }

  var refusesStream: Bool {
    sent["stream"] != nil
      && (parameter == "stream" || says("streaming is not", "stream is not", "support stream"))
  }

  var refusesFormat: Bool {
    parameter.hasPrefix("response_format")
      || says("response_format", "json_schema", "json_object", "json mode", "structured output")
  }

  /// - Parameter isFirst: the server has never been asked for several replies before: then that is
  ///   what it refuses, unless it names something else.
  func refusesSeveral(_ status: Int, isFirst: Bool) -> Bool {
    guard status < 500 || status == 501, !isOfContent else { return false }
    return isFirst || names("n") || says("completion choice", "number of choices")
  }

  var refusesRole: Bool {
    says(
      "conversation roles must alternate", "only user and assistant", "system role not supported")
      || (says("system") && says("role", "system message", "system prompt", "instruction")
        && isRefusal)
      || (says("developer") && says("role", "input should be"))
  }
}
