/// What a model behind an endpoint takes. Every server is asked in the most usual way first; what it
/// refuses is learned once and remembered.
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

  package var limitField: LimitField
  package var takesTemperature: Bool
  package var takesTopP: Bool
  package var takesSeed: Bool
  /// `response_format` of type `json_object`; else the words of the request must do.
  package var takesJSONObject: Bool
  /// `stream_options`, by which a stream tells its usage.
  package var takesStreamOptions: Bool
  package var takesStream: Bool
  package var systemTurn: SystemTurn

  package init(
    limitField: LimitField = .maxTokens, takesTemperature: Bool = true, takesTopP: Bool = true,
    takesSeed: Bool = true, takesJSONObject: Bool = true, takesStreamOptions: Bool = true,
    takesStream: Bool = true, systemTurn: SystemTurn = .system
  ) {
    self.limitField = limitField
    self.takesTemperature = takesTemperature
    self.takesTopP = takesTopP
    self.takesSeed = takesSeed
    self.takesJSONObject = takesJSONObject
    self.takesStreamOptions = takesStreamOptions
    self.takesStream = takesStream
    self.systemTurn = systemTurn
  }
}
