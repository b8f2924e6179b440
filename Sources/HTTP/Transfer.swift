import CCurl

/// One request on its way.
final class Transfer: @unchecked Sendable {
  // Sendable: who makes it hands it to the loop, and from then on only names it; it is touched by the
  // loop only.

  struct End: Sendable {
    var head: HTTPHead?
    var receiver: any HTTPBodyReceiver
    var error: HTTPError?
    var requests: Int
  }

  let request: HTTPRequest
  let address: HTTPAddress
  private(set) var head: HTTPHead?
  private var receiver: any HTTPBodyReceiver
  /// Who waits for the end; set before the loop gets it.
  var finish: (@Sendable (End) -> Void)?

  /// Why the transfer is being ended by this side; libcurl would only say "write error".
  private(set) var ownError: HTTPError?
  private var received = 0
  private var requests = 0
  private var started = SuspendingClock.now
  private var lastPayload = SuspendingClock.now

  init(_ request: HTTPRequest, to address: HTTPAddress, into receiver: any HTTPBodyReceiver) {
    self.request = request
    self.address = address
    self.receiver = receiver
  }

  /// The transfer leaves the queue: from here on its time counts.
  func start(at now: SuspendingClock.Instant) {
    started = now
    lastPayload = now
  }

  /// When the next of its timers would fire.
  var deadline: SuspendingClock.Instant {
    min(started + request.timeouts.total, lastPayload + request.timeouts.idle)
  }

  func timeout(at now: SuspendingClock.Instant) -> HTTPError? {
    if now >= started + request.timeouts.total {
      .timedOut(.total, after: request.timeouts.total, host: address.name)
    } else if now >= lastPayload + request.timeouts.idle {
      .timedOut(.idle, after: request.timeouts.idle, host: address.name)
    } else {
      nil
    }
  }

  /// - Returns: whether the transfer goes on.
  func receiveHeader(_ bytes: UnsafeRawBufferPointer) -> Bool {
    if bytes.starts(with: "HTTP/".utf8) {
      // A new head replaces that of an interim response (1xx) or of a proxy.
      let status = bytes.drop { $0 != .space }.dropFirst().prefix { (0x30...0x39).contains($0) }
      head = HTTPHead(status: status.prefix(9).reduce(0) { $0 * 10 + Int($1 - 0x30) })
    } else if let colon = bytes.firstIndex(of: .colon) {
      let name = bytes[..<colon].map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
      let value = bytes[(colon + 1)...].trimmed
      head?.headers.append(
        HTTPHeader(String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self)))
    }
    return true
  }

  /// - Returns: whether the transfer goes on.
  func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
    received += bytes.count
    guard received <= request.bodyLimit else {
      ownError = .tooLarge(limit: request.bodyLimit, host: address.name)
      return false
    }
    let span = bytes.bindMemory(to: UInt8.self).span
    switch receiver.receive(span, of: head ?? HTTPHead(status: 0)) {
    case .payload: lastPayload = .now
    case .filler: break
    case .enough:
      ownError = .stopped
      return false
    }
    return true
  }

  /// The request is being sent; again when libcurl found a kept connection dead.
  func goesOut() { requests += 1 }

  func end(_ error: HTTPError?) {
    finish?(End(head: head, receiver: receiver, error: error, requests: requests))
    finish = nil
  }
}

extension HTTPAddress {
  /// As messages name it.
  package var name: String {
    let host = host.contains(":") ? "[\(host)]" : host
    return port == (isTLS ? 443 : 80) ? host : "\(host):\(port)"
  }
}

extension Slice<UnsafeRawBufferPointer> {
  fileprivate var trimmed: Self {
    let isSpace: (UInt8) -> Bool = { $0 == .space || (0x09...0x0d).contains($0) }
    guard let first = firstIndex(where: { !isSpace($0) }),
      let last = lastIndex(where: { !isSpace($0) })
    else { return self[endIndex...] }
    return self[first...last]
  }
}

extension UInt8 {
  fileprivate static let space: UInt8 = 0x20
  fileprivate static let colon: UInt8 = 0x3a
}
