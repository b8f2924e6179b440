import Tree

/// One row a node, as comma-separated values (RFC 4180).
struct NodeTable {
  private let record: RunRecord
  private let nodes: [Node]

  init(_ record: RunRecord, nodes: [Node]) {
    self.record = record
    self.nodes = nodes
  }

  private static let header = [
    "run", "simulated", "node", "parent", "level", "origin", "state", "reward", "path_reward",
    "scores", "summary", "prompt", "query", "response", "cut", "failure",
  ]

  var csv: String {
    ([Self.header] + nodes.map(row)).map { fields in
      fields.map(Self.quoted).joined(separator: ",") + "\r\n"
    }
    .joined()
  }

  private func row(_ node: Node) -> [String] {
    let scores = node.evaluation?.scores.map { "\($0.aspect)=\($0.value.mark)" } ?? []
    return [
      record.tree.configuration.name, "\(record.tree.configuration.isSimulated)", "\(node.number)",
      node.parent.flatMap { record.tree[$0]?.number }.map(String.init) ?? "", "\(node.level)",
      node.origin.rawValue, record.tree.state(of: node).rawValue,
      node.reward.map { "\($0)" } ?? "", record.pathReward(of: node).map { "\($0)" } ?? "",
      scores.joined(separator: "; "), record.change(of: node), record.prompt(of: node),
      record.query(ofLevel: node.level) ?? "",
      record.secret(node.trial.answer?.response) ?? "",
      "\(node.trial.answer?.isCut ?? false)", record.failure(of: node) ?? "",
    ]
  }

  private static func quoted(_ field: String) -> String {
    // By scalars: to `Character`, CR LF is neither.
    let needsQuotes = field.unicodeScalars.contains {
      $0 == "," || $0 == "\"" || $0 == "\r" || $0 == "\n"
    }
    guard needsQuotes else { return field }
    var text = "\""
    for scalar in field.unicodeScalars {
      if scalar == "\"" { text += "\"" }
      text.unicodeScalars.append(scalar)
    }
    return text + "\""
  }
}
