import DRPO
import Engine
import Models
import Simulation
import TestSupport
import Testing
import Tree

@Suite struct EnginePropertyTests {
  private static let configuration = RunConfiguration.scripted(depth: 4, measuresLift: true)

  private static func model(faults: SimulatedFaults, order: UInt64) -> any LanguageModel {
    ShuffledModel(SimulatedModel(latency: .none, faults: faults), seed: order)
  }

  @Test(arguments: [
    .none, SimulatedFaults(unreadable: 0.3), SimulatedFaults(unreadable: 0.1, unavailable: 0.3),
  ])
  func `completions in any order give the same tree`(faults: SimulatedFaults) async {
    let expected = Rehearsal(
      Self.configuration, model: SimulatedModel(latency: .none, faults: faults))
    #expect(await expected.run() == .finished)
    let tree = await expected.engine.tree
    for order: UInt64 in 1...6 {
      let other = Rehearsal(
        Self.configuration, model: Self.model(faults: faults, order: order))
      #expect(await other.run() == .finished)
      expectSame(await other.engine.tree, tree, "order \(order)")
      #expect(Audit.violations(of: await other.log, configuration: Self.configuration) == [])
      let folded = SearchTree(configuration: Self.configuration, events: await other.log)
      expectSame(folded, tree, "the fold of order \(order)")
    }
  }

  @Test func `a crash after any event and a resume give the uninterrupted tree`() async {
    let faults = SimulatedFaults(unreadable: 0.1, unavailable: 0.1)
    let whole = Rehearsal(Self.configuration, model: Self.model(faults: faults, order: 1))
    await whole.run()
    let (log, tree) = (await whole.log, await whole.engine.tree)
    for count in stride(from: 0, through: log.count, by: 9) {
      let history = Array(log.prefix(count))
      let resumed = Rehearsal(
        Self.configuration, history: history,
        model: Self.model(faults: faults, order: UInt64(count)))
      #expect(await resumed.run() == .finished)
      expectSame(await resumed.engine.tree, tree, "after \(count) events")
      let finished = Set(history.compactMap(Self.finished).map { $0.draw(seed: 7) })
      #expect(finished.isDisjoint(with: resumed.requests.map(\.seed)), "after \(count) events")
      #expect(Audit.violations(of: await resumed.log, configuration: Self.configuration) == [])
    }
  }

  private static func finished(_ event: RunEvent) -> CallKey? {
    guard case .completed(let completion) = event else { return nil }
    if case .failed(_, isTransient: true) = completion.outcome { return nil }
    return completion.call
  }

  @Test func `whatever a person does, no dead node gets work, and the run ends`() async {
    for seed: UInt64 in 0..<25 {
      var chance = SeededGenerator(seed: seed)
      let limit = seed % 4 == 0 ? Int.random(in: 0...90, using: &chance) : nil
      let configuration = RunConfiguration.scripted(
        depth: 5, maxCalls: limit, measuresLift: seed % 2 == 0)
      let run = Rehearsal(
        configuration,
        model: Self.model(
          faults: SimulatedFaults(unreadable: 0.1, unavailable: 0.1), order: seed))
      async let ending = run.run()
      for _ in 0..<Int.random(in: 1...12, using: &chance) {
        for _ in 0..<Int.random(in: 0...200, using: &chance) { await Task.yield() }
        let action = Intervention.Action.random(in: await run.engine.tree, using: &chance)
        _ = await run.intervene(action)
        if Bool.random(using: &chance) { _ = await run.engine.undo(by: .person("tester")) }
        if Bool.random(using: &chance) { _ = await run.engine.redo(by: .person("tester")) }
      }
      while await run.engine.tree.isPaused {
        if case .failure(.ended) = await run.intervene(.continue) { break }
      }
      #expect(await ending == .finished, "seed \(seed)")
      let (log, tree) = (await run.log, await run.engine.tree)
      #expect(tree.finish != nil)
      #expect(Audit.violations(of: log, configuration: configuration) == [], "seed \(seed)")
      let numbers = tree.nodes.map(\.number)
      #expect(Set(numbers).count == numbers.count, "seed \(seed): no number twice")
      #expect(tree.ignored == 0, "seed \(seed)")
      expectSame(SearchTree(configuration: configuration, events: log), tree, "seed \(seed)")
    }
  }

  @Test(arguments: [0, 1, 2, 20, 61])
  func `no more calls are made than allowed`(limit: Int) async {
    let run = Rehearsal(
      .scripted(maxCalls: limit, measuresLift: limit % 2 == 0),
      model: Self.model(faults: .none, order: 3))
    #expect(await run.run() == .finished)
    let tree = await run.engine.tree
    #expect(tree.totals.started == limit)
    #expect(run.requests.count == limit)
    #expect(tree.finish?.why == .calls)
    #expect(tree.finish?.node == tree.best.id)
  }
}
