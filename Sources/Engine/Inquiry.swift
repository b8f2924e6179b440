import DRPO
import Models
package import Tree

/// A question to the base model as the search would ask it: under a prompt, with the in-context
/// examples that are nearest to it. It is no part of the run.
package struct Inquiry: Sendable {
  private let writer: BriefWriter
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
