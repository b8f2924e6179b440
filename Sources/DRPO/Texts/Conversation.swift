/// What a model is sent: a system text and turns. Plain words, free of any model's ways of being
/// asked; the engine makes requests of it.
package struct Conversation: Hashable, Sendable {
  package enum Speaker: Hashable, Sendable {
    case user, assistant
  }

  package struct Turn: Hashable, Sendable {
    package var speaker: Speaker
    package var text: String

    package init(_ speaker: Speaker, _ text: String) {
      self.speaker = speaker
      self.text = text
    }
  }

  /// nil where no system message is to be sent, as with an empty prompt.
  package var system: String?
  package var turns: [Turn]
  /// The reply has to be one JSON object, for the readers in `Reading`: its schema, as JSON. nil where
  /// a text is wanted.
  package var schema: String?

  package init(system: String?, turns: [Turn], schema: String? = nil) {
    self.system = system
    self.turns = turns
    self.schema = schema
  }
}
