package import Models

/// A model that says what a test tells it to.
package struct ScriptedModel: LanguageModel {
  package let name = "scripted"
  package let isSimulated = true
  private let script: @Sendable (ModelRequest) async throws -> String

  package init(_ script: @escaping @Sendable (ModelRequest) async throws -> String) {
    self.script = script
  }

  package func reply(
    to request: ModelRequest, onText: (@Sendable (String) -> Void)?
  ) async throws -> ModelReply {
    let text = try await script(request)
    onText?(text)
    return ModelReply(text: text)
  }
}

/// A model whose replies come in another order than its requests: each waits for a number of turns
/// that is drawn from the seed and the request.
package struct ShuffledModel: LanguageModel {
  package var name: String { model.name }
  package var isSimulated: Bool { model.isSimulated }
  private let model: any LanguageModel
  private let seed: UInt64

  package init(_ model: any LanguageModel, seed: UInt64) {
    self.model = model
    self.seed = seed
  }

  package func reply(
    to request: ModelRequest, onText: (@Sendable (String) -> Void)?
  ) async throws -> ModelReply {
    var chance = SeededGenerator(seed: seed ^ request.seed)
    for _ in 0..<Int.random(in: 0...20, using: &chance) {
      try Task.checkCancellation()
      await Task.yield()
    }
    return try await model.reply(to: request, onText: onText)
  }
}
