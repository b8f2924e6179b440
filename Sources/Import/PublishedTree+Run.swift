package import Tree

// The published tree as a run of ours: what its program would have recorded.

extension PublishedTree {
  /// The paper's preset with the settings of the file. What the file does not tell (the optimizer,
  /// the in-context examples, the definitions of the aspects) is left out.
  package var configuration: RunConfiguration {
    var queries: [Text] = []
    for node in nodes where node.depth == queries.count { queries.append(Text(node.query)) }
    return RunConfiguration(
      name: baseModel, preset: "paper", settings: search, seed: 0,
      initialPrompt: Text(nodes[0].systemPrompt), queries: queries, examples: [], library: [],
      models: [
        .base: ModelDescription(name: baseModel, endpoint: nil, isSimulated: false),
        .judge: ModelDescription(name: judge, endpoint: nil, isSimulated: false),
      ])
  }

  /// Level by level: what was opened and extended, the aspects, then each node's completions; at the
  /// end the finish. What the calls took is not known, so their usage is empty.
  package var events: [RunEvent] {
    let levels = Dictionary(grouping: nodes, by: \.depth)
    var events: [RunEvent] = []
    var extensions = 0
    for depth in 0..<levels.count {
      let level = levels[depth] ?? []
      events += aspects(of: level).map { [$0] } ?? []
      for node in level { events += completions(of: node) }
      let openings = level.compactMap(opening).sorted {
        ($0.numbers.first ?? 0) < ($1.numbers.first ?? 0)
      }
      var canExtend = extensions < search.maxDepthIncrease
      for opening in openings {
        events.append(.decided(.open(opening)))
        guard opening.skips, canExtend else { continue }
        // Once a level, and as soon as it is due.
        canExtend = false
        extensions += 1
        events.append(.decided(.extend(level: depth)))
      }
    }
    if let terminal = identity(of: terminalNode) {
      let isDeepest = levels.count >= search.depth + extensions
      events.append(.decided(.finish(node: terminal, why: isDeepest ? .depth : .queries)))
    }
    return events
  }

  private func opening(of node: Node) -> Opening? {
    guard let numbers = children[node.id], let id = identity(of: node.id) else { return nil }
    let prompts = numbers.compactMap { byID[$0]?.systemPrompt }
    let skips = prompts.count == 1 && prompts[0].utf8.elementsEqual(node.systemPrompt.utf8)
    return Opening(node: id, numbers: numbers, skips: skips)
  }

  /// nil where no judgement of the level could be read.
  private func aspects(of level: [Node]) -> RunEvent? {
    guard let node = level.first(where: { !$0.scores.isEmpty }) else { return nil }
    let aspects = node.scores.map { Aspect(name: $0.aspect, definition: "") }
    return .imported(
      .aspects(query: node.depth),
      .aspects(AspectChoice(aspects: aspects, reasoning: "", origin: .imported)))
  }

  private func completions(of node: Node) -> [RunEvent] {
    guard let id = identity(of: node.id) else { return [] }
    func call(_ step: Step, attempt: Int = 0) -> CallKey {
      CallKey(node: id, step: step, query: node.depth, attempt: attempt)
    }
    var events: [RunEvent] = []
    if let parent = node.parent.flatMap({ byID[$0] }), opening(of: parent)?.skips == false {
      let proposal = Proposal(prompt: Text(node.systemPrompt), analysis: "", summary: "")
      events.append(.imported(call(.proposal), .proposed(proposal)))
    }
    let answer = Answer(response: Text(node.response), examples: [])
    events.append(.imported(call(.answer), .answered(answer)))
    if node.scores.isEmpty {
      for attempt in 0..<Fault.limit {
        events.append(
          .imported(
            call(.judgement, attempt: attempt),
            .unreadable(fault: "The published evaluation is empty.", reply: "")))
      }
    } else {
      events.append(
        .imported(call(.judgement), .judged(Evaluation(scores: node.scores))))
    }
    return events
  }
}
