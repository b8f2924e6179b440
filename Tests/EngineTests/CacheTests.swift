import Engine
import Locking
import Models
import TestSupport
import Testing
import Tree

@Suite struct CacheTests {
  private final class Memory: ReplyStore {
    private let replies = Locked<[[UInt8]: ModelReply]>([:])
    func reply(to request: [UInt8]) async -> ModelReply? { replies.withLock { $0[request] } }
    func keep(_ reply: ModelReply, to request: [UInt8]) async {
      replies.withLock { $0[request] = reply }
    }
  }

  private func run(
    _ model: any LanguageModel, store: Memory, maxCalls: Int? = nil
  ) async -> SearchTree {
    var configuration = RunConfiguration.scripted(depth: 4, maxCalls: maxCalls)
    configuration.settings.maxDepthIncrease = 0
    var models: [Role: PlayedRole] = [:]
    for role in Role.allCases {
      var player = PlayedRole(model: model, price: TokenPrice(input: 1, output: 1))
      player.model = CachingModel(model: model, scope: player.scope(as: role), store: store)
      models[role] = player
    }
    let engine = Engine(
      tree: SearchTree(configuration: configuration), texts: TextsInMemory(), models: models,
      sink: MemorySink())
    _ = await engine.run()
    return await engine.tree
  }

  @Test func aSecondRunWithTheSameSeedCostsNothing() async {
    let (model, store) = (MeteredModel(), Memory())
    let first = await run(model, store: store)
    let calls = model.calls
    let second = await run(model, store: store, maxCalls: 1)
    #expect(model.calls == calls)
    #expect(second.nodes == first.nodes)
    #expect(second.finish == first.finish)
    #expect(second.totals.cached == second.totals.started)
    #expect(first.totals.cached == 0)
    #expect(second.totals.cost == 0)
    #expect(second.totals.input == 0)
  }
}
