import DRPO
import Engine
import Locking
import Models
import Simulation
import TestSupport
import Testing
import Tree

@Suite struct RetrievalTests {
  private func run(
    _ embed: Embedding?
  ) async -> (shown: Set<[Int]>, finish: FinishReason?, notices: [String]) {
    var configuration = RunConfiguration.scripted(depth: 2, maxDepthIncrease: 0)
    configuration.settings.examplesShown = 1
    configuration.examples = [
      Example(query: "Question 0?", response: "by its words"),
      Example(query: "Something else", response: "by its meaning"),
    ]
    let player = PlayedRole(model: SimulatedModel(latency: .none))
    let notices = Locked<[String]>([])
    let engine = Engine(
      tree: SearchTree(configuration: configuration), texts: TextsInMemory(),
      models: [.base: player, .judge: player, .optimizer: player], sink: MemorySink(),
      embed: embed
    ) { update in
      if case .notice(let text) = update { notices.withLock { $0.append(text) } }
    }
    _ = await engine.run()
    let tree = await engine.tree
    return (
      Set(tree.nodes.compactMap { $0.trial.answer?.examples }), tree.finish?.why,
      notices.withLock { $0 }
    )
  }

  @Test func byWords() async {
    let run = await run(nil)
    #expect(run.shown == [[0]])
  }

  /// To this model, all queries of the run mean what the second example means.
  @Test func byMeaning() async {
    let run = await run { texts in
      texts.enumerated().map { $0.offset == 0 ? [3, 0] : [0.5, 2] }
    }
    #expect(run.shown == [[1]])
    #expect(run.finish == .depth)
    #expect(run.notices.isEmpty)
  }

  @Test func byWordsWhereVectorsCannotBeHad() async {
    let failing = await run { _ in throw ModelError.unavailable("nobody is there") }
    #expect(failing.shown == [[0]])
    #expect(failing.finish == .depth)
    #expect(failing.notices.count == 1)
    #expect(failing.notices.first?.contains("nobody is there") == true)
    let short = await run { _ in [[1]] }
    #expect(short.shown == [[0]])
  }
}
