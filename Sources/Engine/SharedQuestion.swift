import DRPO
import Models
import Tree

/// One question that several calls ask: where the model gives several replies to a request, they get
/// theirs from one. Each call stays a call of its own, and may be called back without the others.
actor SharedQuestion {
  /// What a call gets of it.
  struct Part: Sendable {
    /// nil where the call is to ask by itself.
    var reply: Result<ModelReply?, any Error>
    /// What was taken without a reply for this call; what its reply took is in the reply.
    var usage = TokenUsage()
    var requests = 0
    /// What was wrong with attempts at it, told to the first of the calls.
    var failures: [String] = []
    /// What the server had to be asked otherwise, in words.
    var adaptations = ""
  }

  private let calls: [CallKey]
  private let task: Task<Caller.SharedResult, Never>
  private var left: Set<CallKey> = []
  private var parts: [CallKey: Part]?

  /// Asks at once.
  ///
  /// - Parameters:
  ///   - brief: the same for all the calls.
  ///   - onSetback: told of each of the calls when the request begins to wait for a server.
  init(
    _ calls: [CallKey], brief: CallBrief, by caller: Caller,
    onSetback: @escaping @Sendable (CallKey, Setback) -> Void
  ) {
    self.calls = calls
    task = Task {
      await caller.ask(together: calls, brief: brief) { setback in
        for call in calls { onSetback(call, setback) }
      }
    }
  }

  /// - Throws: `CancellationError` when the task was cancelled. The request is called back when nobody
  ///   waits for any of it.
  func part(of call: CallKey) async throws -> Part {
    try await withTaskCancellationHandler {
      let result = await task.value
      try Task.checkCancellation()
      let parts = parts ?? divided(result)
      self.parts = parts
      return parts[call] ?? Part(reply: .success(nil))
    } onCancel: {
      Task { await leave(call) }
    }
  }

  private func leave(_ call: CallKey) {
    left.insert(call)
    if left.count == calls.count { task.cancel() }
  }

  /// What the request took goes to those that are still there.
  private func divided(_ result: Caller.SharedResult) -> [CallKey: Part] {
    let places = calls.indices.filter { !left.contains(calls[$0]) }
    var parts: [CallKey: Part] = [:]
    switch result.reply {
    case .success(nil): break
    case .success(let shared?):
      for (place, share) in shared.shares(for: places) {
        if let reply = share.reply {
          parts[calls[place]] = Part(reply: .success(reply))
        } else {
          parts[calls[place]] = Part(
            reply: .success(nil), usage: share.usage, requests: share.requests)
        }
      }
    case .failure(let error):
      for place in places { parts[calls[place]] = Part(reply: .failure(error)) }
      if let first = places.first {
        parts[calls[first]]?.usage = result.spent.usage
        parts[calls[first]]?.requests = result.spent.requests
      }
    }
    for place in places { parts[calls[place]]?.adaptations = result.spent.adaptations }
    if let first = places.first { parts[calls[first]]?.failures = result.spent.failures }
    return parts
  }
}
