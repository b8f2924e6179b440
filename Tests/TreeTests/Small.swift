@testable import Tree

/// A small run by hand: the root has the children 1, judged, 2, pruned, with a child 4, and 3, which
/// has no prompt yet.
enum Small {
  static let configuration = RunConfiguration(
    name: "test-oak", preset: "default", settings: SearchSettings(depth: 3), seed: 7,
    initialPrompt: "You are a helpful assistant.", queries: ["Why?", "How?", "When?", "Who?"],
    examples: [], library: [], models: [:])

  static let log: [RunEvent] = [
    choose(0), choose(1), answer(.root), judge(.root, 3, 2),
    .decided(.open(Opening(node: .root, numbers: [1, 2, 3], skips: false))),
    propose(id(1), "One."), propose(id(2), "Two."),
    answer(id(1)), judge(id(1), 4, 3),
    answer(id(2)), judge(id(2), 2, 2),
    .decided(.open(Opening(node: id(2), numbers: [4], skips: true))),
    .intervened(Intervention(.prune(id(2)), by: .person("tester"))),
  ]

  static var tree: SearchTree { SearchTree(configuration: configuration, events: log) }

  /// The root's child of this number.
  static func id(_ number: Int) -> NodeID { NodeID.root.child(slot: number - 1) }

  static func fork(
    of parent: NodeID, slot: Int = -1, prompt: Text = "Mine."
  ) -> Intervention.Action {
    .fork(parent: parent, slot: slot, number: 5, prompt: prompt)
  }

  static func choose(_ query: Int) -> RunEvent {
    completed(
      .aspects(query: query),
      .aspects(
        AspectChoice(
          aspects: ["Depth", "Safety"].map { Aspect(name: $0, definition: "\($0).") },
          reasoning: "They matter.", origin: .judge)))
  }

  static func propose(_ node: NodeID, _ prompt: Text) -> RunEvent {
    completed(
      CallKey(node: node, step: .proposal, query: 0),
      .proposed(Proposal(prompt: prompt, analysis: "Thin.", summary: "shorter")))
  }

  static func answer(_ node: NodeID) -> RunEvent {
    completed(
      CallKey(node: node, step: .answer, query: level(node)),
      .answered(Answer(response: "So.", examples: [])))
  }

  static func judge(_ node: NodeID, _ scores: Double...) -> RunEvent {
    completed(
      CallKey(node: node, step: .judgement, query: level(node)),
      .judged(
        Evaluation(
          scores: zip(["Depth", "Safety", "Wit", "Order", "Warmth"], scores).map {
            Evaluation.Score(aspect: $0, value: $1, rationale: "Because.")
          })))
  }

  static func unreadable(_ node: NodeID, _ step: Step, attempt: Int) -> RunEvent {
    completed(
      CallKey(node: node, step: step, query: level(node), attempt: attempt),
      .unreadable(fault: "no JSON", reply: "Hm."))
  }

  static func completed(_ call: CallKey, _ outcome: Outcome) -> RunEvent {
    .completed(Completion(call: call, outcome: outcome, usage: Usage(input: 10, output: 5)))
  }

  private static func level(_ node: NodeID) -> Int {
    if node == .root { return 0 }
    return (1...5).contains { id($0) == node } ? 1 : 2
  }
}
