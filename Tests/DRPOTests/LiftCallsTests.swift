import DRPO
import TestSupport
import Testing
import Tree

/// The initial prompt on the queries of later levels, which no decision looks at.
@Suite struct LiftCallsTests {
  private static func answer(_ level: Int) -> CallKey {
    CallKey(node: .root, step: .answer, query: level)
  }

  private static func judgement(_ level: Int, attempt: Int = 0) -> CallKey {
    CallKey(node: .root, step: .judgement, query: level, attempt: attempt)
  }

  private func wanted(in tree: SearchTree) -> [CallKey] { BeamStrategy().next(in: tree).wanted }

  @Test func `it is asked when a level begins, behind all others`() {
    var search = SearchDriver.steered(measuresLift: true)
    #expect(search.tree.liftCalls == [])
    search.run(until: SearchTree.has(3))
    #expect(search.tree.liftCalls == [Self.answer(1)])
    #expect(wanted(in: search.tree).count > 1 && wanted(in: search.tree).last == Self.answer(1))
    search.held = [Self.answer(1)]
    search.run(until: SearchTree.has(9))
    #expect(wanted(in: search.tree).suffix(2) == [Self.answer(1), Self.answer(2)])
    search.held = []
    search.run { $0.root.trial(on: 2)?.answer != nil && $0.aspects[2] != nil }
    #expect(search.tree.liftCalls.contains(Self.judgement(2)))
  }

  @Test func `the search is the same with it, and every level is measured`() {
    var without = SearchDriver.steered()
    without.run()
    var search = SearchDriver.steered(measuresLift: true)
    search.run()
    #expect(search.violations == [])
    expectPicture(search.tree.families, without.tree.families)
    #expect(search.tree.root.moreTrials.map(\.query) == [1, 2, 3])
    #expect(search.tree.totals.started == without.tree.totals.started + 6)
    #expect(search.tree.resultPairs == [RewardPair(query: 3, initial: 3, result: 4)])
  }

  @Test func `the end does not wait for it, and it lands after the end`() {
    var search = SearchDriver.steered(measuresLift: true)
    search.held = Set((1...3).map(Self.answer))
    search.run()
    #expect(search.tree.finish?.node == search.id(13))
    #expect(search.tree.inFlight == search.held)
    #expect(wanted(in: search.tree) == (1...3).map(Self.answer))
    search.held = []
    search.run()
    var other = SearchDriver.steered(measuresLift: true)
    other.run()
    expectSame(search.tree, other.tree, "measured after the end")
    #expect(wanted(in: search.tree) == [])
  }

  @Test func `a judgement that stays unreadable is left out`() {
    var search = SearchDriver.steered(measuresLift: true)
    search.held = [Self.judgement(1)]
    search.run()
    var tree = search.tree
    for attempt in 0..<Fault.limit {
      #expect(tree.liftCalls == [Self.judgement(1, attempt: attempt)])
      tree.apply(
        .completed(
          Completion(
            call: Self.judgement(1, attempt: attempt),
            outcome: .unreadable(fault: "no JSON", reply: "Hm."), usage: Usage())))
    }
    #expect(tree.liftCalls == [] && tree.ignored == 0)
    #expect((1...3).map { tree.initialReward(at: $0) != nil } == [false, true, true])
    #expect(tree.finish == search.tree.finish)
  }

  @Test func `a stop leaves it out, but for what is in flight`() {
    var search = SearchDriver.steered(measuresLift: true)
    search.run(until: SearchTree.has(9))
    search.held = [Self.answer(2)]
    search.run { $0.node(numbered: 4)?.prompt != nil }
    search.intervene(.stop)
    search.run()
    #expect(search.tree.finish == nil && search.tree.inFlight == [Self.answer(2)])
    search.held = []
    search.run()
    #expect(search.tree.finish?.why == .stopped)
    #expect(search.tree.root.trial(on: 2)?.answer != nil)
    #expect(search.tree.root.trial(on: 2)?.evaluation == nil)
    #expect(wanted(in: search.tree) == [])
  }

  @Test func `a budget that is used up leaves it out`() {
    var search = SearchDriver.steered(maxCalls: 20, measuresLift: true)
    search.run()
    #expect(search.tree.finish?.why == .calls && search.tree.totals.started == 20)
    #expect(wanted(in: search.tree) == [])
  }

  @Test func `where a copy of the initial prompt answers, it is not asked again`() {
    var search = SearchDriver.steered(changing: [0: 5], measuresLift: true)
    search.run(until: SearchTree.has(1))
    #expect(search.tree.node(numbered: 1)?.origin == .copy)
    #expect(search.tree.liftCalls == [])
    search.run()
    #expect(search.violations == [])
    #expect(search.tree.root.trial(on: 1) == nil && search.tree.root.trial(on: 2) != nil)
    #expect(search.tree.initialReward(at: 1) != nil && search.tree.initialReward(at: 2) != nil)
  }

  @Test func `it can be turned on and off while the search runs`() {
    var search = SearchDriver.steered()
    search.run(until: SearchTree.has(9))
    var settings = search.tree.settings
    settings.measuresLift = true
    search.intervene(.set(settings))
    #expect(search.tree.inFlight.isSuperset(of: [Self.answer(1), Self.answer(2)]))
    search.undo()
    #expect(search.tree.inFlight.isDisjoint(with: [Self.answer(1), Self.answer(2)]))
    search.redo()
    search.run()
    #expect(search.violations == [])
    #expect(search.tree.root.moreTrials.map(\.query) == [1, 2, 3])
  }
}
