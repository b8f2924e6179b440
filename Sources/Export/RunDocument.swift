import FoundationEssentials
package import Tree

/// A whole run as one JSON object, for scripts: settings, result, and every node with its prompt, its
/// response and how that was judged.
package struct RunDocument {
  private let document: Document

  /// - Parameter file: the path of the run file, which the document names.
  package init(tree: SearchTree, texts: any TextSource, file: String?) {
    document = Document(Reader(tree: tree, texts: texts), file: file)
  }

  /// Sorted keys, so that equal runs give equal text.
  package var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(document), as: UTF8.self)
    }
  }
}

/// A tree with the texts that it names.
private struct Reader {
  let tree: SearchTree
  let texts: any TextSource

  func string(_ text: Text?) -> String? { text.map(texts.string) }
}

private struct Document: Encodable {
  var name: String
  var file: String?
  var simulated: Bool
  var steered: Bool
  var preset: String
  var seed: UInt64
  var settings: SearchSettings
  var models: [String: ModelDescription]
  var state: String
  var calls: Int
  var tokens: Tokens
  var best: Best
  var nodes: [NodeDocument]

  struct Tokens: Encodable {
    var input: Int
    var output: Int
  }

  struct Best: Encodable {
    var node: Int
    var level: Int
    var pathReward: Double?
    var prompt: String
  }

  init(_ reader: Reader, file: String?) {
    let tree = reader.tree
    name = tree.configuration.name
    self.file = file
    simulated = tree.configuration.isSimulated
    steered = tree.isSteered
    preset = tree.configuration.preset
    seed = tree.configuration.seed
    settings = tree.settings
    models = Dictionary(
      tree.configuration.models.map { ($0.key.rawValue, $0.value) }
    ) { first, _ in first }
    state = tree.finish?.why.rawValue ?? (tree.isPaused ? "paused" : "interrupted")
    calls = tree.totals.started
    tokens = Tokens(input: tree.totals.input, output: tree.totals.output)
    let node = tree.finish.flatMap { tree[$0.node] } ?? tree.best
    best = Best(
      node: node.number, level: node.level, pathReward: node.pathReward,
      prompt: reader.string(node.prompt) ?? "")
    nodes = tree.nodes.map { NodeDocument($0, reader) }
  }
}

private struct NodeDocument: Encodable {
  var id: String
  var node: Int
  var parent: Int?
  var level: Int
  var origin: String
  var state: String
  var prompt: String?
  var summary: String?
  var analysis: String?
  var query: String?
  var response: String?
  var cut: Bool
  var reward: Double?
  var pathReward: Double?
  var scores: [ScoreDocument]
  var failure: String?

  init(_ node: Node, _ reader: Reader) {
    let tree = reader.tree
    id = node.id.description
    self.node = node.number
    parent = node.parent.flatMap { tree[$0]?.number }
    level = node.level
    origin = node.origin.rawValue
    state = tree.state(of: node).rawValue
    prompt = reader.string(node.prompt)
    summary = reader.string(node.proposal?.summary)
    analysis = reader.string(node.proposal?.analysis)
    let queries = tree.configuration.queries
    query = queries.indices.contains(node.level) ? reader.string(queries[node.level]) : nil
    response = reader.string(node.trial.answer?.response)
    cut = node.trial.answer?.isCut ?? false
    reward = node.reward
    pathReward = node.isSettled ? node.pathReward : nil
    let judged = node.trial.evaluation
    scores = (node.evaluation?.scores ?? []).map { score in
      ScoreDocument(
        aspect: score.aspect, score: score.value, rationale: reader.string(score.rationale) ?? "",
        judge: judged?.scores.first { $0.aspect == score.aspect }?.value)
    }
    failure = reader.string(
      node.trial.failure ?? node.proposalFailure ?? node.trial.faults.last?.fault
        ?? node.proposalFaults.last?.fault)
  }
}

/// A score as it counts, and as the judge gave it where a person overrode it.
private struct ScoreDocument: Encodable {
  var aspect: String
  var score: Double
  var rationale: String
  var judge: Double?
}
