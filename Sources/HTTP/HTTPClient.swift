import Glibc
import Locking

/// Sends requests, all over one libcurl multi handle: connections are kept and shared, HTTP/2 is used
/// where TLS offers it.
///
/// One client serves the whole program. A cancelled task's request leaves the wire at once.
package final class HTTPClient: Sendable {
  package struct Configuration: Hashable, Sendable {
    /// Requests on the wire at one time; others wait, and their timers don't run meanwhile.
    package var maxTransfers: Int
    /// File of PEM certificates that are trusted instead of the system's.
    package var certificates: String?
    /// Seconds for which an idle connection to this machine is used again. Local engines close
    /// theirs after 5 s.
    package var localIdleLimit: Int

    package init(
      maxTransfers: Int = 256, certificates: String? = nil, localIdleLimit: Int = 4
    ) {
      self.maxTransfers = max(1, maxTransfers)
      self.certificates = certificates
      self.localIdleLimit = localIdleLimit
    }

    /// Reads `SSL_CERT_FILE` and `CURL_CA_BUNDLE`, which libcurl itself doesn't know.
    package init(environment: [String: String]) {
      self.init(
        certificates: [environment["SSL_CERT_FILE"], environment["CURL_CA_BUNDLE"]]
          .compactMap { $0 }.first { !$0.isEmpty })
    }
  }

  private let configuration: Configuration
  private let known = Locked(Known())

  private struct Known {
    /// Made with the first request: many a client makes none, and needs no libcurl.
    var loop: HTTPLoop?
    /// What libcurl made of the addresses that were called: there are few, and each is called often.
    var addresses: [String: HTTPAddress] = [:]
  }

  package init(_ configuration: Configuration = Configuration()) {
    self.configuration = configuration
  }

  /// The whole response, whatever its status.
  package func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
    let transfer = await send(request, into: BodyCollector())
    if let error = transfer.error { throw error }
    return HTTPResponse(
      head: transfer.head ?? HTTPHead(status: 0), body: transfer.receiver.body)
  }

  /// The response's body goes to a receiver as it comes; the receiver is given back at the end, also
  /// after an error.
  package func send<Receiver: HTTPBodyReceiver>(
    _ request: HTTPRequest, into receiver: Receiver
  ) async -> HTTPTransfer<Receiver> {
    let loop: HTTPLoop
    let address: HTTPAddress
    do throws(HTTPError) {
      (loop, address) = try way(to: request.url)
      try request.checkHeaders()
    } catch {
      return HTTPTransfer(head: nil, receiver: receiver, error: error, requests: 0)
    }
    let transfer = Transfer(request, to: address, into: receiver)
    let end = await withTaskCancellationHandler {
      await withCheckedContinuation { (continuation: CheckedContinuation<Transfer.End, Never>) in
        transfer.finish = { continuation.resume(returning: $0) }
        loop.post(.start(transfer))
        // The handler may have run before the start was posted.
        if Task.isCancelled { loop.post(.cancel(transfer)) }
      }
    } onCancel: {
      loop.post(.cancel(transfer))
    }
    return HTTPTransfer(
      head: end.head, receiver: end.receiver as? Receiver ?? receiver, error: end.error,
      requests: end.requests)
  }

  private func way(to url: String) throws(HTTPError) -> (HTTPLoop, HTTPAddress) {
    try known.withLock { (known) throws(HTTPError) in
      let loop = if let loop = known.loop { loop } else { try newLoop() }
      known.loop = loop
      if let address = known.addresses[url] { return (loop, address) }
      let address = try HTTPAddress(url)
      if known.addresses.count >= 64 { known.addresses.removeAll() }
      known.addresses[url] = address
      return (loop, address)
    }
  }

  private func newLoop() throws(HTTPError) -> HTTPLoop {
    // libcurl must not be interrupted by it, and with NOSIGNAL leaves that to the program.
    signal(SIGPIPE, SIG_IGN)
    return HTTPLoop(try .loaded(), configuration)
  }
}

extension HTTPRequest {
  /// libcurl sends headers verbatim: a line break in a key would make a header of its own.
  fileprivate func checkHeaders() throws(HTTPError) {
    for header in headers {
      let isControl: (UInt8) -> Bool = { ($0 < 0x20 && $0 != 0x09) || $0 == 0x7f }
      if header.name.isEmpty || header.name.utf8.contains(where: { isControl($0) || $0 == 0x3a })
        || header.value.utf8.contains(where: isControl)
      {
        throw .badHeader(header.name.filter { $0.isLetter || $0 == "-" })
      }
    }
  }
}
