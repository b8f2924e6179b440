import FoundationEssentials
package import Tree

/// Takes queries, responses and what quotes them out of the lines of an export as JSON Lines.
///
/// Events name texts by a hash, so it is enough to leave out the lines that hold their contents, and
/// the raw replies in the ledger. What remains can be read, but not imported as a run.
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
    guard let head = try? JSONDecoder().decode(Head.self, from: Data(line.utf8)) else { return nil }
    switch head.kind {
    case "text": return head.id.map(allowed.contains) == true ? line : nil
    case "call": return nil
    default: return line
    }
  }

  private struct Head: Decodable {
    var kind: String
    var id: String?
  }
}
