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
}
