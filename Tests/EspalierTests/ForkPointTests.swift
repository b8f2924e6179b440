import TestSupport
import Testing
import Tree

@testable import espalier

/// Where a fork leaves the past.
struct ForkPointTests {
  @Test(
    arguments: [
      ("0", .node(0)), ("12", .node(12)), ("e0", .event(0)), ("e131", .event(131)),
    ] as [(String, ForkPoint)])
  func `a number is a node, and with an e an event`(word: String, point: ForkPoint) {
    #expect(ForkPoint(argument: word) == point)
  }

  @Test(arguments: ["", "e", "-1", "e-1", "x12", "12e", "event"])
  func `anything else is neither`(word: String) {
    #expect(ForkPoint(argument: word) == nil)
  }

  private static let root = NodeID.root
  /// 0 is opened, then 1 and 2 of its children, not 3; the search ends with 5 of 4, 5 and 6.
  private static let events: [RunEvent] = [
    .flight(.started(CallKey(node: root, step: .answer, query: 0))),
    .decided(.open(Opening(node: root, numbers: [1, 2, 3], skips: false))),
    .completed(
      Completion(
        call: CallKey(node: root.child(slot: 0), step: .proposal, query: 0),
        outcome: .proposed(Proposal(prompt: "One.", analysis: "", summary: "")), usage: Usage())),
    .completed(
      Completion(
        call: CallKey(node: root.child(slot: 1), step: .proposal, query: 0),
        outcome: .proposed(Proposal(prompt: "Two.", analysis: "", summary: "")), usage: Usage())),
    .decided(.open(Opening(node: root.child(slot: 1), numbers: [4, 5], skips: false))),
    .decided(.open(Opening(node: root.child(slot: 0), numbers: [6], skips: false))),
    .decided(.finish(node: root.child(slot: 1).child(slot: 1), why: .depth)),
    .intervened(Intervention(.pause, by: .person("ada"))),
  ]

  private func count(_ point: ForkPoint, of events: [RunEvent] = events) throws -> Int {
    let configuration = RunConfiguration(
      name: "toy", preset: "paper", settings: SearchSettings(), seed: 1, initialPrompt: "Help.",
      queries: ["One?", "Two?", "Three?"], examples: [], library: [], models: [:])
    return try point.count(in: events, of: configuration)
  }

  @Test(
    arguments: [
      (.node(0), 1),  // before the root was opened
      (.node(2), 4),  // before it was opened
      (.node(1), 5),  // before it was opened, after the other
      (.node(3), 4),  // before the first of its level was, for it was passed over
      (.node(5), 6),  // before the end
      (.node(6), 6),  // before the end, which it was not
      (.event(0), 1),  // after the event
      (.event(7), 8),
    ] as [(ForkPoint, Int)])
  func `so many events are shared`(point: ForkPoint, shared: Int) throws {
    #expect(try count(point) == shared)
  }

  @Test func `what there is not can't be forked at`() {
    func fault(_ point: ForkPoint, _ events: [RunEvent]) -> String? {
      #expect(throws: Failure.self) { try count(point, of: events) }?.description
    }
    #expect(fault(.event(8), Self.events) == "there is no event 8 in this run; the last is 7.")
    #expect(
      fault(.node(9), Self.events) == "there is no node 9 in this run; they go up to 6.")
    #expect(
      fault(.node(3), Array(Self.events.prefix(4)))
        == "nothing has been decided on node 3 yet, so there is no before. Fork at an event, such "
        + "as --at e3.")
  }
}
