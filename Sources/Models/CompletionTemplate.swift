/// How a conversation is written out for a model that only continues text: each turn under a heading,
/// and the heading of an answer last. `{text}` stands for what was said.
package struct CompletionTemplate: Hashable, Sendable, Codable {
  package var system: String
  package var user: String
  package var assistant: String
  /// What the model is to continue.
  package var opening: String
  /// Where it is stopped: such a model would go on to write the next query itself.
  package var stop: [String]

  package init(
    system: String = "{text}\n\n", user: String = "# Query:\n{text}\n\n",
    assistant: String = "# Answer:\n{text}\n\n", opening: String = "# Answer:\n",
    stop: [String] = ["# Query:", "# Answer:"]
  ) {
    self.system = system
    self.user = user
    self.assistant = assistant
    self.opening = opening
    self.stop = stop
  }

  package func prompt(for messages: [ModelRequest.Message]) -> String {
    messages.map { message in
      let turn =
        switch message.speaker {
        case .system: system
        case .user: user
        case .assistant: assistant
        }
      return turn.split(separator: "{text}", omittingEmptySubsequences: false)
        .joined(separator: message.content)
    }.joined() + opening
  }

  /// The continuation up to the first stop sequence, for servers that ignore them.
  ///
  /// - Returns: the answer, and whether something was cut off it.
  package func answer(in continuation: String) -> (text: String, isCut: Bool) {
    let ends = stop.compactMap { mark in
      mark.isEmpty ? nil : continuation.firstRange(of: mark)?.lowerBound
    }
    let text = continuation[..<(ends.min() ?? continuation.endIndex)]
    let end = text.lastIndex { !$0.isWhitespace }.map(text.index(after:)) ?? text.startIndex
    return (String(text[..<end]), !ends.isEmpty)
  }
}
