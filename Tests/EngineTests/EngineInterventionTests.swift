import DRPO
import Engine
import Models
import Simulation
import TestSupport
import Testing
import Tree

/// A person's hand in a run that is under way. A gate keeps the optimizer's replies back, so that
/// three rewrites of the root are in flight while the person acts.
@Suite struct EngineInterventionTests {
  private let gate = Gate()

  private func rehearsal() -> Rehearsal {
    let model = SimulatedModel(latency: .none)
    return Rehearsal(
      model: ScriptedModel { [gate] request in
        if request.isRewriting { try await gate.pass() }
        return try await model.reply(to: request).text
      })
  }

  @Test func `pruning calls back what is in flight at once, and restoring asks it again`() async {
    let run = rehearsal()
    async let ending = run.run()
    await gate.until { waiting, _ in waiting == 3 }
    let second = await run.engine.tree.id(2)
    let result = await run.intervene(.prune(second))
    #expect(throws: Never.self) { try result.get() }
    await gate.until { waiting, cancelled in waiting == 2 && cancelled == 1 }
    let call = CallKey(node: second, step: .proposal, query: 0)
    #expect(await run.log.contains(.flight(.cancelled(call))))
    #expect(await run.engine.tree.inFlight.contains(call) == false)

    #expect(await run.engine.undo(by: .person("tester")).isSuccess)
    await gate.until { waiting, _ in waiting == 3 }
    #expect(await run.log.count { $0 == .flight(.started(call)) } == 2)
    #expect(await run.engine.redo(by: .person("tester")).isSuccess)
    await gate.until { waiting, cancelled in waiting == 2 && cancelled == 2 }
    await gate.open()
    #expect(await ending == .finished)
    let tree = await run.engine.tree
    #expect(tree[second]?.prompt == nil)
    #expect(Audit.violations(of: await run.log, configuration: run.configuration) == [])
  }

