/// Why a document can't be read as a run.
package enum ImportError: Error, Hashable, Sendable {
  case notJSON(line: Int, fault: String)
  /// The member is missing, or of another kind than it must be.
  case missing(String)
  /// The same, of the authors' output.json.
  case missingOnPath(String)
  case node(Int, fault: String)
  /// One of our own exports, in a format that does not hold the whole run.
  case export(format: String)
}

extension ImportError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notJSON(let line, let fault):
      "Line \(line) is not JSON: \(fault). Check that the file is complete."
    case .missing(let member):
      """
      \(member) is missing or has the wrong type.
      A published tree has "search", "nodes", "terminal_node" and "cumulative_reward"; each node an
      "id", "parent", "depth", "reward", "system_prompt", "query", "response" and "evaluation".
      """
    case .missingOnPath(let member):
      """
      \(member) is missing or has the wrong type.
      The authors' output.json has "level 1", "level 2" and so on, each with "Prompt" and
      "Evaluation of the prompt".
      """
    case .export(let format):
      """
      It is what "export --format \(format)" writes, which does not hold the whole run. Export the run \
      again with --format jsonl: that imports back.
      """
    case .node(let id, let fault):
      "Node \(id) can't be placed in the tree: \(fault)."
    }
  }
}
