/// What one request for several replies brought.
package struct SharedReply: Hashable, Sendable {
  /// In the order of the requests; nil for one that did not come whole, which is to be asked for by
  /// itself. What they took is not theirs but in `usage`; those from a cache have no `requests`.
  package var replies: [ModelReply?]
  /// Of all of them together, and of attempts that failed.
  package var usage: TokenUsage
  /// Requests that reached the wire.
  package var requests: Int

  package init(replies: [ModelReply?], usage: TokenUsage = TokenUsage(), requests: Int = 1) {
    self.replies = replies
    self.usage = usage
    self.requests = requests
  }
}

extension SharedReply {
  /// A reply with what it took, or what was taken in vain.
  package struct Share: Hashable, Sendable {
    package var reply: ModelReply?
    package var usage = TokenUsage()
    package var requests = 0
  }

  /// Divides what it took: the first has the question to pay, and what failed before, and each its own
  /// words as far as their length tells. The sum of the tokens is that of `usage`.
  ///
  /// - Parameter places: of the replies that somebody still waits for.
  package func shares(for places: [Int]) -> [Int: Share] {
    var shares: [Int: Share] = [:]
    for place in places { shares[place] = Share(reply: replies[place]) }
    let paying = places.filter { replies[$0]?.requests != 0 }
    guard let first = paying.first else { return shares }
    let whole = paying.reduce(0) { $0 + (replies[$1]?.length ?? 0) }
    var rest = usage
    for place in paying.dropFirst() {
      guard let reply = replies[place] else { continue }
      let output = usage.output * reply.length / max(whole, 1)
      shares[place]?.take(TokenUsage(output: output, isEstimated: usage.isEstimated), requests: 1)
      rest.output -= output
    }
    shares[first]?.take(rest, requests: requests)
    return shares
  }
}

extension SharedReply.Share {
  fileprivate mutating func take(_ usage: TokenUsage, requests: Int) {
    self.usage = usage
    self.requests = requests
    reply?.usage = usage
    reply?.requests = requests
  }
}

extension ModelReply {
  /// In bytes, thoughts included.
  fileprivate var length: Int { text.utf8.count + (reasoning?.utf8.count ?? 0) }
}
