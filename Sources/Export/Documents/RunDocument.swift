import FoundationEssentials
import Tree

/// A whole run, or some nodes of it, as one JSON object, for scripts: settings, result, and every
/// node with its prompt, its response and how that was judged.
struct RunDocument {
  private let document: Document

  /// - Parameter nodes: those it tells of.
  init(_ record: RunRecord, nodes: [Node]) {
    document = Document(record, nodes: nodes)
  }

  /// Sorted keys, so that equal runs give equal text.
  var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(document), as: UTF8.self)
    }
  }
}

private struct Document: Encodable {
  var name: String
  var file: String?
  var simulated: Bool
  var steered: Bool
  var redacted: Bool
  var preset: String
  /// What no import tells is absent: the seed, times, calls and their tokens.
  var seed: UInt64?
  var settings: SearchSettings
  var models: [String: ModelDescription]
  var state: String
  /// The last event that counted, where it is the past.
  var at: Int?
  var started: String?
  var ended: String?
  var calls: Int?
  var tokens: Tokens?
  /// In USD; absent where no price is known, 0 where every model is simulated.
  var cost: Double?
  var roles: [String: RoleDocument]
  /// Absent where examples are found by their words, as they are unless told otherwise.
  var retrieval: RetrievalDocument?
  var best: Best
  var interventions: [InterventionDocument]
  var levels: [LevelDocument]
  var nodes: [NodeDocument]

  struct Tokens: Encodable {
    var input: Int
    var output: Int
  }

  struct RoleDocument: Encodable {
    var calls: Int
    var completed: Int
    var tokens: Tokens
    var estimated: Bool
    var seconds: Double
    var cost: Double?
  }

  struct RetrievalDocument: Encodable {
    var model: ModelDescription?
    /// Why examples are found by their words all the same.
    var setback: String?
    /// Of the requests for embeddings.
    var share: RoleDocument
  }

  struct Best: Encodable {
    var node: Int
    var level: Int
    var pathReward: Double?
    var lift: Lift?
    var prompt: String
  }

  init(_ record: RunRecord, nodes: [Node]) {
    let tree = record.tree
    name = tree.configuration.name
    file = record.file
    simulated = tree.configuration.isSimulated
    steered = tree.isSteered
    redacted = record.isRedacted
    preset = tree.configuration.preset
    seed = record.seed
    settings = tree.settings
    models = Dictionary(
      tree.configuration.models.map { ($0.key.rawValue, $0.value) }
    ) { first, _ in first }
    state = tree.finish?.why.rawValue ?? (tree.isPaused ? "paused" : "unfinished")
    at = record.at
    started = record.started?.timestamp
    ended = record.ended?.timestamp
    if record.areCallsKnown {
      calls = tree.totals.started
      tokens = Tokens(input: tree.totals.input, output: tree.totals.output)
    }
    cost = record.cost()
    let shares = record.areCallsKnown ? tree.totals.roles : [:]
    roles = Dictionary(
      shares.map { role, share in
        (role.rawValue, RoleDocument(share, cost: record.cost(of: .role(role))))
      }
    ) { first, _ in first }
    if record.usesEmbeddings {
      let cost = record.cost(of: .retrieval)
      retrieval = RetrievalDocument(
        model: tree.configuration.embeddings, setback: record.retrievalSetback,
        share: RoleDocument(tree.totals.retrieval, cost: cost))
    }
    best = Best(
      node: record.best.number, level: record.best.level, pathReward: record.best.pathReward,
      lift: Lift(of: tree), prompt: record.prompt(of: record.best))
    interventions = record.ledger.interventions.map { InterventionDocument($0, record) }
    levels = tree.levels.indices.map { LevelDocument($0, record) }
    self.nodes = nodes.map { NodeDocument($0, record) }
  }
}

extension Document.RoleDocument {
  init(_ share: Totals.Share, cost: Double?) {
    self.init(
      calls: share.started, completed: share.completed,
      tokens: Document.Tokens(input: share.input, output: share.output),
      estimated: share.isEstimated, seconds: share.seconds, cost: cost)
  }
}

private struct InterventionDocument: Encodable {
  var time: String?
  var by: String
  var what: String
  var why: String?

  init(_ entry: Ledger.Entry, _ record: RunRecord) {
    time = entry.time > 0 ? entry.time.timestamp : nil
    by = EventWords.author(entry.intervention)
    what = record.wholeWords.action(entry)
    why = record.reason(of: entry.intervention)
  }
}

/// What all nodes of a level have in common.
private struct LevelDocument: Encodable {
  var level: Int
  var query: String?
  var aspects: [AspectDocument]
  /// Why the judge chose them.
  var reasoning: String?

  struct AspectDocument: Encodable {
    var name: String
    /// The judge may have written it for the query.
    var definition: String?
  }

  init(_ level: Int, _ record: RunRecord) {
    self.level = level
    let choice = record.tree.aspects[level]
    query = record.query(ofLevel: level)
    aspects = (choice?.aspects ?? []).map {
      AspectDocument(name: $0.name, definition: record.isRedacted ? nil : $0.definition)
    }
    reasoning = record.secret(choice?.reasoning)
  }
}

private struct NodeDocument: Encodable {
  var id: String
  var node: Int
  var parent: Int?
  var level: Int
  var origin: String
  var state: String
  var pinned: Bool
  var prompt: String?
  var summary: String?
  var analysis: String?
  var query: String?
  /// Positions in the run's examples, in the order they were shown.
  var examples: [Int]
  var response: String?
  var cut: Bool
  /// How it ended otherwise, in words: a refusal, or a reason that is not known.
  var ending: String?
  var reward: Double?
  var pathReward: Double?
  var scores: [ScoreDocument]
  var failure: String?

  init(_ node: Node, _ record: RunRecord) {
    let tree = record.tree
    id = node.id.description
    self.node = node.number
    parent = node.parent.flatMap { tree[$0]?.number }
    level = node.level
    origin = node.origin.rawValue
    state = tree.state(of: node).rawValue
    pinned = node.isPinned
    prompt = record.open(node.prompt)
    summary = record.open(node.proposal?.summary)
    analysis = record.secret(node.proposal?.analysis)
    query = record.query(ofLevel: node.level)
    examples = node.trial.answer?.examples ?? []
    response = record.secret(node.trial.answer?.response)
    cut = node.trial.answer?.isCut ?? false
    ending = cut ? nil : node.trial.answer?.end.words
    reward = node.reward
    pathReward = record.pathReward(of: node)
    let judged = node.trial.evaluation
    scores = (node.evaluation?.scores ?? []).map { score in
      ScoreDocument(
        aspect: score.aspect, score: score.value, rationale: record.secret(score.rationale),
        judge: judged?.scores.first { $0.aspect == score.aspect }?.value)
    }
    failure = record.failure(of: node)
  }
}

/// A score as it counts, and as the judge gave it where a person overrode it.
private struct ScoreDocument: Encodable {
  var aspect: String
  var score: Double
  var rationale: String?
  var judge: Double?
}
