import CCurl

/// libcurl's handle of one transfer after another, with all that must live as long. Belongs to the
/// loop.
///
/// The options stay from one transfer to the next, and only what differs is set: a search asks the
/// same few addresses over and over.
final class EasyHandle {
  let pointer: UnsafeMutableRawPointer
  private(set) var transfer: Transfer?
  /// Where the loop keeps it.
  var place = 0
  private let curl: ccurl_functions
  private let configuration: HTTPClient.Configuration
  private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
  private var address: HTTPAddress?
  private var url: String?
  private var connectTimeout: Duration?
  private var headers: [HTTPHeader]?
  private var headerLines: UnsafeMutablePointer<curl_slist>?

  init?(_ curl: ccurl_functions, _ configuration: HTTPClient.Configuration) {
    guard let pointer = curl.easy_init() else {
      errorText.deallocate()
      return nil
    }
    self.pointer = pointer
    self.curl = curl
    self.configuration = configuration
    ccurl_set_error_buffer(pointer, errorText)
    ccurl_set_string(pointer, CURLOPT_PROTOCOLS_STR, "http,https")
    ccurl_set_long(pointer, CURLOPT_FOLLOWLOCATION, 0)
    // What a proxy answers before there is a way to the host is not the host's answer.
    ccurl_set_long(pointer, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    // Without this libcurl would use SIGALRM; SIGPIPE is ignored by `HTTPClient`.
    ccurl_set_long(pointer, CURLOPT_NOSIGNAL, 1)
    ccurl_set_long(pointer, CURLOPT_TCP_KEEPALIVE, 1)
    // Or a cancelled transfer would hold the loop until its look-up of a name has ended.
    ccurl_set_long(pointer, CURLOPT_QUICK_EXIT, 1)
    if let file = configuration.certificates {
      ccurl_set_string(pointer, CURLOPT_CAINFO, file)
    }
    setReceivers()
  }

  deinit {
    curl.easy_cleanup(pointer)
    curl.slist_free_all(headerLines)
    errorText.deallocate()
  }

  /// The handle that libcurl gives back.
  static func of(_ pointer: UnsafeMutableRawPointer) -> EasyHandle? {
    ccurl_get_context(pointer).map {
      Unmanaged<EasyHandle>.fromOpaque($0).takeUnretainedValue()
    }
  }

  /// Prepares the handle for a transfer, and holds it until `release`.
  func take(_ transfer: Transfer) {
    self.transfer = transfer
    errorText.pointee = 0
    let request = transfer.request
    if address != transfer.address { set(transfer.address) }
    if url != request.url {
      url = request.url
      ccurl_set_string(pointer, CURLOPT_URL, request.url)
    }
    if connectTimeout != request.timeouts.connect {
      connectTimeout = request.timeouts.connect
      ccurl_set_long(
        pointer, CURLOPT_CONNECTTIMEOUT_MS, request.timeouts.connect.milliseconds)
    }
    if headers != request.headers { set(request.headers) }
    switch request.method {
    case .get: ccurl_set_long(pointer, CURLOPT_HTTPGET, 1)
    case .post(let body):
      body.withUnsafeBytes {
        // An empty array has no address, and NULL would mean "read from a callback".
        _ = ccurl_set_post(pointer, $0.baseAddress ?? UnsafeRawPointer(errorText), Int($0.count))
      }
    }
  }

  /// Forgets the transfer, and frees libcurl's copy of its body.
  func release() {
    if case .post = transfer?.request.method { ccurl_set_post(pointer, nil, 0) }
    transfer = nil
  }

  /// What libcurl's result means; nil for a transfer that ended cleanly.
  func error(_ code: CURLcode) -> HTTPError? {
    guard let transfer else { return nil }
    if let own = transfer.ownError { return own }
    let host = transfer.address.name
    var detail = String(cString: errorText)
    if detail.isEmpty, let words = curl.easy_strerror(code) { detail = String(cString: words) }
    if let error = proxyError(code, transfer.address, detail) { return error }
    // Only the words tell this from a certificate that is not trusted: OpenSSL's, then GnuTLS's.
    let strangers = ["wrong version number", "packet length too long", "unexpected TLS packet"]
    switch code {
    case CURLE_OK: return nil
    case CURLE_SSL_CONNECT_ERROR where strangers.contains { detail.firstRange(of: $0) != nil }:
      return .notTLS(host: host)
    case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_GOT_NOTHING, CURLE_RECV_ERROR:
      guard transfer.head == nil, !transfer.address.isTLS else { break }
      return .unanswered(host: host, detail: detail)
    case CURLE_URL_MALFORMAT: return .badAddress(host)
    case CURLE_COULDNT_RESOLVE_HOST: return .unresolved(host: host)
    case CURLE_COULDNT_CONNECT:
      // Before the reason it has the host and a time, which is another with each attempt.
      let reason = detail.split(separator: ": ").last.map(String.init) ?? detail
      return .unconnected(host: host, detail: reason)
    case CURLE_OPERATION_TIMEDOUT:
      return .timedOut(.connect, after: transfer.request.timeouts.connect, host: host)
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM,
      CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CIPHER:
      return .insecure(host: host, detail: detail)
    default: break
    }
    return .broken(host: host, code: Int(code.rawValue), detail: detail)
  }

  /// What went wrong on the way to the host, where a proxy is asked for it.
  private func proxyError(
    _ code: CURLcode, _ address: HTTPAddress, _ detail: String
  ) -> HTTPError? {
    let answer = ccurl_get_long(pointer, CURLINFO_HTTP_CONNECTCODE)
    let what: String
    switch code {
    case CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT: what = "can't be reached (\(detail))"
    // Without a connection there is no port.
    case CURLE_OPERATION_TIMEDOUT where ccurl_get_long(pointer, CURLINFO_PRIMARY_PORT) == 0:
      what = "can't be reached (\(detail))"
    case CURLE_PROXY: what = "gives no way to it (\(detail))"
    case CURLE_RECV_ERROR where answer == 407: what = "asks for a name and a password (407)"
    case CURLE_RECV_ERROR where answer >= 300: what = "gives no way to it (\(answer))"
    default: return nil
    }
    guard case .used(let proxy, let variable) = HTTPProxy(for: address) else { return nil }
    return .proxyFailed(what, proxy: proxy, from: variable, host: address.name)
  }

  private func set(_ address: HTTPAddress) {
    self.address = address
    ccurl_set_long(
      pointer, CURLOPT_HTTP_VERSION,
      Int(address.isTLS ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1))
    ccurl_set_long(pointer, CURLOPT_PIPEWAIT, address.isTLS ? 1 : 0)
    ccurl_set_string(pointer, CURLOPT_NOPROXY, address.isLoopback ? "*" : nil)
    ccurl_set_long(
      pointer, CURLOPT_MAXAGE_CONN,
      address.isLoopback ? configuration.localIdleLimit : Self.idleLimit)
  }

  private func set(_ list: [HTTPHeader]) {
    headers = list
    // "Expect: 100-continue" costs a round trip, and some servers never answer it.
    var lines = ["Expect:", "User-Agent: espalier"]
    for header in list {
      // A header with an empty value is written with a semicolon, else libcurl drops it.
      lines.append(
        header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)")
    }
    let previous = headerLines
    headerLines = nil
    for line in lines {
      headerLines = curl.slist_append(headerLines, line) ?? headerLines
    }
    ccurl_set_headers(pointer, headerLines)
    curl.slist_free_all(previous)
  }

  private func setReceivers() {
    let context = Unmanaged.passUnretained(self).toOpaque()
    ccurl_set_context(pointer, context)
    ccurl_set_receivers(
      pointer,
      { bytes, size, count, context in
        EasyHandle.transfer(context).map {
          $0.receiveBody(UnsafeRawBufferPointer(start: bytes, count: size * count))
        } == true ? size * count : 0
      },
      { bytes, size, count, context in
        EasyHandle.transfer(context).map {
          $0.receiveHeader(UnsafeRawBufferPointer(start: bytes, count: size * count))
        } == true ? size * count : 0
      },
      context)
    ccurl_set_sender(
      pointer,
      { context, _, _, _, _ in
        EasyHandle.transfer(context)?.goesOut()
        return CURL_PREREQFUNC_OK
      }, context)
  }

  private static func transfer(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    context.flatMap { Unmanaged<EasyHandle>.fromOpaque($0).takeUnretainedValue().transfer }
  }

  /// Seconds for which an idle connection to another machine is used again: libcurl's own choice.
  private static let idleLimit = 118
}

extension Duration {
  /// Whole milliseconds, at least one: libcurl takes 0 for "no limit".
  var milliseconds: Int {
    let (seconds, attoseconds) = components
    guard seconds < 1 << 40 else { return Int(Int32.max) }
    return max(
      1, min(Int(Int32.max), Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)))
  }
}
