import JSON
package import Tree

/// What the paper's authors' program writes at its end, `output.json`: the path to the best prompt,
/// one member a level, `"level 1"` for the initial prompt, each with the prompt and how it was judged
/// there. (Singla17/dynamic-alignment-optimization, README, "convert_pkl_to_json".)
///
/// The rest of the tree, the queries and the responses are not in it, nor the models.
package struct PublishedPath: Hashable, Sendable {
  package struct Level: Hashable, Sendable {
    package let prompt: String
    /// In the judge's order; empty where the judgement could not be read.
    package let scores: [Evaluation.Score]
  }

  /// The initial prompt's first.
  package let levels: [Level]

  /// - Throws: `ImportError`, naming what is wrong where.
  package init(json text: String) throws(ImportError) {
    do {
      levels = try Self.levels(of: try JSON(document: text))
    } catch .missing(let member) {
      throw .missingOnPath(member)
    }
  }

  private static func levels(of document: JSON) throws(ImportError) -> [Level] {
    guard case .object(let members) = document, !members.isEmpty else {
      throw .missing("\"\(name(of: 0))\"")
    }
    var levels: [Level] = []
    for index in members.indices {
      let name = name(of: index)
      guard let member = document[name] else { throw .missing("\"\(name)\"") }
      let place = " of \(name)"
      levels.append(
        Level(
          prompt: try member.string("Prompt", place),
          scores: try member.scores("Evaluation of the prompt", place)))
    }
    return levels
  }

  /// Whether a document has this form, and not that of a tree.
  package static func isForm(of text: String) -> Bool {
    (try? JSON(document: text))?[name(of: 0)] != nil
  }

  private static func name(of level: Int) -> String { "level \(level + 1)" }
}

// MARK: - As a run of ours

extension PublishedPath {
  /// What stands for the queries: a run has one for each level, and the file tells none.
  static let query = "(The query of this level is not in output.json.)"

  /// A search of one candidate a level.
  package func configuration(named name: String) -> RunConfiguration {
    RunConfiguration(
      name: name, preset: "paper",
      settings: SearchSettings(
        beam: 1, actions: 1, depth: levels.count, maxDepthIncrease: 0, unreadable: .zero),
      seed: 0, initialPrompt: Text(levels[0].prompt),
      queries: levels.map { _ in Text(Self.query) }, examples: [], library: [], models: [:])
  }

  /// Level by level: the aspects, the rewrite, its judgement; at the end the finish.
  package var events: [RunEvent] {
    var events: [RunEvent] = []
    var id = NodeID.root
    for (index, level) in levels.enumerated() {
      if index > 0 {
        let skips = level.prompt.utf8.elementsEqual(levels[index - 1].prompt.utf8)
        events.append(.decided(.open(Opening(node: id, numbers: [index], skips: skips))))
        id = id.child(slot: 0)
        if !skips {
          let proposal = Proposal(prompt: Text(level.prompt), analysis: "", summary: "")
          events.append(
            .imported(CallKey(node: id, step: .proposal, query: index), .proposed(proposal)))
        }
      }
      events += Self.judgement(of: level, id, query: index)
    }
    return events + [.decided(.finish(node: id, why: .depth))]
  }

  private static func judgement(of level: Level, _ id: NodeID, query: Int) -> [RunEvent] {
    func call(attempt: Int) -> CallKey {
      CallKey(node: id, step: .judgement, query: query, attempt: attempt)
    }
    guard !level.scores.isEmpty else {
      return (0..<Fault.limit).map {
        .imported(
          call(attempt: $0),
          .unreadable(fault: "The published evaluation is empty.", reply: ""))
      }
    }
    let aspects = level.scores.map { Aspect(name: $0.aspect, definition: "") }
    return [
      .imported(
        .aspects(query: query),
        .aspects(AspectChoice(aspects: aspects, reasoning: "", origin: .imported))),
      .imported(call(attempt: 0), .judged(Evaluation(scores: level.scores))),
    ]
  }
}

extension RunEvent {
  /// A call of another program; what it took is not known.
  static func imported(_ call: CallKey, _ outcome: Outcome) -> RunEvent {
    .completed(Completion(call: call, outcome: outcome, usage: Usage()))
  }
}
