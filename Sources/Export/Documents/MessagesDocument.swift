import FoundationEssentials
import Tree

/// What a client of an OpenAI-compatible server sends before its own query: the prompt as the system
/// message, then the in-context examples as turns already taken.
///
/// The examples are those that were shown with the node's own trial: with another query the search
/// would have retrieved others of the run's examples.
struct MessagesDocument {
  private let conversations: [Conversation]
  private let isOne: Bool

  private struct Conversation: Encodable {
    var node: Int
    var messages: [Message]
  }

  private struct Message: Encodable {
    var role: String
    var content: String
  }

  /// - Throws: `ExportError`.
  init(_ record: RunRecord, scope: ExportScope) throws {
    isOne = scope != .all
    let nodes = try record.nodes(in: scope)
    if isOne, let node = nodes.first(where: { $0.prompt == nil }) {
      throw ExportError.noPrompt(number: node.number)
    }
    conversations = nodes.filter { $0.prompt != nil }.map { node in
      Conversation(node: node.number, messages: Self.messages(of: node, record))
    }
  }

  /// The messages of the one node, or an array of all nodes with theirs.
  var json: String {
    get throws {
      isOne
        ? try conversations.first.map { try encoded($0.messages) } ?? "[]"
        : try encoded(conversations)
    }
  }

  private func encoded(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  private static func messages(of node: Node, _ record: RunRecord) -> [Message] {
    let prompt = record.prompt(of: node)
    var messages = prompt.isEmpty ? [] : [Message(role: "system", content: prompt)]
    let examples = record.tree.configuration.examples
    for index in node.trial.answer?.examples ?? [] where examples.indices.contains(index) {
      guard let query = record.secret(examples[index].query),
        let response = record.secret(examples[index].response)
      else { continue }
      messages.append(Message(role: "user", content: query))
      messages.append(Message(role: "assistant", content: response))
    }
    return messages
  }
}
