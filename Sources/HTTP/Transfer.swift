import CCurl

/// One request on its way.
final class Transfer: @unchecked Sendable {
  // Sendable: who makes it hands it to the loop and keeps nothing; from then on it is touched on the
  // loop's queue only.

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
  private let finish: @Sendable (End) -> Void

  /// Why the transfer is being ended by this side; libcurl would only say "write error".
  private(set) var ownError: HTTPError?
  private var received = 0
  private var requests = 0
  private var started = SuspendingClock.now
  private var lastPayload = SuspendingClock.now

  init(
    _ request: HTTPRequest, to address: HTTPAddress, into receiver: any HTTPBodyReceiver,
    finish: @escaping @Sendable (End) -> Void
  ) {
    self.request = request
    self.address = address
    self.receiver = receiver
    self.finish = finish
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
    let line = String(decoding: bytes, as: UTF8.self)
    if line.hasPrefix("HTTP/") {
      // A new head replaces that of an interim response (1xx) or of a proxy.
      let status = line.split(separator: " ", maxSplits: 2).dropFirst().first
      head = HTTPHead(status: status.flatMap { Int($0.filter(\.isNumber)) } ?? 0)
    } else if let colon = line.utf8.firstIndex(of: 0x3a) {
      let value = line[colon...].dropFirst()
      head?.headers.append(HTTPHeader(line[..<colon].lowercased(), value.trimmed))
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
    finish(End(head: head, receiver: receiver, error: error, requests: requests))
  }
}

extension HTTPAddress {
  /// As messages name it.
  package var name: String {
    let host = host.contains(":") ? "[\(host)]" : host
    return port == (isTLS ? 443 : 80) ? host : "\(host):\(port)"
  }
}

extension Substring {
  fileprivate var trimmed: String {
    let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0.isNewline }
    let end = lastIndex { !isSpace($0) }.map(index(after:)) ?? startIndex
    return String(self[..<end].drop(while: isSpace))
  }
}
