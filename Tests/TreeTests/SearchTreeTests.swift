import Testing

@testable import Tree

@Suite struct SearchTreeTests {
  @Test func `a log folds into its tree`() throws {
    let tree = Small.tree
    #expect(tree.ignored == 0)
    #expect(tree.nodes.map(\.number) == [0, 1, 2, 3, 4])
    #expect(tree.nodes.map(\.origin) == [.root, .rewrite, .rewrite, .rewrite, .copy])
    #expect(tree.nodes.map { tree.state(of: $0) } == [.kept, .scored, .pruned, .waiting, .pruned])
    #expect(tree.nodes.map(\.pathReward) == [nil, 3.5, 2, nil, 2])
    #expect(tree.levels.map(\.count) == [1, 3, 1])
    #expect(tree.nextNumber == 5)
    #expect(tree.node(numbered: 4)?.prompt == "Two.")
    #expect(tree.path(to: Small.id(2).child(slot: 0)).map(\.number) == [0, 2, 4])
    #expect(tree.front == 1)
    #expect(tree.best.number == 0, "3 is not settled")
    #expect(tree.interventions == 1)
    #expect(tree.totals.completed == 10)
    #expect(tree.totals[.judge].input == 50)
  }

  @Test(arguments: [(9, 3), (3, 2), (2, 2), (1, 2)])
  func `the last level is where the search ends, or has come to already`(depth: Int, last: Int) {
    var tree = Small.tree
    tree.apply(.intervened(Intervention(.set(SearchSettings(depth: depth)), by: .program)))
    #expect(tree.lastLevel == last)
  }

  @Test(arguments: [
    Small.answer(NodeID(rawValue: 5)),
    Small.answer(.root),
    Small.judge(.root, 5),
    Small.propose(Small.id(1), "Again."),
    Small.propose(.root, "Not mine."),
    Small.choose(0),
    .flight(.cancelled(.aspects(query: 9))),
    .decided(.open(Opening(node: .root, numbers: [7], skips: false))),
    .decided(.open(Opening(node: Small.id(3), numbers: [7], skips: false))),
    .decided(.open(Opening(node: NodeID(rawValue: 5), numbers: [7], skips: false))),
    .decided(.finish(node: NodeID(rawValue: 5), why: .depth)),
    .intervened(Intervention(.prune(.root), by: .program)),
  ])
  func `what means nothing changes nothing and is counted`(event: RunEvent) {
    var tree = Small.tree
    tree.apply(event)
    #expect(tree == Small.tree)
    #expect(tree.totals == Small.tree.totals)
    #expect(tree.ignored == 1)
  }

  @Test func `what is lost with its process counts, and so does what is asked in its place`() {
    var tree = SearchTree(configuration: Small.configuration)
    for step in [Step.answer, .judgement] {
      tree.apply(.flight(.started(CallKey(node: .root, step: step, query: 0))))
    }
    #expect(tree.lostCalls == 0)
    tree.apply(.flight(.reopened))
    #expect(tree.lostCalls == 2)
    tree.apply(.flight(.started(CallKey(node: .root, step: .answer, query: 0))))
    tree.apply(Small.answer(.root))
    #expect(tree.totals.started == 3 && tree.totals.completed == 1 && tree.lostCalls == 2)
    // Of an imported tree no call is known.
    #expect(Small.tree.lostCalls == 0)
  }

  @Test func `the same start twice is one call`() {
    var tree = Small.tree
    let call = CallKey(node: Small.id(3), step: .proposal, query: 0)
    tree.apply(.flight(.started(call)))
    tree.apply(.flight(.started(call)))
    #expect(tree.totals.started == 1)
    #expect(tree.ignored == 1)
    #expect(tree.node(numbered: 3).map(tree.state) == .rewriting)
    tree.apply(.flight(.reopened))
    #expect(tree.inFlight.isEmpty)
    tree.apply(.flight(.started(call)))
    #expect(tree.totals.started == 2, "a call lost by a crash had its price")
  }

  // MARK: Rewards

