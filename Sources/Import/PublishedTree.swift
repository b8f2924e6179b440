import JSON
package import Tree

/// A search tree in the form in which the paper's authors' results are at hand: a JSON object with
/// the settings of the search, its nodes in the order of their making, and where it ended.
///
/// Folding `events` over `configuration` gives the tree as the authors' program left it.
package struct PublishedTree: Hashable, Sendable {
  package struct Node: Hashable, Sendable {
    package let id: Int
    /// nil for the root only.
    package let parent: Int?
    package let depth: Int
    /// As the file states it; 0 for the root, whatever its evaluation.
    package let reward: Double
    package let systemPrompt: String
    package let query: String
    package let response: String
    /// In the judge's order; empty where the judgement could not be read.
    package let scores: [Evaluation.Score]
  }

  package let source: String
  package let baseModel: String
  package let judge: String
  package let search: SearchSettings
  /// The path reward of the terminal node, as the file states it.
  package let cumulativeReward: Double
  package let terminalNode: Int
  /// By their ids, which are also their numbers; the root first.
  package let nodes: [Node]

  /// The children of each node in the order of their slots, by the parent's id.
  let children: [Int: [Int]]
  let byID: [Int: Node]
  private let identities: [Int: NodeID]

  /// - Throws: `ImportError`, naming what is wrong where.
  package init(json text: String) throws(ImportError) {
    let document = try JSON(document: text)
    if let format = Self.exportFormat(of: document) { throw .export(format: format) }
    source = document["source"]?.string ?? ""
    baseModel = try document.string("base_model")
    judge = try document.string("judge")
    guard let search = document["search"] else { throw .missing("\"search\"") }
    self.search = SearchSettings(
      beam: try search.int("beam_size"), actions: try search.int("n_actions"),
      depth: try search.int("depth"),
      maxDepthIncrease: try search.int("max_depth_increase"), unreadable: .zero)
    cumulativeReward = try document.double("cumulative_reward")
    terminalNode = try document.int("terminal_node")
    guard case .array(let rows)? = document["nodes"] else { throw .missing("\"nodes\"") }
    var nodes: [Node] = []
    for (index, row) in rows.enumerated() { nodes.append(try Node(row, index: index)) }
    nodes.sort { $0.id < $1.id }
    self.nodes = nodes
    (children, identities) = try Self.lineage(of: nodes)
    byID = Dictionary(nodes.map { ($0.id, $0) }) { first, _ in first }
    guard identities[terminalNode] != nil else {
      throw .node(terminalNode, fault: "it is the terminal node, and not among the nodes")
    }
  }

  /// The identity that the node has in the tree.
  package func identity(of id: Int) -> NodeID? { identities[id] }

  /// Which of our own exports a document is, as people try those too; nil for any other.
  private static func exportFormat(of document: JSON) -> String? {
    switch document {
    case .object where document["best"] != nil && document["preset"] != nil: "json"
    case .array(let rows) where rows.first?["role"] != nil: "messages"
    default: nil
    }
  }

  /// A tree is well formed when its nodes come after their parents, one level below them, and all
  /// nodes of a level answer one query.
  private static func lineage(
    of nodes: [Node]
  ) throws(ImportError) -> (children: [Int: [Int]], identities: [Int: NodeID]) {
    guard let root = nodes.first else { throw .missing("a node in \"nodes\"") }
    guard root.id == 0, root.parent == nil, root.depth == 0 else {
      throw .node(root.id, fault: "the first node must be 0, the root, without a parent")
    }
    var children: [Int: [Int]] = [:]
    var identities = [0: NodeID.root]
    var depths = [0: 0]
    var queries = [0: root.query]
    for node in nodes.dropFirst() {
      guard identities[node.id] == nil else { throw .node(node.id, fault: "its id comes twice") }
      guard let parent = node.parent, let above = identities[parent], let depth = depths[parent]
      else { throw .node(node.id, fault: "its parent does not come before it") }
      guard node.depth == depth + 1 else {
        throw .node(node.id, fault: "its depth is \(node.depth), its parent's \(depth)")
      }
      guard queries[node.depth, default: node.query].utf8.elementsEqual(node.query.utf8) else {
        throw .node(node.id, fault: "another node of depth \(node.depth) has another query")
      }
      queries[node.depth] = node.query
      depths[node.id] = node.depth
      identities[node.id] = above.child(slot: children[parent, default: []].count)
      children[parent, default: []].append(node.id)
    }
    return (children, identities)
  }
}

// MARK: - Reading

extension PublishedTree.Node {
  fileprivate init(_ row: JSON, index: Int) throws(ImportError) {
    guard let id = row["id"]?.int else { throw .missing("\"id\" of row \(index) of \"nodes\"") }
    let place = " of node \(id)"
    self.id = id
    parent = row["parent"] == .null ? nil : try row.int("parent", place)
    depth = try row.int("depth", place)
    reward = try row.double("reward", place)
    systemPrompt = try row.string("system_prompt", place)
    query = try row.string("query", place)
    response = try row.string("response", place)
    scores = try row.scores("evaluation", place)
  }
}

extension JSON {
  /// - Throws: `ImportError.notJSON`.
  init(document text: String) throws(ImportError) {
    do {
      try self.init(Array(text.utf8), as: .lenient)
    } catch {
      throw .notJSON(line: error.line, fault: error.reason)
    }
  }

  /// The authors' judge wrote its scores as strings.
  fileprivate var score: Double? {
    (double ?? string.flatMap(Double.init)).flatMap { $0.isFinite ? $0 : nil }
  }

  /// A judgement: an object with a member for each aspect.
  func scores(_ key: String, _ place: String) throws(ImportError) -> [Evaluation.Score] {
    guard case .object(let aspects)? = self[key] else { throw .missing("\"\(key)\"" + place) }
    var scores: [Evaluation.Score] = []
    for aspect in aspects {
      let place = " of \(aspect.key)" + place
      guard let score = aspect.value["score"]?.score else { throw .missing("\"score\"" + place) }
      let rationale = try aspect.value.string("rationale", place)
      scores.append(
        Evaluation.Score(aspect: aspect.key, value: score, rationale: Text(rationale)))
    }
    return scores
  }

  func string(_ key: String, _ place: String = "") throws(ImportError) -> String {
    guard let value = self[key]?.string else { throw .missing("\"\(key)\"" + place) }
    return value
  }

  fileprivate func double(_ key: String, _ place: String = "") throws(ImportError) -> Double {
    guard let value = self[key]?.double, value.isFinite else {
      throw .missing("\"\(key)\"" + place)
    }
    return value
  }

  fileprivate func int(_ key: String, _ place: String = "") throws(ImportError) -> Int {
    guard let value = self[key]?.int else { throw .missing("\"\(key)\"" + place) }
    return value
  }

  fileprivate var int: Int? { double.flatMap(Int.init(exactly:)) }
}
