import TextDiff
package import Tree

/// A run as it is exported: the tree, what is known beside it, and what may be told of it.
package struct RunRecord: Sendable {
  package private(set) var tree: SearchTree
  package private(set) var ledger: Ledger
  /// The path of the run file; nil for a run that is in none.
  package let file: String?
  /// Queries and responses are left out, and with them all that quotes them.
  package let isRedacted: Bool
  /// Of the last event that was taken in, where those after it were left out: the run as it was then.
  package let at: Int?
  private let texts: any TextSource

  /// - Parameter texts: where the contents are that the tree does not hold.
  package init(
    tree: SearchTree, ledger: Ledger, texts: any TextSource, file: String?,
    isRedacted: Bool = false, at: Int? = nil
  ) {
    self.tree = tree
    self.ledger = ledger
    self.texts = texts
    self.file = file
    self.isRedacted = isRedacted
    self.at = at
  }

  /// The run after all of these.
  package init(
    configuration: RunConfiguration, events: [RecordedEvent], texts: any TextSource,
    file: String?, isRedacted: Bool = false, at: Int? = nil
  ) {
    self.init(
      tree: SearchTree(configuration: configuration, events: events.lazy.map(\.event)),
      ledger: Ledger(events), texts: texts, file: file, isRedacted: isRedacted, at: at)
  }

  /// Takes in what happened next.
  package mutating func take(_ event: RecordedEvent) {
    tree.apply(event.event)
    ledger.take(event)
  }
}

// MARK: - Texts

extension RunRecord {
  /// A prompt, or another text that quotes neither a query nor a response.
  func open(_ text: Text?) -> String? { text.map(texts.string) }

  /// A query, a response, or a text that quotes them; nil also when the record is redacted.
  func secret(_ text: Text?) -> String? { isRedacted ? nil : open(text) }

  func prompt(of node: Node) -> String { open(node.prompt) ?? "" }

  func query(ofLevel level: Int) -> String? {
    let queries = tree.configuration.queries
    return queries.indices.contains(level) ? secret(queries[level]) : nil
  }

  /// Why examples are found by their words though a model of embeddings is named; nil where they are
  /// not.
  package var retrievalSetback: String? { tree.retrieval.setback.map(words) }

  /// What a server said in refusal may quote a query.
  func words(on setback: RetrievalSetback) -> String {
    guard isRedacted, case .failed = setback else { return setback.words(texts) }
    return RetrievalSetback.failed("The reason was left out.").words(texts)
  }

  /// Why a person did something. What the program gives as its reason may quote a reply.
  func reason(of intervention: Intervention) -> String? {
    switch intervention.author {
    case .person: open(intervention.reason)
    case .program: secret(intervention.reason)
    }
  }
}

// MARK: - Nodes

extension RunRecord {
  /// The node the search ended with, or the best so far.
  package var best: Node { tree.result }

  func isKept(_ node: Node) -> Bool {
    node.isAlive && (node.isOpened || tree.finish?.node == node.id || node.id == best.id)
  }

  /// Where the node stands; `best` for the end of a finished search.
  func stateWord(of node: Node) -> String {
    if tree.finish?.node == node.id, node.isAlive { return "best" }
    let state = tree.state(of: node)
    return node.isPinned && node.isAlive ? "\(state.rawValue), pinned" : state.rawValue
  }

  /// The path reward as far as the node's own trial is over.
  func pathReward(of node: Node) -> Double? { node.isSettled ? node.pathReward : nil }

  /// What makes the prompt differ from the parent's, in a few words.
  func change(of node: Node) -> String {
    switch node.origin {
    case .root: return "the initial prompt"
    case .copy:
      let wasJudged = node.parent.flatMap { tree[$0] }?.evaluation?.reward != nil
      return wasJudged ? "unchanged: mean above 4.5" : "unchanged: nothing was judged"
    case .fork: return "by hand: \(firstWords(of: node) ?? "unchanged")"
    case .rewrite:
      guard node.prompt != nil else {
        return node.isDeadSlot ? "no prompt came" : "a rewrite to come"
      }
      let summary = open(node.proposal?.summary) ?? ""
      return summary.contains { !$0.isWhitespace } ? summary : firstWords(of: node) ?? "no change"
    }
  }

  private func firstWords(of node: Node) -> String? {
    guard let parent = node.parent.flatMap({ tree[$0] }) else { return nil }
    return ChangeSummary.firstWords(from: prompt(of: parent), to: prompt(of: node), limit: 9)
  }

  /// How a judgement or a proposal went wrong; nil where nothing did.
  func failure(of node: Node) -> String? {
    secret(
      node.trial.failure ?? node.proposalFailure ?? node.trial.faults.last?.fault
        ?? node.proposalFaults.last?.fault)
  }
}

// MARK: - The run

extension RunRecord {
  package static let simulationNotice = "SIMULATED" + simulationMeaning

  static let simulationMeaning =
    ": models inside the program played at least one role. Nothing here says how a real model does."

  static let redactionNotice =
    "Queries, responses and what the judge wrote of them were left out (--redact). What stays may "
    + "still tell what they were about: the prompts and the few words on each rewrite, the names of "
    + "aspects, and what people wrote."

  /// `finished`, `paused` or `unfinished`, and why; and when that was, where it is the past.
  package var standing: String {
    at.map { "\(state), as it was after event \($0)" } ?? state
  }

  private var state: String {
    switch tree.finish?.why {
    case .depth: "finished at the depth limit"
    case .queries: "finished where the queries end"
    case .stopped: "stopped by a person, with the best so far"
    case .calls: "ended by the limit of calls, with the best so far"
    case .tokens: "ended by the limit of tokens, with the best so far"
    case .cost: "ended by the limit of its cost, with the best so far"
    case .minutes: "ended by the limit of its time, with the best so far"
    case .nothingAlive: "ended with nothing left alive, with the best that was alive last"
    case nil: tree.isPaused ? "paused" : "unfinished"
    }
  }

  /// What the best prompt gained over the initial one, or that nobody knows.
  var liftSentence: String {
    guard let lift = Lift(of: tree) else {
      return best.prompt == tree.root.prompt
        ? "It is the initial prompt." : "Its lift over the initial prompt was not measured."
    }
    return "Its lift over the initial prompt is \(lift.words)."
  }

  /// `paper`, or `paper, steered` when a person had a hand in it.
  var presetWords: String {
    tree.configuration.preset + (tree.isSteered ? ", steered" : "")
  }

  /// `281 calls, 73 of them from the cache, 7 of them called back or lost`; of an imported tree it is not
  /// known what it took.
  package var callWords: String {
    guard areCallsKnown else { return "an unknown number of calls" }
    var parts: [String] = []
    if tree.totals.cached > 0 {
      parts.append("\(tree.totals.cached.grouped) of them from the cache")
    }
    if tree.lostCalls > 0 {
      parts.append("\(tree.lostCalls.grouped) of them called back or lost")
    }
    return ([tree.totals.started.counted("call")] + parts).joined(separator: ", ")
  }

  /// Where they are not, the run was written down by another program, and what ours recorded of it when
  /// it was imported, such as the times, is nothing that happened in it.
  var areCallsKnown: Bool { tree.totals.areKnown }

  /// Seconds since 1970-01-01 UTC of the first event; nil where nobody knows.
  var started: Double? { areCallsKnown ? ledger.started : nil }

  /// The same of the last.
  var ended: Double? { areCallsKnown ? ledger.ended : nil }

  /// nil where nobody knows it, and nothing was drawn by it here.
  var seed: UInt64? { areCallsKnown ? tree.configuration.seed : nil }
}