  @Test func `a path reward is summed from the top and divided once`() {
    // Four rewards of one mean: in any other order of summation they would not be equal.
    let thirds = [[4, 4, 5], [3, 4, 4], [5, 5, 4], [4, 3, 3]].map { (scores: [Double]) in
      scores.reduce(0, +) / 3
    }
    var tree = SearchTree(configuration: Small.configuration, events: Small.log.prefix(4))
    var parent = NodeID.root
    for (level, reward) in thirds.enumerated() {
      tree.apply(
        .decided(.open(Opening(node: parent, numbers: [level + 1], skips: true))))
      parent = parent.child(slot: 0)
      let call = CallKey(node: parent, step: .judgement, query: level + 1)
      let score = Evaluation.Score(aspect: "Depth", value: reward, rationale: "")
      tree.apply(Small.completed(call, .judged(Evaluation(scores: [score]))))
    }
    #expect(tree.nodes.last?.pathReward == (((thirds[0] + thirds[1]) + thirds[2]) + thirds[3]) / 4)
  }

  @Test func `of equals the first made is first, and the unscored are last`() {
    var tree = SearchTree(configuration: Small.configuration, events: Small.log.prefix(4))
    tree.apply(.decided(.open(Opening(node: .root, numbers: Array(1...5), skips: false))))
    for number in 1...5 { tree.apply(Small.propose(Small.id(number), "p")) }
    for (number, scores) in [(1, [4.0, 2]), (2, [2, 4]), (4, [5, 1]), (5, [3, 3])] {
      tree.apply(Small.judge(Small.id(number), scores[0], scores[1]))
    }
    for attempt in 0...1 { tree.apply(Small.unreadable(Small.id(3), .judgement, attempt: attempt)) }
    #expect(tree.ranked(tree.level(1)).map(\.number) == [1, 2, 4, 5, 3], "a four-way tie")
    #expect(tree.ranked(tree.level(1).reversed()).map(\.number) == [5, 4, 2, 1, 3])
    #expect(tree.best.number == 1)
    tree.apply(Small.overriding(5, "Depth", 4))
    #expect(tree.best.number == 5)
  }

  @Test func `an unreadable judgement counts as the policy says`() {
    var tree = Small.tree
    tree.apply(Small.propose(Small.id(3), "Three."))
    tree.apply(Small.unreadable(Small.id(3), .judgement, attempt: 0))
    #expect(tree.node(numbered: 3)?.isSettled == false, "one re-ask")
    tree.apply(Small.unreadable(Small.id(3), .judgement, attempt: 1))
    #expect(tree.node(numbered: 3).map(tree.state) == .unreadable)
    #expect(tree.node(numbered: 3)?.pathReward == nil)
    tree.apply(
      .intervened(
        Intervention(.set(SearchSettings(depth: 3, unreadable: .zero)), by: .person("t"))))
    #expect(tree.node(numbered: 3)?.pathReward == 0)
    #expect(tree.node(numbered: 1)?.pathReward == 3.5)
    #expect(tree.unusable[.judge]?.count == 2)
    #expect(tree.unusable[.judge]?.last?.fault == "no JSON")
  }

  @Test func `an override counts in the path rewards below, and can be given back`() {
    var tree = Small.tree
    tree.apply(.intervened(Intervention(.restore(Small.id(2)), by: .person("t"))))
    let child = Small.id(2).child(slot: 0)
    tree.apply(Small.answer(child))
    tree.apply(Small.choose(2))
    tree.apply(Small.judge(child, 4, 4))
    #expect(tree[child]?.pathReward == 3)
    tree.apply(Small.overriding(2, "Depth", 5))
    #expect(tree[Small.id(2)]?.reward == 3.5)
    #expect(tree[child]?.pathReward == 3.75)
    #expect(tree[Small.id(2)]?.trial.evaluation?.reward == 2, "the judge's own stays")
    tree.apply(Small.overriding(2, "Depth", nil))
    #expect(tree[child]?.pathReward == 3)
  }

  // MARK: Who is alive

  @Test func `a pruned subtree is dead, also what is pruned in it, until all of it is restored`() {
    var tree = Small.tree
    let child = Small.id(2).child(slot: 0)
    #expect(tree[child]?.isAlive == false)
    tree.apply(.intervened(Intervention(.prune(child), by: .person("t"))))
    tree.apply(.intervened(Intervention(.restore(Small.id(2)), by: .person("t"))))
    #expect(tree[Small.id(2)]?.isAlive == true)
    #expect(tree[child]?.isAlive == false)
    tree.apply(.intervened(Intervention(.restore(child), by: .person("t"))))
    #expect(tree[child]?.isAlive == true)
  }

