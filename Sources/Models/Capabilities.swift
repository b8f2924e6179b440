/// What a model behind an endpoint takes. Every server is asked in the most usual way first; what it
/// refuses is learned once and remembered. Each thing is only ever learned in one direction, so that
/// learning ends.
package struct Capabilities: Hashable, Sendable, Codable {
  package enum LimitField: String, Hashable, Sendable, Codable {
    case maxTokens = "max_tokens"
    case maxCompletionTokens = "max_completion_tokens"
  }

  /// How a system prompt reaches the model.
  package enum SystemTurn: String, Hashable, Sendable, Codable {
    case system, developer
    /// Folded into the first turn of the user.
    case folded
  }

  package var limitField = LimitField.maxTokens
  /// What the limit of tokens is multiplied by: a reasoning model may spend it all on its thoughts.
  package var limitFactor = 1
  package var takesTemperature = true
  package var takesTopP = true
  package var takesSeed = true
  package var takesStop = true
  package var jsonMode = JSONMode.schema
  /// `jsonMode` is what it is because stricter ones were taken and ignored; nil where they were not.
  package var ignoresFormats: Bool?
  package var takesStream = true
  /// `stream_options`, by which a stream tells its usage.
  package var takesStreamOptions = true
  package var systemTurn = SystemTurn.system
  /// Whether it gives several replies to one request (`n`); nil as long as it has not been asked to.
  package var givesSeveral: Bool?
  /// Its texts begin with thoughts of which only the end is marked; nil as long as none did.
  package var beginsWithThoughts: Bool?
  /// It tells how many tokens it had in its prefix cache; nil as long as it has not.
  package var tellsCachedTokens: Bool?

  package init() {}
}

extension Capabilities: CustomStringConvertible {
  /// What differs from the usual, in words; empty when nothing does.
  package var description: String {
    var words: [String] = []
    if limitField == .maxCompletionTokens { words.append("limit as max_completion_tokens") }
    if limitFactor > 1 { words.append("\(limitFactor) times the limit, for reasoning") }
    if !takesTemperature { words.append("no temperature (its own default)") }
    if !takesTopP { words.append("no top_p") }
    if !takesSeed { words.append("no seed") }
    if !takesStop { words.append("no stop sequences") }
    switch jsonMode {
    case .schema: break
    case .object: words.append("JSON without a schema" + why(" (it ignores one)"))
    case .words: words.append("JSON by request only" + why(" (it ignores response_format)"))
    }
    if !takesStream {
      words.append("no stream")
    } else if !takesStreamOptions {
      words.append("no usage in streams")
    }
    switch systemTurn {
    case .system: break
    case .developer: words.append("system prompt as developer")
    case .folded: words.append("system prompt folded into the user's turn")
    }
    if givesSeveral == false { words.append("one reply a request") }
    if beginsWithThoughts == true { words.append("thinks aloud from the first word") }
    return words.joined(separator: ", ")
  }

  private func why(_ reason: String) -> String { ignoresFormats == true ? reason : "" }
}
