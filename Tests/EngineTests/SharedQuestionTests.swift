import DRPO
import Engine
import Locking
import Models
import Simulation
import TestSupport
import Testing
import Tree

/// Rewrites of one prompt by one request.
@Suite struct SharedQuestionTests {
  private let gate = Gate()

  @Test func `the tree is the same as with single calls, and a question is paid for once`() async {
    let single = ServerLikeModel(gives: .one)
    let alone = Rehearsal(model: single)
    await alone.run()
    let several = ServerLikeModel(gives: .all)
    let together = Rehearsal(model: several)
    await together.run()
    expectSame(await together.engine.tree, await alone.engine.tree, "together")
    #expect(Audit.violations(of: await together.log, configuration: together.configuration) == [])
    let (a, b) = (await alone.engine.tree.totals, await together.engine.tree.totals)
    let openings = await together.log.count {
      if case .decided(.open(let opening)) = $0 { !opening.skips } else { false }
    }
    #expect(openings > 0)
    #expect(several.questions == openings)
    #expect(single.questions == 0)
    #expect(b[.optimizer].started == a[.optimizer].started)
    #expect(b[.optimizer].cached == 0)
    #expect(b[.optimizer].output == a[.optimizer].output)
    #expect(b[.optimizer].input * 3 == a[.optimizer].input)
  }

  @Test func `what does not come is asked for alone`() async {
    let alone = Rehearsal()
    await alone.run()
    let model = ServerLikeModel(gives: .allButTheSecond)
    let together = Rehearsal(model: model)
    await together.run()
    expectSame(await together.engine.tree, await alone.engine.tree, "together")
    #expect(model.questions > 0)
    #expect(model.rewritesAlone == model.questions)
  }

  @Test func `a failure of the question is one of all its calls`() async {
    let model = ServerLikeModel(gives: .failure(.rejected("too long")))
    let run = Rehearsal(model: model)
    #expect(await run.run() == .finished)
    let tree = await run.engine.tree
    #expect(tree.level(1).allSatisfy { $0.proposalFailure == "too long" })
    #expect(model.rewritesAlone == 0)
  }

  @Test func `after a crash only those that are missing are asked for`() async {
    let whole = Rehearsal(model: ServerLikeModel(gives: .all))
    await whole.run()
    let log = await whole.log
    // Of the root's three rewrites the second had been stored.
    let first = log.firstIndex { $0.isProposal } ?? 0
    let second = log.indices.filter { log[$0].isProposal }[1]
    let history = Array(log[..<first]) + [log[second]]
    let model = ServerLikeModel(gives: .all)
    let resumed = Rehearsal(history: history, model: model)
    await resumed.run()
    #expect(model.sizes.first == 2)
    expectSame(await resumed.engine.tree, await whole.engine.tree, "resumed")
  }

  @Test func `pruning one child leaves the request, pruning all calls it back`() async {
    let model = ServerLikeModel(gives: .all, gate: gate)
    let run = Rehearsal(model: model)
    async let ending = run.run()
    await gate.until { waiting, _ in waiting == 1 }
    for number in 1...2 {
      let child = await run.engine.tree.id(number)
      #expect(await run.intervene(.prune(child)).isSuccess)
    }
    await gate.until { waiting, cancelled in waiting == 1 && cancelled == 0 }
    let last = await run.engine.tree.id(3)
    #expect(await run.intervene(.prune(last)).isSuccess)
    await gate.until { waiting, cancelled in waiting == 0 && cancelled == 1 }
    #expect(await ending == .finished)
    #expect(await run.engine.tree.finish?.why == .nothingAlive)
  }

  @Test func `who stays pays for the question`() async {
    let model = ServerLikeModel(gives: .all, gate: gate)
    let run = Rehearsal(.scripted(depth: 2, maxDepthIncrease: 0), model: model)
    async let ending = run.run()
    await gate.until { waiting, _ in waiting == 1 }
    let first = await run.engine.tree.id(1)
    #expect(await run.intervene(.prune(first)).isSuccess)
    await gate.open()
    #expect(await ending == .finished)
    let share = await run.engine.tree.totals[.optimizer]
    #expect(share.completed == 2)
    #expect(share.input > 0)
    #expect(share.input == model.questionTokens)
  }
}

/// A simulated model that gives several replies, or does not, as servers do.
private struct ServerLikeModel: LanguageModel {
  enum Giving { case one, all, allButTheSecond, failure(ModelError) }

  private let model = SimulatedModel(latency: .none)
  let gives: Giving
  var gate = Gate(isOpen: true)
  private let asked = Locked<[Int]>([])
  private let alone = Locked(0)
  private let tokens = Locked(0)

  init(gives: Giving, gate: Gate = Gate(isOpen: true)) {
    self.gives = gives
    self.gate = gate
  }

  var name: String { model.name }
  var isSimulated: Bool { true }
  /// How many replies each of the questions was to bring.
  var sizes: [Int] { asked.withLock { $0 } }
  var questions: Int { sizes.count }
  var rewritesAlone: Int { alone.withLock { $0 } }
  /// In the first question.
  var questionTokens: Int { tokens.withLock { $0 } }

  func reply(
    to request: ModelRequest, onText: (@Sendable (String) -> Void)?
  ) async throws -> ModelReply {
    if request.isRewriting { alone.withLock { $0 += 1 } }
    return try await model.reply(to: request, onText: onText)
  }

  func replies(to requests: [ModelRequest]) async throws -> SharedReply? {
    if case .one = gives { return nil }
    asked.withLock { $0.append(requests.count) }
    try await gate.pass()
    var shared = try await model.replies(to: requests)
    tokens.withLock { $0 = $0 == 0 ? shared?.usage.input ?? 0 : $0 }
    switch gives {
    case .one, .all: break
    case .allButTheSecond: shared?.replies[1] = nil
    case .failure(let error): throw error
    }
    return shared
  }
}

extension RunEvent {
  fileprivate var isProposal: Bool {
    if case .completed(let completion) = self { completion.call.step == .proposal } else { false }
  }
}
