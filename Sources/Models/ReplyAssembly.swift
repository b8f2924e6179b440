import JSON

/// Puts what a server sends together, from one document or from the pieces of a stream.
///
/// It reads what any of the servers in use writes, and takes note of what makes a reply none.
struct ReplyAssembly: Sendable {
  /// By their index, as many as were asked for; nil for one of which nothing came.
  private(set) var choices: [ChoiceAssembly?]
  private(set) var usage: JSON?
  /// What the server says went wrong, under a status of 200.
  private(set) var error: JSON?
  /// Something had the form of a completion.
  private(set) var hasChoices = false

  /// - Parameter count: how many replies were asked for; what comes beyond is left out.
  init(count: Int = 1) { choices = Array(repeating: nil, count: count) }

  /// - Returns: the text that this document or piece adds to the first choice.
  mutating func add(_ piece: JSON) -> String {
    if let error = piece["error"], error != .null { self.error = self.error ?? error }
    if piece["object"]?.string == "error" { error = error ?? piece }
    // Some send zeros with every piece and the truth with one of them.
    if let usage = piece["usage"], usage.isObject, self.usage == nil || usage.hasTokens {
      self.usage = usage
    }
    guard let list = piece["choices"]?.array else { return "" }
    hasChoices = true
    var added = ""
    for (place, choice) in list.enumerated() {
      let index = choice["index"]?.integer ?? place
      guard choices.indices.contains(index) else { continue }
      // One of several may fail by itself.
      if choices.count == 1, let error = choice.fault { self.error = self.error ?? error }
      if choices[index] == nil { choices[index] = ChoiceAssembly() }
      let text = choices[index]?.add(choice) ?? ""
      if index == 0 { added += text }
    }
    return added
  }

  /// How much the first choice has thought apart from its text, in bytes.
  var thoughts: Int { choices.first??.reasoning.utf8.count ?? 0 }

  /// All that was said, thought included: what is counted where the server does not count.
  var words: String { choices.lazy.compactMap { $0 }.map { $0.text + $0.reasoning }.joined() }
}

/// One choice of a reply.
struct ChoiceAssembly: Sendable {
  private(set) var text = ""
  private(set) var reasoning = ""
  private var refusal = ""
  private var callsTools = false
  private var finishReason: String?
  private var isBroken = false

  /// - Returns: the text that this piece adds.
  fileprivate mutating func add(_ choice: JSON) -> String {
    if choice.fault != nil { isBroken = true }
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

  /// As in `Capabilities`. Where the server tells the thoughts apart, marks are the text's own.
  var beginsWithThoughts: Bool { reasoning.isEmpty && InlineReasoning(in: text).isUnopened }

  /// Nil while the server has not said why the model stopped: such a reply isn't complete.
  var finish: ModelReply.Finish? {
    guard let finishReason, finishReason != "error", !isBroken else { return nil }
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
  /// What went wrong with a choice.
  fileprivate var fault: JSON? { self["error"].flatMap { $0 == .null ? nil : $0 } }

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
