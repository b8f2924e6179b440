extension Texts {
  /// A candidate prompt at work: nothing but the prompt, the examples as turns already taken, and
  /// the query, as the prompt will meet queries when it is used in earnest.
  package static func answering(
    prompt: String, examples: [(query: String, response: String)], query: String
  ) -> Conversation {
    var turns: [Conversation.Turn] = []
    for example in examples {
      turns.append(.init(.user, example.query))
      turns.append(.init(.assistant, example.response))
    }
    turns.append(.init(.user, query))
    return Conversation(system: prompt.isEmpty ? nil : prompt, turns: turns)
  }
}
