import Locking
import Models
import Simulation

/// The simulated model behind a server, which after some replies leaves everyone waiting: so a run stands
/// still at a moment of the test's choosing, however busy the machine is.
final class HaltingModel: LanguageModel {
  let name = "simulated-over-http"
  let isSimulated = true

  private struct State {
    var left: Int
    var isReleased = false
    var hasHalted = false
  }

  private let model = SimulatedModel(latency: .none)
  private let state: Locked<State>

  init(after replies: Int) { state = Locked(State(left: replies)) }

  /// Whether somebody waits by now.
  var hasHalted: Bool { state.withLock { $0.hasHalted } }

  /// Answers whoever waits, and all to come.
  func release() { state.withLock { $0.isReleased = true } }

  func reply(
    to request: ModelRequest, onText: (@Sendable (String) -> Void)?
  ) async throws -> ModelReply {
    while !mayPass() { try await Task.sleep(for: .milliseconds(5)) }
    return try await model.reply(to: request, onText: onText)
  }

  private func mayPass() -> Bool {
    state.withLock { state in
      if state.isReleased { return true }
      if state.left > 0 {
        state.left -= 1
        return true
      }
      state.hasHalted = true
      return false
    }
  }
}
