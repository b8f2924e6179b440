import JSON

/// Puts a reply together, from one document or from the pieces of a stream.
///
/// It reads what any of the servers in use writes, and takes note of what makes a reply none.
struct ReplyAssembly: Sendable {
  private(set) var text = ""
  private(set) var reasoning = ""
  private(set) var refusal = ""
  private(set) var callsTools = false
  private(set) var finishReason: String?
  private(set) var usage: JSON?
  /// What the server says went wrong, under a status of 200.
  private(set) var error: JSON?
  /// Something had the form of a completion.
  private(set) var hasChoices = false

  /// - Returns: the text that this document or piece adds.
  mutating func add(_ piece: JSON) -> String {
    if let error = piece["error"], error != .null { self.error = self.error ?? error }
    if piece["object"]?.string == "error" { error = error ?? piece }
    // Some send zeros with every piece and the truth with one of them.
    if let usage = piece["usage"], usage.isObject, self.usage == nil || usage.hasTokens {
      self.usage = usage
    }
    guard let choices = piece["choices"]?.array else { return "" }
    hasChoices = true
    var added = ""
    for choice in choices where (choice["index"]?.integer ?? 0) == 0 {
      added += add(choice: choice)
    }
    return added
  }

  private mutating func add(choice: JSON) -> String {
    if let error = choice["error"], error != .null { self.error = self.error ?? error }
    if let reason = choice["finish_reason"]?.string, !reason.isEmpty { finishReason = reason }
    let message = choice["delta"] ?? choice["message"] ?? .null
    let added = message["content"]?.text ?? choice["text"]?.text ?? ""
    text += added
    reasoning += message["reasoning_content"]?.text ?? message["reasoning"]?.text ?? ""
    refusal += message["refusal"]?.text ?? ""
    if let calls = message["tool_calls"]?.array, !calls.isEmpty { callsTools = true }
    if let call = message["function_call"], call.isObject { callsTools = true }
    return added
  }

  /// Nil while the server has not said why the model stopped: such a reply isn't complete.
  var finish: ModelReply.Finish? {
    guard let finishReason, finishReason != "error" else { return nil }
    if !refusal.isEmpty { return .refusal(refusal) }
    switch finishReason {
    case "stop", "end_turn", "eos", "eos_token", "stop_sequence", "STOP":
      return callsTools ? .toolCalls : .stop
    case "length", "max_tokens", "MAX_TOKENS": return .length
    case "content_filter", "SAFETY": return .contentFilter
    case "tool_calls", "function_call", "tool_use": return .toolCalls
    default: return .other(finishReason)
    }
  }
}

extension JSON {
  /// Text given as a string, or as an array of parts.
  fileprivate var text: String? {
    switch self {
    case .string(let text): text
    case .array(let parts):
      parts.compactMap { $0["text"]?.string ?? $0.string }.joined()
    default: nil
    }
  }

  fileprivate var hasTokens: Bool {
    (self["prompt_tokens"]?.integer ?? 0) > 0 || (self["completion_tokens"]?.integer ?? 0) > 0
  }
}
