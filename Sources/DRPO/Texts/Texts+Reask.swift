extension Texts {
  /// How much of an unreadable reply is shown to the model again.
  private static let quotedCharacters = 4_000

  /// The one more chance after a reply that could not be read: the conversation, that reply, and
  /// what was wrong with it.
  ///
  /// - Parameter fault: the words of a `Reading.Fault`.
  package static func reask(_ conversation: Conversation, reply: String, fault: String)
    -> Conversation
  {
    let said = Reading.withoutThoughts(reply)
    var again = conversation
    // Some servers refuse an empty turn.
    again.turns.append(
      .init(.assistant, said.isEmpty ? "(no reply)" : String(said.prefix(quotedCharacters))))
    again.turns.append(
      .init(
        .user,
        """
        That reply can't be used: \(fault)

        Reply again to the request above, with that put right: exactly one JSON object in the form \
        that was asked for, complete, and nothing before or after it.
        """))
    return again
  }
}
