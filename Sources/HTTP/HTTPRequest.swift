/// One request. Redirects are never followed: curl would hand keys and body to the other host.
package struct HTTPRequest: Sendable {
  package enum Method: Sendable {
    case get
    case post([UInt8])
  }

  package var method: Method
  /// Absolute, `http` or `https`.
  package var url: String
  /// Sent as they are, in order; a line break in one is refused (`HTTPError.badHeader`).
  package var headers: [HTTPHeader]
  package var timeouts: HTTPTimeouts
  /// The most bytes of body taken; more end the transfer with `HTTPError.tooLarge`.
  package var bodyLimit: Int

  package init(
    _ method: Method, url: String, headers: [HTTPHeader] = [],
    timeouts: HTTPTimeouts = HTTPTimeouts(), bodyLimit: Int = 8 << 20
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.timeouts = timeouts
    self.bodyLimit = bodyLimit
  }
}

package struct HTTPHeader: Hashable, Sendable {
  package var name: String
  package var value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// How long a transfer may take, counted from when it leaves the client's own queue.
package struct HTTPTimeouts: Hashable, Sendable {
  /// To have a connection, TLS included.
  package var connect: Duration
  /// Between two pieces of payload, and before the first. Keep-alive comments are no payload.
  package var idle: Duration
  package var total: Duration

  package init(
    connect: Duration = .seconds(10), idle: Duration = .seconds(120),
    total: Duration = .seconds(600)
  ) {
    self.connect = connect
    self.idle = idle
    self.total = total
  }
}
