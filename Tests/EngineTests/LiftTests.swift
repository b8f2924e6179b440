import DRPO
import Engine
import Models
import Simulation
import TestSupport
import Testing
import Tree

/// The initial prompt on the queries of later levels, as the engine has it asked.
@Suite struct LiftTests {
  private static let configuration = RunConfiguration.scripted(depth: 4, measuresLift: true)

  /// The simulated model, which holds back what is asked for lift until a test lets it go.
  private static func model(
    _ gate: Gate, failing fault: (any Error & Sendable)? = nil
  ) -> some LanguageModel {
    let model = SimulatedModel(latency: .none)
    return ScriptedModel { request in
      if request.urgency >= .max / 2 {
        try await gate.pass()
        if let fault { throw fault }
      }
      return try await model.reply(to: request).text
    }
  }

  @Test func `the search ends without it, and the run when it has landed`() async {
    let gate = Gate()
    let run = Rehearsal(Self.configuration, model: Self.model(gate))
    async let ending = run.run()
    let tree = await run.until { $0.finish != nil }
    let levels = tree.levels.count - 1
    #expect(tree.inFlight.count == levels && tree.inFlight.allSatisfy(\.isForLift))
    #expect(tree.root.moreTrials == [])
    await gate.open()
    #expect(await ending == .finished)
    let end = await run.engine.tree
    #expect(end.finish == tree.finish)
    #expect(end.root.moreTrials.count { $0.evaluation != nil } == levels)
    #expect(!end.resultPairs.isEmpty)
    #expect(end.totals.started == ExpectedCalls(end).total)
  }

  @Test(arguments: [
    (
      ModelError.unavailable("connection refused"), [Duration.seconds(2), .seconds(4), .seconds(8)]
    ),
    (ModelError.stopped("the key is refused"), []),
  ])
  func `a server that is gone after the end keeps no run from ending`(
    fault: ModelError, sleeps: [Duration]
  ) async {
    let gate = Gate()
    let run = Rehearsal(
      Self.configuration, model: Self.model(gate, failing: fault), patience: Patience())
    async let ending = run.run()
    await run.until { $0.finish != nil }
    await gate.open()
    #expect(await ending == .finished)
    let tree = await run.engine.tree
    #expect(run.clock.sleeps == sleeps)
    #expect(tree.finish != nil && !tree.isPaused && tree.inFlight == [])
    #expect(tree.root.moreTrials == [] && tree.resultPairs == [])

    // Who goes on with the run asks for what is missing.
    let again = Rehearsal(Self.configuration, history: await run.log)
    #expect(await again.run() == .finished)
    #expect(await again.engine.tree.root.moreTrials.count == tree.levels.count - 1)
  }
}
