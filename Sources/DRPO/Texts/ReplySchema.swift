import JSON
package import Tree

/// JSON schemas of the replies that our texts ask for, for servers that can hold a model to one.
///
/// In the part of JSON Schema that OpenAI's strict form, vLLM and llama.cpp all take: every member
/// required and no other allowed, and no limits on lengths or counts, which some of them refuse. So a
/// reply that keeps to its schema still goes through its reader. Members stand in the order in which
/// they are to be written: reasons before what they lead to.
enum ReplySchema {
  static var aspects: String {
    object([
      ("reasoning", text),
      (
        "aspects",
        [
          "type": "array",
          // An aspect of the library needs no definition, and a strict schema knows no members that
          // may be missing.
          "items": object([("name", text), ("definition", ["type": ["string", "null"]])]),
        ]
      ),
    ]).written
  }

  static func evaluation(_ aspects: [Aspect]) -> String {
    let marks: JSON = ["type": "integer", "enum": [1, 2, 3, 4, 5]]
    let entry = object([("rationale", text), ("score", marks)])
    let scores = object(aspects.map { (Texts.oneLine($0.name), entry) })
    return object([("scores", scores)]).written
  }

  static var proposal: String {
    object([("analysis", text), ("summary", text), ("prompt", text)]).written
  }

  private static let text: JSON = ["type": "string"]

  private static func object(_ members: [(name: String, value: JSON)]) -> JSON {
    [
      "type": "object", "properties": .object(members.map { JSON.Member($0.name, $0.value) }),
      "required": .array(members.map { .string($0.name) }), "additionalProperties": false,
    ]
  }
}

extension JSON {
  fileprivate var written: String { String(decoding: bytes, as: UTF8.self) }
}

extension RunConfiguration {
  /// Whether judge and optimizer are held to the form of their replies by a schema. The paper's
  /// authors only asked for JSON, and so does their preset: a model held to a form says other things
  /// than one that is free to miss it.
  package var holdsRepliesToSchemas: Bool { preset != "paper" }
}
