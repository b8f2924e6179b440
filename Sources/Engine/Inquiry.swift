import DRPO
import Models
package import Tree

/// A question to the base model as the search would ask it: under a prompt, with the in-context
/// examples that are nearest to it. It is no part of the run.
package struct Inquiry: Sendable {
  private var writer: BriefWriter
  private let base: PlayedRole
  private let shown: Int
  private let seed: UInt64

  /// - Parameters:
  ///   - tree: The run: its examples, how many of them are shown, its seed.
  ///   - texts: Where the texts of the run are found.
  ///   - base: Who answers.
  package init(of tree: SearchTree, texts: any TextSource, base: PlayedRole) {
    writer = BriefWriter(examples: tree.configuration.examples, texts: texts)
    self.base = base
    shown = tree.settings.examplesShown
    seed = tree.configuration.seed
  }

  /// Lets examples be found by their meaning, as the run found them: by the vectors that it has paid
  /// for, and one more, of the question.
  ///
  /// - Returns: why they are found by their words all the same, in sentences; nil where they are not.
  package mutating func retrieve(
    for question: String, by embedder: Embedder, in tree: SearchTree, texts: any TextSource
  ) async -> String? {
    guard shown > 0, !tree.configuration.examples.isEmpty else { return nil }
    let words = "Examples are found by their words (BM25): "
    guard let model = tree.retrieval[embedder.name] else {
      return words + "the run has no embeddings by \(embedder.name)."
    }
    if let setback = model.setback { return words + setback.reason(texts) }
    var vectors = writer.vectors
    for text in model.vectors { vectors.add(VectorText.readAll(texts.string(text))) }
    let text = Text(question)
    if !vectors.isKnown(text.id) {
      let named = (id: text.id, content: question)
      let request = EmbeddingRequest(
        number: 0, model: embedder.name, texts: 1, most: embedder.most(for: [named]))
      let landing = await embedder.ask(request, [named], dimension: vectors.dimension)
      if let setback = landing.reply.setback { return words + setback.reason(texts) }
      vectors.add(landing.vectors)
    }
    guard vectors.covers(text.id) else {
      return words + "the run does not have the embeddings of all its examples."
    }
    writer.vectors = vectors
    return nil
  }

  /// Asks under a prompt.
  ///
  /// - Parameter onText: Gets the answer piece by piece as it comes, on any thread.
  /// - Returns: an answer, or why there is none.
  /// - Throws: `ModelError`, `CancellationError`.
  package func ask(
    _ question: String, under prompt: Text, onText: @escaping @Sendable (String) -> Void
  ) async throws -> Outcome {
    let letter = writer.write(.answer(prompt: prompt, query: Text(question), shown: shown))
    let request = ModelRequest(
      letter.conversation, sampling: base.sampling, seed: seed, sample: 0)
    let reply = try await base.model.reply(to: request, onText: onText)
    return letter.outcome(
      of: reply, in: CallKey(node: .root, step: .answer, query: 0))
  }
}
