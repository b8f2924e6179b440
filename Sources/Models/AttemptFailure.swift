/// Why one attempt at a call gave no reply. `RetryingModel` turns the last one into a `ModelError`.
package struct AttemptFailure: Error, Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// Likely to pass. Of an overload the endpoint's other calls should know too.
    case transient(isOverload: Bool)
    /// As `ModelError.stopped`.
    case stopped
    /// As `ModelError.rejected`.
    case rejected
  }

  package var kind: Kind
  /// What happened and what to do, with endpoint and model; free of keys.
  package var message: String
  /// The least that the server asks to wait.
  package var retryAfter: Duration?
  /// The request may have cost something.
  package var wasSent: Bool
  /// What a second failure of the same request with the same `trace` means: that the fault is the
  /// request's, or the address's, and not of the hour.
  package var ifRepeated: Kind?
  package var trace: String

  package init(
    _ kind: Kind, _ message: String, retryAfter: Duration? = nil, wasSent: Bool = true,
    ifRepeated: Kind? = nil, trace: String = ""
  ) {
    self.kind = kind
    self.message = message
    self.retryAfter = retryAfter
    self.wasSent = wasSent
    self.ifRepeated = ifRepeated
    self.trace = trace
  }

  package var error: ModelError { error(as: kind) }

  package func error(as kind: Kind) -> ModelError {
    switch kind {
    case .transient: .unavailable(message)
    case .stopped: .stopped(message)
    case .rejected: .rejected(message)
    }
  }
}
