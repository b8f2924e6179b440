import Locking
import Models
import Simulation

/// A simulated model that passes for a server's: it takes the same tokens for each call, and says how
/// often it was asked.
struct MeteredModel: LanguageModel {
  private let model = SimulatedModel(latency: .none)
  let usage: TokenUsage
  /// Called before each reply.
  let onCall: @Sendable () -> Void
  private let count = Locked(0)

  init(
    usage: TokenUsage = TokenUsage(input: 100, output: 50),
    onCall: @escaping @Sendable () -> Void = {}
  ) {
    self.usage = usage
    self.onCall = onCall
  }

  var name: String { "metered" }
  var isSimulated: Bool { false }
  var calls: Int { count.withLock { $0 } }

  func reply(
    to request: ModelRequest, onText: (@Sendable (String) -> Void)?
  ) async throws -> ModelReply {
    count.withLock { $0 += 1 }
    onCall()
    // The limit is for the books only: the simulated model would keep to it, and say too little.
    var whole = request
    whole.sampling.maxTokens = nil
    var reply = try await model.reply(to: whole, onText: onText)
    reply.usage = usage
    return reply
  }
}
