/// A model that answers a conversation: a server's, or a simulated one.
///
/// Retrying, pacing, caching and metering are wrappers that are a `LanguageModel` themselves.
package protocol LanguageModel: Sendable {
  /// The name a server knows it by.
  var name: String { get }
  var isSimulated: Bool { get }

  /// Answers one request; cancellable.
  ///
  /// - Parameter onText: called with each piece of the reply as it comes, on any thread; with an
  ///   empty one while the model thinks aloud, which is no part of the reply. A model that does not
  ///   stream never calls it; the reply holds the whole text all the same.
  /// - Throws: `ModelError`, `WoundDown`, or `CancellationError` when the task was cancelled.
  func reply(
    to request: ModelRequest, onText: (@Sendable (String) -> Void)?
  ) async throws -> ModelReply

  /// Asks one question for several replies in one request, so that its words are paid for once.
  ///
  /// - Parameter requests: at least two, which differ in nothing but their draws.
  /// - Returns: nil where nothing was sent: each is to be asked by itself.
  /// - Throws: as `reply`.
  func replies(to requests: [ModelRequest]) async throws -> SharedReply?

  /// Whoever asks is about to leave, or has nothing left to spend: what is on the wire may still land,
  /// what only waits to be tried (again) is called back, with `WoundDown`, as is what comes after it.
  ///
  /// - Parameter isWindingDown: false where there is more to be done after all.
  func setWindingDown(_ isWindingDown: Bool)

  /// A person wants calls sent, also to a server that asked to be left alone for longer.
  func carryOn()
}

extension LanguageModel {
  package func replies(to requests: [ModelRequest]) async throws -> SharedReply? { nil }

  package func setWindingDown(_ isWindingDown: Bool) {}

  package func carryOn() {}

  package func reply(to request: ModelRequest) async throws -> ModelReply {
    try await reply(to: request, onText: nil)
  }
}

/// Whoever asked is winding down, and the request had not been sent, or not again.
package struct WoundDown: Error {
  package init() {}
}

extension Error {
  /// The call was called back by who made it, and not failed: for the task that it belongs to. A model
  /// may throw a `CancellationError` of its own, which is a failure.
  package var isCallBack: Bool {
    self is CancellationError && Task.isCancelled || self is WoundDown
  }
}
