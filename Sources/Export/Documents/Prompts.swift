import Tree

/// Prompts as plain text.
struct Prompts {
  private let record: RunRecord

  init(_ record: RunRecord) { self.record = record }

  /// One prompt as it is, byte for byte; or all, each below a line that names its node.
  func text(of scope: ExportScope) throws -> String {
    let nodes = try record.nodes(in: scope)
    if scope == .all {
      return nodes.filter { $0.prompt != nil }.map { node in
        "=== node \(node.number), level \(node.level), \(record.stateWord(of: node)) ===\n"
          + record.prompt(of: node)
      }
      .joined(separator: "\n\n")
    }
    return try nodes.map { node in
      guard node.prompt != nil else { throw ExportError.noPrompt(number: node.number) }
      return record.prompt(of: node)
    }
    .joined()
  }
}
