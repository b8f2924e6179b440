import Locking
import Models

/// A model of embeddings to which every text means what the second example does, but for the first
/// example; it takes ten tokens a text.
final class ScriptedEmbeddings: EmbeddingModel {
  let name = "vectors"
  private let fault: (any Error)?
  private let onAsk: @Sendable () -> Void
  private let log = Locked<[[String]]>([])

  /// - Parameters:
  ///   - fault: in place of every reply.
  ///   - onAsk: called before each.
  init(failingBy fault: (any Error)? = nil, onAsk: @escaping @Sendable () -> Void = {}) {
    self.fault = fault
    self.onAsk = onAsk
  }

  /// The texts of each request.
  var asked: [[String]] { log.withLock { $0 } }

  func embeddings(of texts: [String]) async throws -> Embeddings {
    log.withLock { $0.append(texts) }
    onAsk()
    if let fault { throw fault }
    return Embeddings(
      vectors: texts.map { $0 == "Question 0?!" ? [3, 0.1] : [0.5, 2] },
      usage: TokenUsage(input: 10 * texts.count))
  }
}
