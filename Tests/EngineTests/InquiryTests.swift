import Locking
import Models
import TestSupport
import Testing
import Tree

@testable import Engine

/// A question to the base model, outside a run.
struct InquiryTests {
  private let configuration = RunConfiguration(
    name: "toy", preset: "paper", settings: SearchSettings(examplesShown: 1), seed: 1,
    initialPrompt: "Help.", queries: ["One?"],
    examples: [
      Example(query: "How do I bake bread?", response: "With an oven."),
      Example(query: "How do I thaw fish?", response: "In the fridge."),
    ], library: [], models: [:])

  private func ask(
    _ question: String, under prompt: Text, _ script: @escaping @Sendable (ModelRequest) -> String
  ) async throws -> (outcome: Outcome, told: String) {
    let told = Locked("")
    let inquiry = Inquiry(
      of: SearchTree(configuration: configuration), texts: TextsInMemory(),
      base: PlayedRole(model: ScriptedModel(script), sampling: Sampling(temperature: 0)))
    let outcome = try await inquiry.ask(question, under: prompt) { piece in
      told.withLock { $0 += piece }
    }
    return (outcome, told.withLock { $0 })
  }

  @Test func `it is asked as in the search, with the nearest examples`() async throws {
    let seen = Locked<[ModelRequest]>([])
    let answer = try await ask("How do I thaw meat?", under: "Be kind.") { request in
      seen.withLock { $0.append(request) }
      return "Slowly."
    }
    #expect(answer.outcome == .answered(Answer(response: "Slowly.", examples: [1])))
    #expect(answer.told == "Slowly.")
    let request = try #require(seen.withLock { $0.first })
    #expect(
      request.messages.map(\.content)
        == ["Be kind.", "How do I thaw fish?", "In the fridge.", "How do I thaw meat?"])
    #expect(request.sampling.temperature == 0)
  }

  @Test func `an empty answer is none`() async throws {
    let answer = try await ask("Why?", under: "Be kind.") { _ in " " }
    guard case .failed(let reason, isTransient: false) = answer.outcome else {
      Issue.record("\(answer.outcome)")
      return
    }
    #expect(reason.content?.contains("empty") == true)
  }

  // MARK: By meaning

  private static let question = "How do I thaw meat?"

  /// A tree leaves vectors where they are stored.
  private struct OneText: TextSource {
    let text: Text?
    func content(of id: TextID) -> String? { text?.id == id ? text?.content : nil }
  }

  /// What retrieval says, and which examples the model then was shown. By its words the question is near
  /// to the second, by the vectors of the run to the first.
  private func retrieval(
    by model: ScriptedEmbeddings, afterwards reply: EmbeddingReply?
  ) async throws -> (words: String?, shown: [Int]) {
    var tree = SearchTree(configuration: configuration)
    if let reply { tree.apply(.flight(.embedded(reply))) }
    let texts = OneText(text: reply?.vectors)
    var inquiry = Inquiry(
      of: tree, texts: texts,
      base: PlayedRole(model: ScriptedModel { _ in "Slowly." }, sampling: Sampling(temperature: 0)))
    let words = await inquiry.retrieve(
      for: Self.question, by: Embedder(model: model, endpoint: "here"), in: tree,
      texts: texts)
    let outcome = try await inquiry.ask(Self.question, under: "Be kind.") { _ in }
    guard case .answered(let answer) = outcome else { return (words, []) }
    return (words, answer.examples)
  }

  private func reply(
    _ vectors: [[Float]] = [[0.5, 2], [3, 0.1]], setback: RetrievalSetback? = nil
  ) -> EmbeddingReply {
    let named = zip(configuration.examples, vectors).map { ($0.query.id, $1) }
    return EmbeddingReply(
      number: 0, model: "vectors at here", texts: 2, vectors: Text(VectorText.write(named)),
      usage: Usage(), setback: setback)
  }

  @Test func `examples are found by the run's vectors and one more`() async throws {
    let model = ScriptedEmbeddings()
    let found = try await retrieval(by: model, afterwards: reply())
    #expect(found.words == nil && found.shown == [0])
    #expect(model.asked == [[Self.question]])
  }

  @Test func `without what it takes they are found by their words, and that is said`() async throws
  {
    let idle = ScriptedEmbeddings()
    let down = ScriptedEmbeddings(failingBy: ModelError.unavailable("nobody is there"))
    let cases: [(ScriptedEmbeddings, EmbeddingReply?, String)] = [
      (idle, nil, "the run has no embeddings by vectors at here."),
      (idle, reply(setback: .budget(.tokens)), "left of the budget of tokens."),
      (down, reply(), "nobody is there"),
      (ScriptedEmbeddings(), reply([[0.5, 2]]), "the embeddings of all its examples."),
    ]
    for (model, reply, why) in cases {
      let found = try await retrieval(by: model, afterwards: reply)
      #expect(found.words?.hasPrefix("Examples are found by their words (BM25): ") == true)
      #expect(found.words?.hasSuffix(why) == true, "\(found.words ?? "")")
      #expect(found.shown == [1])
    }
    #expect(idle.asked == [])
  }
}
