import Testing

@testable import Tree

/// The rewards that the result is compared by with the initial prompt.
@Suite struct ResultPairsTests {
  /// The result: judged 3.5 on query 1.
  private let best = Small.id(1)

  /// The small tree without what is still to come in it.
  private func pairs(after events: RunEvent...) -> [RewardPair] {
    var tree = Small.tree
    tree.apply(.intervened(Intervention(.prune(Small.id(3)), by: .person("tester"))))
    for event in events { tree.apply(event) }
    #expect(tree.result.id == best)
    return tree.resultPairs
  }

  private func judged(
    _ node: NodeID, on query: Int, _ scores: Double..., sample: Int = 0
  ) -> RunEvent {
    Small.completed(
      CallKey(node: node, step: .judgement, query: query, sample: sample),
      .judged(
        Evaluation(scores: scores.map { .init(aspect: "Depth", value: $0, rationale: "") })))
  }

  @Test func `queries that one of the two has not answered do not count`() {
    #expect(pairs() == [])
    #expect(pairs(after: judged(.root, on: 3, 2), judged(best, on: 2, 4)) == [])
  }

  @Test func `the same queries do, in their order`() {
    #expect(
      pairs(after: judged(.root, on: 3, 2, 3), judged(best, on: 3, 4), judged(.root, on: 1, 3))
        == [
          RewardPair(query: 1, initial: 3, result: 3.5),
          RewardPair(query: 3, initial: 2.5, result: 4),
        ])
  }

  @Test func `a prompt that is carried on is judged on the queries of several levels`() {
    let copy = best.child(slot: 0)
    var tree = Small.tree
    for event: RunEvent in [
      .intervened(Intervention(.prune(Small.id(3)), by: .person("tester"))),
      judged(.root, on: 1, 3), judged(.root, on: 2, 2),
      .decided(.open(Opening(node: best, numbers: [5], skips: true))),
      Small.answer(copy), judged(copy, on: 2, 5),
    ] { tree.apply(event) }
    #expect(tree.ignored == 0)
    let pairs = [
      RewardPair(query: 1, initial: 3, result: 3.5), RewardPair(query: 2, initial: 2, result: 5),
    ]
    #expect(tree.result.id == copy && tree.resultPairs == pairs)
    tree.apply(.decided(.finish(node: best, why: .stopped)))
    #expect(tree.result.id == best && tree.resultPairs == pairs)
  }

  @Test func `the order in which further trials land makes no difference`() {
    let events = [
      judged(.root, on: 3, 2), judged(.root, on: 1, 3), judged(.root, on: 1, 4, sample: 1),
      judged(.root, on: 2, 5),
    ]
    let trees = [events, events.reversed()].map { Small.log + $0 }.map {
      SearchTree(configuration: Small.configuration, events: $0)
    }
    #expect(trees[0] == trees[1] && trees[0].ignored == 0)
    #expect(trees[0].root.moreTrials.map(\.query) == [1, 1, 2, 3])
    #expect(trees[0].root.moreTrials.map(\.sample) == [0, 1, 0, 0])
  }

  @Test func `a further trial that has brought nothing is not kept`() {
    var tree = Small.tree
    tree.apply(
      Small.completed(
        CallKey(node: .root, step: .answer, query: 2),
        .failed(reason: "the connection broke", isTransient: true)))
    #expect(tree.ignored == 0 && tree == Small.tree)
  }

  @Test func `trials that were repeated count as one`() {
    #expect(
      pairs(
        after: judged(.root, on: 3, 2), judged(.root, on: 3, 3, sample: 1), judged(best, on: 3, 4))
        == [RewardPair(query: 3, initial: 2.5, result: 4)])
  }

  @Test func `a score by a person is no measurement`() {
    let override = Intervention(
      .override(best, aspect: "Depth", score: 1), by: .person("tester"))
    #expect(
      pairs(after: judged(.root, on: 1, 3), .intervened(override))
        == [RewardPair(query: 1, initial: 3, result: 3.5)])
  }

  @Test func `an initial prompt that is the result has nothing to be compared with`() {
    #expect(SearchTree(configuration: Small.configuration).resultPairs == [])
    #expect(Small.tree.result.id == .root && Small.tree.resultPairs == [])
  }
}
