package import JSON

/// Replies in the form of OpenAI's protocol, whole or as the pieces of a stream.
package enum Completion {
  package static let usage: JSON = ["prompt_tokens": 20, "completion_tokens": 5]

  package static func document(
    _ text: String, finish: String = "stop", usage: JSON = usage
  ) -> String { document(choices: [(text, finish)], usage: usage) }

  package static func document(
    choices: [(text: String, finish: String)], usage: JSON = usage
  ) -> String {
    let list = choices.enumerated().map { index, choice -> JSON in
      [
        "index": .number(Double(index)),
        "message": ["role": "assistant", "content": .string(choice.text)],
        "finish_reason": .string(choice.finish),
      ]
    }
    return string([
      "id": "chatcmpl-1", "object": "chat.completion", "model": "test", "choices": .array(list),
      "usage": usage,
    ])
  }

  package static func event(_ document: JSON) -> String { "data: \(string(document))\n\n" }

  package static func delta(_ text: String) -> String {
    event(["choices": [["index": 0, "delta": ["content": .string(text)]]]])
  }

  package static func finish(_ reason: String = "stop") -> String {
    event(["choices": [["index": 0, "delta": [:], "finish_reason": .string(reason)]]])
  }

  package static let done = "data: [DONE]\n\n"

  /// All the events of a good stream.
  package static func stream(
    _ pieces: [String], finish reason: String = "stop", usage: JSON = usage
  ) -> [String] {
    [event(["choices": [["index": 0, "delta": ["role": "assistant", "content": .null]]]])]
      + pieces.map(delta) + [finish(reason), event(["choices": [], "usage": usage]), done]
  }

  private static func string(_ document: JSON) -> String {
    String(decoding: document.bytes, as: UTF8.self)
  }
}
