/// Status line and header fields of a response.
package struct HTTPHead: Hashable, Sendable {
  package var status: Int
  /// In the order received, names in lower case.
  package var headers: [HTTPHeader]

  package init(status: Int, headers: [HTTPHeader] = []) {
    self.status = status
    self.headers = headers
  }

  /// The first value under a name given in lower case.
  package subscript(name: String) -> String? {
    headers.first { $0.name == name }?.value
  }
}

/// A response that arrived whole.
package struct HTTPResponse: Hashable, Sendable {
  package var head: HTTPHead
  package var body: [UInt8]

  package var status: Int { head.status }

  package init(head: HTTPHead, body: [UInt8]) {
    self.head = head
    self.body = body
  }
}

/// Takes a body piece by piece, on the client's queue: it must be quick.
package protocol HTTPBodyReceiver: Sendable {
  mutating func receive(_ bytes: Span<UInt8>, of head: HTTPHead) -> HTTPReceived
}

/// What a piece of body was worth.
package enum HTTPReceived: Sendable {
  /// Something was said: the idle timer starts anew.
  case payload
  /// Nothing that counts, as a keep-alive comment.
  case filler
  /// No more is wanted: the transfer ends at once, with `HTTPError.stopped`.
  case enough
}

/// How a transfer ended, and what had come by then.
package struct HTTPTransfer<Receiver: HTTPBodyReceiver>: Sendable {
  /// Nil when no response began.
  package var head: HTTPHead?
  package var receiver: Receiver
  /// Nil when the transfer ended cleanly, whatever its status.
  package var error: HTTPError?
  /// How often the request went out: 0 when no connection came about, 2 when libcurl, as it does
  /// unasked, sent it again because a kept connection had died. The server may have done, and charge
  /// for, the work each time.
  package var requests: Int
}

/// Keeps a body as it comes.
package struct BodyCollector: HTTPBodyReceiver {
  package private(set) var body: [UInt8] = []

  package init() {}

  package mutating func receive(_ bytes: Span<UInt8>, of head: HTTPHead) -> HTTPReceived {
    body.append(contentsOf: bytes)
    return .payload
  }
}

extension [UInt8] {
  package mutating func append(contentsOf bytes: Span<UInt8>) {
    bytes.withUnsafeBufferPointer { append(contentsOf: $0) }
  }
}
