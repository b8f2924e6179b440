/// One model call in the ledger.
package struct CallRecord: Hashable, Sendable {
  package enum Status: String, Hashable, Sendable, CaseIterable {
    /// The reply came and could be read.
    case answered
    /// The same, and it ran into the limit of tokens.
    case cut
    /// A refusal, or a reply that ended for a reason that is not known: no request gets it again.
    case odd
    case unreadable, failed, cancelled
  }

  package var call: CallKey
  /// A hash of all that was asked: by it the same request finds its reply again.
  package var request: UInt64
  package var model: String
  package var status: Status
  package var usage: Usage
  /// As the server gave it; nil where it is not kept.
  package var reply: String?

  package init(
    call: CallKey, request: UInt64, model: String, status: Status, usage: Usage, reply: String?
  ) {
    self.call = call
    self.request = request
    self.model = model
    self.status = status
    self.usage = usage
    self.reply = reply
  }
}

extension CallRecord {
  /// The hash by which a request is found again, of all that was asked.
  package static func hash(of request: [UInt8]) -> UInt64 {
    var hash = StableHash()
    hash.combine(request)
    return hash.finalize()
  }
}