  @Test func `what can't be done is refused with its reason`() async {
    let run = rehearsal()
    async let ending = run.run()
    await gate.until { waiting, _ in waiting == 3 }
    #expect(await run.intervene(.prune(.root)).refusal == .rootPruned)
    #expect(await run.intervene(.continue).refusal == .notPaused)
    #expect(await run.engine.undo(by: .person("tester")).refusal == .nothingToUndo)
    #expect(await run.engine.redo(by: .person("tester")).refusal == .nothingToRedo)
    await gate.open()
    _ = await ending
    let late = await run.intervene(.prune(.root))
    #expect(late == .failure(.ended))
    #expect(
      InterventionError.ended.description
        == "The engine has come to rest. Resume the run to go on with it.")
  }

  @Test func `a fork gets its place from the engine`() async throws {
    let run = rehearsal()
    async let ending = run.run()
    await gate.until { waiting, _ in waiting == 3 }
    // As seen by somebody who has not heard of the opening yet.
    for _ in 0..<2 {
      let stale = Intervention.Action.fork(parent: .root, slot: -1, number: 1, prompt: "Mine.")
      #expect(await run.intervene(stale).isSuccess)
    }
    await gate.open()
    _ = await ending
    let forks = await run.engine.tree.nodes.filter { $0.origin == .fork }
    #expect(forks.map(\.slot) == [-1, -2])
    #expect(forks.map(\.number) == [4, 5])
  }

  @Test func `in a pause what is in flight lands and nothing starts`() async {
    let run = rehearsal()
    async let ending = run.run()
    await gate.until { waiting, _ in waiting == 3 }
    #expect(await run.intervene(.pause).isSuccess)
    await gate.open()
    let tree = await run.until { $0.isPaused && $0.inFlight.isEmpty }
    #expect(tree.level(1).allSatisfy { $0.prompt != nil && $0.trial.answer == nil })
    let count = await run.log.count
    #expect(await run.intervene(.continue).isSuccess)
    #expect(await ending == .finished)
    let log = await run.log
    #expect(log[count] == .intervened(Intervention(.continue, by: .person("tester"))))
    #expect(Audit.violations(of: log, configuration: run.configuration) == [])
  }

  @Test func `stopped, what is in flight lands and the best so far is the result`() async {
    let run = rehearsal()
    async let ending = run.run()
    await gate.until { waiting, _ in waiting == 3 }
    #expect(await run.intervene(.stop).isSuccess)
    await gate.open()
    #expect(await ending == .finished)
    let tree = await run.engine.tree
    #expect(tree.finish?.node == .root)
    #expect(tree.finish?.why == .stopped)
    #expect(tree.level(1).allSatisfy { $0.prompt != nil })
  }

  @Test func `kept open, a run goes on after its end`() async {
    await gate.open()
    let run = rehearsal()
    async let ending = run.run(stayingOpen: true)
    let finished = await run.until { $0.finish != nil }
    var settings = finished.settings
    settings.depth += 1
    #expect(await run.intervene(.set(settings)).isSuccess)
    let deeper = await run.until { $0.finish != nil && $0.levels.count > finished.levels.count }
    #expect(deeper.levels.count == deeper.depthLimit)
    await run.engine.drain()
    #expect(await ending == .drained)
  }

  @Test func `two who set at one instant do not overwrite each other`() async {
    let run = rehearsal()
    async let ending = run.run()
    await gate.until { waiting, _ in waiting == 3 }
    async let beam = run.engine.set(.beam(4), by: .person("ada"))
    async let depth = run.engine.set(.depth(9), by: .person("bob"), because: "Deeper.")
    async let calls = run.engine.set(.maxCalls(70), by: .person("eve"))
    for answer in await [beam, depth, calls] {
      guard case .success = answer else {
        Issue.record("\(answer)")
        continue
      }
    }
    let settings = await run.engine.tree.settings
    #expect(settings.beam == 4 && settings.depth == 9 && settings.maxCalls == 70)
    #expect(
      await run.engine.set(.beam(0), by: .program)
        == .failure(.refused(.settings("The beam must keep at least 1 node a level, not 0."))))
    await run.engine.abort()
    await gate.open()
    #expect(await ending == .aborted)
  }

  @Test func `a span that is nowhere, and a budget of what is free, are refused`() async {
    let run = rehearsal()
    async let ending = run.run()
    await gate.until { waiting, _ in waiting == 3 }
    let nowhere = await run.intervene(.lock("text that is nowhere"))
    #expect(nowhere == .failure(.refused(.nowhere)))
    #expect(await run.intervene(.lock("assistant")).isSuccess)
    let budget = await run.engine.set(.maxCost(5), by: .program)
    #expect(budget.refusal?.description.hasPrefix("No call of this run costs anything") == true)
    await run.engine.abort()
    await gate.open()
    #expect(await ending == .aborted)
  }

  @Test func `drained, it finishes what is in flight and starts nothing`() async {
    let run = rehearsal()
    async let ending = run.run()
    await gate.until { waiting, _ in waiting == 3 }
    let count = await run.log.count
    await run.engine.drain()
    await gate.open()
    #expect(await ending == .drained)
    let rest = await run.log.dropFirst(count)
    #expect(await run.engine.tree.level(1).allSatisfy { $0.prompt != nil })
    #expect(!rest.contains { if case .flight(.started) = $0 { true } else { false } })
    #expect(await run.engine.tree.inFlight.isEmpty)
  }

  @Test func `told to stop at once, it calls everything back`() async {
    let run = rehearsal()
    async let ending = run.run()
    await gate.until { waiting, _ in waiting == 3 }
    await run.engine.abort()
    #expect(await ending == .aborted)
    await gate.until { waiting, cancelled in waiting == 0 && cancelled == 3 }
    #expect(await run.engine.tree.inFlight.isEmpty)
    let resumed = Rehearsal(history: await run.log)
    #expect(await resumed.run() == .finished)
    let whole = Rehearsal()
    await whole.run()
    expectSame(await resumed.engine.tree, await whole.engine.tree, "resumed")
  }
}

extension ModelRequest {
  /// Whether the optimizer is asked.
  var isRewriting: Bool { messages.last?.content.contains("current-prompt") == true }
  /// Whether the judge is asked for scores.
  var isJudging: Bool { messages.last?.content.contains("The response to be judged") == true }
}

extension Result<RecordedEvent, InterventionError> {
  var isSuccess: Bool { if case .success = self { true } else { false } }

  var refusal: Refusal? {
    if case .failure(.refused(let refusal)) = self { return refusal }
    return nil
  }
}
