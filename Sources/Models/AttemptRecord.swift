/// One request to a server and what became of it, for whoever keeps the books.
package struct AttemptRecord: Sendable {
  package var server: String
  package var model: String
  /// From leaving the queue to the end.
  package var seconds: Double
  /// Nil when the server did no work that it would charge for.
  package var usage: TokenUsage?
  /// In USD; nil where the price is unknown.
  package var cost: Double?
  /// What went wrong, free of keys; nil for a reply.
  package var failure: String?
  /// It is of the kind that may pass: the call is tried again, and nobody else may tell of it.
  package var mayPass = false
  /// What was asked otherwise than usual, in words; empty where nothing.
  package var adaptations = ""
  /// The user's turn as it was sent, where the system prompt was folded into it.
  package var folded: String?
}
