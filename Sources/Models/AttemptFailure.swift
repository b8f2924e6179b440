/// Why one attempt at a call gave no reply. `RetryingModel` turns the last one into a `ModelError`.
package struct AttemptFailure: Error, Hashable, Sendable {
  /// What a failure that may pass says about the server.
  package enum Trouble: Hashable, Sendable {
    /// It has too much to do: fewer calls at a time are in order.
    case overload
    /// A connection broke, and perhaps other calls with it.
    case lostConnection
    /// There is no way to it: no address, no connection, no trust.
    case unreachable
    case other
  }

  package enum Kind: Hashable, Sendable {
    /// Likely to pass.
    case transient(Trouble)
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
  /// Requests that reached the wire.
  package var requests: Int
  /// What the attempt has used as far as that is known, by an estimate of ours; nil when the server
  /// had not begun to answer and, as all do, charges nothing.
  package var usage: TokenUsage?
  /// A reply had begun, and broke off: whatever is wrong, the address is that of a model's server.
  package var hadBegun = false
  /// What it means when the same request goes on failing with the same `trace`: that the fault is the
  /// request's, or the address's, and not of the hour.
  package var ifRepeated: Kind?
  package var trace: String

  package init(
    _ kind: Kind, _ message: String, retryAfter: Duration? = nil, requests: Int = 1,
    usage: TokenUsage? = nil, ifRepeated: Kind? = nil, trace: String = ""
  ) {
    self.kind = kind
    self.message = message
    self.retryAfter = retryAfter
    self.requests = requests
    self.usage = usage
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
