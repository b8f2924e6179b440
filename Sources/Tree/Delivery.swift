/// How a call came through, where there is something to tell: it was tried more than once, or the
/// server took it only in another form than the usual.
package struct Delivery: Hashable, Sendable, Codable {
  /// What was wrong with attempts at it, in their order; free of keys.
  package var failures: [Text]
  /// What the server had to be asked otherwise, in words; empty where nothing.
  package var adaptations: String
  /// The user's turn as it was sent, where the system prompt was folded into it.
  package var folded: Text?

  package init(failures: [Text] = [], adaptations: String = "", folded: Text? = nil) {
    self.failures = failures
    self.adaptations = adaptations
    self.folded = folded
  }

  package var isEmpty: Bool { failures.isEmpty && adaptations.isEmpty && folded == nil }
}

/// What keeps a call that is in flight from its reply, told when it begins to wait.
package struct CallTrouble: Hashable, Sendable, Codable {
  /// What happened last, with server and model; free of keys.
  package var message: String
  /// When it is tried again, in seconds since 1970-01-01 UTC; nil while another call finds out
  /// whether the server is back.
  package var until: Double?
  /// The server has failed so often that all calls to it wait.
  package var isServerLeftAlone: Bool

  package init(message: String, until: Double?, isServerLeftAlone: Bool = false) {
    self.message = message
    self.until = until
    self.isServerLeftAlone = isServerLeftAlone
  }
}
