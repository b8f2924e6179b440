package import Tree

/// How a run leaves the program, apart from JSON Lines, which the run file writes itself.
package enum ExportFormat: String, Hashable, Sendable, CaseIterable {
  /// The prompt and nothing else.
  case prompt
  /// What a client of an OpenAI-compatible server sends before the query.
  case messages
  /// The run, or one node, as one object for scripts.
  case json
  /// One row a node.
  case csv
  /// A report to read and to paste.
  case markdown
  /// A report as one page that needs nothing else.
  case html
}

/// What of a run is exported.
package enum ExportScope: Hashable, Sendable {
  case best
  case node(number: Int)
  case all
}

package enum ExportError: Error, Hashable, Sendable {
  case noSuchNode(number: Int, last: Int)
  /// The node has no prompt: the optimizer has not proposed it, or could not.
  case noPrompt(number: Int)
}

extension ExportError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noSuchNode(let number, let last):
      "There is no node \(number): the nodes of this run are 0 to \(last)."
    case .noPrompt(let number):
      "Node \(number) has no prompt, because no rewrite came. Choose another node."
    }
  }
}

extension RunRecord {
  /// - Parameter scope: nil for what suits the format: the best for a prompt and for messages, else
  ///   the whole run. A report tells of the whole run in any case, and of the lineage of this node.
  /// - Throws: `ExportError`.
  package func exported(as format: ExportFormat, of scope: ExportScope? = nil) throws -> String {
    switch format {
    case .prompt: try Prompts(self).text(of: scope ?? .best)
    case .messages: try MessagesDocument(self, scope: scope ?? .best).json
    case .json: try RunDocument(self, nodes: try nodes(in: scope ?? .all)).json
    case .csv: NodeTable(self, nodes: try nodes(in: scope ?? .all)).csv
    case .markdown: MarkdownReport(self, about: try subject(of: scope)).text
    case .html: ReportPage(self, about: try subject(of: scope)).html
    }
  }

  /// - Throws: `ExportError.noSuchNode`.
  package func node(numbered number: Int) throws -> Node {
    guard let node = tree.node(numbered: number) else {
      throw ExportError.noSuchNode(
        number: number, last: tree.nodes.reduce(0) { max($0, $1.number) })
    }
    return node
  }

  func nodes(in scope: ExportScope) throws -> [Node] {
    switch scope {
    case .best: [best]
    case .node(let number): [try node(numbered: number)]
    case .all: Array(tree.nodes)
    }
  }

  private func subject(of scope: ExportScope?) throws -> Node {
    if case .node(let number) = scope { return try node(numbered: number) }
    return best
  }
}
