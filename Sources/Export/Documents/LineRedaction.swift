import JSON
package import Tree

/// Takes queries, responses and what quotes them out of the lines of an export as JSON Lines.
///
/// Events name texts by a hash, so it is enough to leave out the lines that hold their contents, the raw
/// replies in the ledger, and what the judge says an aspect means: that stands in the event, and may be
/// written for the query. What remains can be read, but not imported as a run.
package struct LineRedaction {
  /// Identities of the texts that may be told.
  private let allowed: Set<String>

  package init(_ record: RunRecord, events: [RecordedEvent]) {
    var texts: [Text] = [record.tree.configuration.initialPrompt]
    for event in events {
      switch event.event {
      case .completed(let completion):
        if case .proposed(let proposal) = completion.outcome {
          texts += [proposal.prompt, proposal.summary]
        }
      case .intervened(let intervention):
        if case .person = intervention.author { texts += event.event.texts }
      case .flight, .decided: break
      }
    }
    allowed = Set(texts.map(\.id.description))
  }

  /// - Returns: the line without what is secret; nil where nothing of it may be told.
  package func line(_ line: String) -> String? {
    guard let document = JSON(parsing: line) else { return nil }
    switch document["kind"]?.string {
    case "text": return document["id"]?.string.map(allowed.contains) == true ? line : nil
    case "event":
      guard document["event"]?["aspects"] != nil else { return line }
      return String(decoding: Self.withoutDefinitions(document).bytes, as: UTF8.self)
    case "run", "end": return line
    default: return nil
    }
  }

  private static func withoutDefinitions(_ value: JSON) -> JSON {
    switch value {
    case .object(let members):
      .object(
        members.filter { $0.key != "definition" }.map {
          JSON.Member($0.key, withoutDefinitions($0.value))
        })
    case .array(let values): .array(values.map(withoutDefinitions))
    case .null, .bool, .number, .string: value
    }
  }
}