  @Test func `the best that was alive last is kept until something lives again`() {
    var tree = Small.tree
    tree.apply(.intervened(Intervention(.prune(Small.id(3)), by: .person("t"))))
    #expect(tree.best.number == 1)
    tree.apply(.intervened(Intervention(.prune(Small.id(1)), by: .person("t"))))
    #expect(!tree.isAnythingAlive)
    #expect(tree.lastBest == Small.id(1))
    tree.apply(.intervened(Intervention(Small.fork(of: .root), by: .person("t"))))
    #expect(tree.lastBest == nil)
  }

  @Test func `a prune that would leave nothing alive at the front is known before`() {
    var tree = Small.tree
    tree.apply(.intervened(Intervention(.prune(Small.id(3)), by: .person("t"))))
    #expect(tree.pruneKillsBeam(Small.id(1)))
    tree.apply(.intervened(Intervention(.restore(Small.id(2)), by: .person("t"))))
    #expect(tree.front == 2)
    #expect(tree.pruneKillsBeam(Small.id(2)))
    #expect(!tree.pruneKillsBeam(Small.id(1)))
  }

  // MARK: Undo and redo

  @Test func `what was done is undone and redone, the newest first`() {
    var tree = Small.tree
    tree.apply(.intervened(Intervention(.restore(Small.id(2)), by: .person("t"))))
    let actions: [Intervention.Action] = [
      .prune(Small.id(1)), .restore(Small.id(1)), .pin(Small.id(1)), .unpin(Small.id(1)),
      .override(Small.id(1), aspect: "Depth", score: 1), Small.fork(of: Small.id(1)),
      .steer("shorter"), .steer(nil), .lock("{name}"), .unlock("{name}"),
      .set(SearchSettings(beam: 3, depth: 3)), .prune(Small.id(2)),
    ]
    var before: [SearchTree] = []
    for action in actions {
      before.append(tree)
      tree.apply(.intervened(Intervention(action, by: .person("t"))))
    }
    let done = tree
    for expected in before.reversed() {
      tree.undo()
      if expected.nodes.count == tree.nodes.count {
        #expect(tree == expected)
      } else {
        #expect(tree.nodes.last?.isAlive == false, "a fork that is undone stays, pruned")
      }
    }
    for _ in actions { tree.redo() }
    #expect(tree == done)
    #expect(tree.redo == nil)
    #expect(tree.ignored == 0)
  }

  @Test func `something new ends what could be redone`() {
    var tree = Small.tree
    tree.undo()
    #expect(tree.redo == .prune(Small.id(2)))
    tree.apply(.intervened(Intervention(.pin(Small.id(1)), by: .person("t"))))
    #expect(tree.redo == nil)
    #expect(tree.undo == .unpin(Small.id(1)))
  }

  @Test func `a span locked twice is one lock`() {
    var tree = Small.tree
    for _ in 0..<2 { tree.apply(.intervened(Intervention(.lock("{x}"), by: .person("t")))) }
    #expect(tree.locks == ["{x}"])
    tree.undo()
    #expect(tree.locks == [])
    #expect(tree.undo == .restore(Small.id(2)))
  }

  @Test func `pausing and going on can't be undone, and stopping ends a pause`() {
    var tree = Small.tree
    tree.apply(.intervened(Intervention(.pause, by: .program, because: "gibberish")))
    #expect(tree.isPaused)
    #expect(tree.pauseReason == "gibberish")
    #expect(tree.interventions == 1, "the program is no person")
    #expect(tree.undo == .restore(Small.id(2)))
    tree.apply(.intervened(Intervention(.stop, by: .person("t"))))
    #expect(!tree.isPaused)
    #expect(tree.isStopping)
    tree.apply(.intervened(Intervention(.continue, by: .person("t"))))
    #expect(!tree.isStopping)
  }
}

extension SearchTree {
  fileprivate mutating func undo() {
    guard let action = undo else { return }
    apply(.intervened(Intervention(action, by: .person("t"), relation: .undo)))
  }

  fileprivate mutating func redo() {
    guard let action = redo else { return }
    apply(.intervened(Intervention(action, by: .person("t"), relation: .redo)))
  }
}

extension Small {
  fileprivate static func overriding(
    _ number: Int, _ aspect: String, _ score: Double?
  ) -> RunEvent {
    .intervened(
      Intervention(.override(id(number), aspect: aspect, score: score), by: .person("t")))
  }
}
