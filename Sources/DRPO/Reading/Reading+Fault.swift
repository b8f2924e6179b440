extension Reading {
  /// Why a reply can't be read. The description is for the model, which is told it with the re-ask,
  /// and for the person who looks at the unreadable node.
  package enum Fault: Error, Hashable, Sendable {
    case empty
    case onlyThought
    case noJSON(start: String)
    case truncated(end: String)
    case malformed(near: String)
    case contradictory
    case wrongForm(expected: String)

    case fewAspects(Int)
    case manyAspects(Int)
    case aspectWithoutDefinition(String)
    case aspectNameTooLong(String)

    case missingAspects([String])
    case noScore(aspect: String)
    case notAScore(aspect: String, String)
    case outOfRange(aspect: String, String)
    case scoredTwice(aspect: String, String, String)

    case emptyPrompt
    case lostPlaceholders([String])
    case lostLocked([String])
  }
}

extension Reading.Fault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty: "the reply is empty."
    case .onlyThought: "the reply ended while still thinking; the JSON object never came."
    case .noJSON(let start): "there is no JSON object in it; it begins with `\(start)`."
    case .truncated(let end): "its JSON breaks off at the end, after `\(end)`."
    case .malformed(let near): "its JSON is broken near `\(near)`."
    case .contradictory: "it holds several JSON objects that contradict each other; give one only."
    case .wrongForm(let expected): "its JSON has another form than asked for: \(expected)."
    case .fewAspects(let count): "it names \(count) of the aspects; at least 2 are needed."
    case .manyAspects(let count): "it names \(count) aspects; at most 5 are allowed."
    case .aspectWithoutDefinition(let name):
      "the aspect \"\(name)\" is not in the library and has no definition."
    case .aspectNameTooLong(let name): "\"\(name)…\" is too long for the name of an aspect."
    case .missingAspects(let names):
      "there is no entry for \(names.map { "\"\($0)\"" }.joined(separator: ", "))."
    case .noScore(let aspect): "\"\(aspect)\" has no score."
    case .notAScore(let aspect, let value):
      "the score of \"\(aspect)\" is \"\(value)\", not a whole number from 1 to 5."
    case .outOfRange(let aspect, let value):
      "the score of \"\(aspect)\" is \(value), outside 1 to 5."
    case .scoredTwice(let aspect, let first, let second):
      "\"\(aspect)\" is scored twice, as \(first) and as \(second)."
    case .emptyPrompt: "the new prompt is empty."
    case .lostPlaceholders(let names):
      "the new prompt has lost \(names.joined(separator: ", ")), which must stay exactly as it is."
    case .lostLocked(let spans):
      "the new prompt has lost what is locked and must stay word for word: "
        + spans.map { "\"\($0)\"" }.joined(separator: ", ") + "."
    }
  }
}
