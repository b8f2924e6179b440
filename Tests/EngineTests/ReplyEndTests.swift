import Engine
import Locking
import Models
import Simulation
import TestSupport
import Testing
import Tree

/// What a node shows of a reply that ended otherwise than usual.
@Suite struct ReplyEndTests {
  /// A simulated model of which the replies to some requests are changed.
  private struct ChangedModel: LanguageModel {
    private let model = SimulatedModel(latency: .none)
    let change: @Sendable (ModelRequest, inout ModelReply) -> Void

    var name: String { model.name }
    var isSimulated: Bool { true }

    func reply(
      to request: ModelRequest, onText: (@Sendable (String) -> Void)?
    ) async throws -> ModelReply {
      var reply = try await model.reply(to: request, onText: onText)
      change(request, &reply)
      return reply
    }
  }

  private func run(
    _ change: @escaping @Sendable (ModelRequest, inout ModelReply) -> Void
  ) async -> SearchTree {
    let run = Rehearsal(
      .scripted(beam: 1, actions: 2, depth: 2, maxDepthIncrease: 0),
      model: ChangedModel(change: change))
    await run.run()
    return await run.engine.tree
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var reply: ModelReply
    var response: Text?
    var end: Answer.End?
    var failure: String?
  }

  static let cases: [Case] = [
    Case(
      testDescription: "cut", reply: ModelReply(text: "On and on", finish: .length),
      response: "On and on", end: .cut),
    Case(
      testDescription: "refusal", reply: ModelReply(text: "", finish: .refusal("I can't.")),
      response: "I can't.", end: .refused),
    Case(
      testDescription: "unknown end", reply: ModelReply(text: "So.", finish: .other("banana")),
      response: "So.", end: .unknown("banana")),
    Case(
      testDescription: "reasoning ate the limit",
      reply: ModelReply(text: "", finish: .length, reasoning: "Hm"),
      failure: "There is no answer: the model spent its whole limit of tokens on reasoning."),
    Case(
      testDescription: "reasoning alone", reply: ModelReply(text: " ", reasoning: "Hm"),
      failure: "There is no answer: the model reasoned but said nothing."),
    Case(
      testDescription: "nothing", reply: ModelReply(text: ""),
      failure: "There is no answer: the reply was empty."),
  ]

  @Test(arguments: cases) func `the base model's is told on its node`(_ test: Case) async {
    let tree = await run { request, reply in
      if request.format == .text { reply = test.reply }
    }
    let trial = tree.root.trial
    #expect(trial.answer?.response == test.response)
    #expect(trial.answer?.end == test.end)
    #expect(trial.failure?.content == test.failure)
  }

  @Test(arguments: [Role.optimizer, .judge])
  func `what was cut is unreadable, though it has all it needs`(_ role: Role) async {
    let isCut = Locked(true)
    let tree = await run { request, reply in
      let words = role == .judge ? "<response" : "<current-prompt"
      guard request.format == .json,
        request.messages.contains(where: { $0.content.contains(words) }),
        // The root's judgement or the first rewrite; the other is asked again, and is whole.
        isCut.withLock({ isCut in
          defer { isCut = false }
          return isCut
        })
      else { return }
      reply.finish = .length
    }
    let faults = tree.nodes.flatMap { $0.proposalFaults + $0.trial.faults }
    #expect(faults.map(\.fault.content) == ["it was cut at the limit of tokens."])
    #expect(tree.finish?.why == .depth)
  }
}
