import CCurl

/// libcurl's handle of one transfer, with all that must live as long. Belongs to the loop's queue.
final class EasyHandle {
  let pointer: UnsafeMutableRawPointer
  private(set) var transfer: Transfer?
  private var headers: UnsafeMutablePointer<curl_slist>?
  private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

  init?() {
    guard let pointer = curl_easy_init() else {
      errorText.deallocate()
      return nil
    }
    self.pointer = pointer
  }

  deinit {
    curl_easy_cleanup(pointer)
    curl_slist_free_all(headers)
    errorText.deallocate()
  }

  /// Prepares the handle for a transfer, and holds it until `release`.
  func take(_ transfer: Transfer, _ configuration: HTTPClient.Configuration) {
    self.transfer = transfer
    let request = transfer.request
    errorText.pointee = 0
    espalier_set_error_buffer(pointer, errorText)
    espalier_set_string(pointer, CURLOPT_URL, request.url)
    espalier_set_string(pointer, CURLOPT_PROTOCOLS_STR, "http,https")
    espalier_set_long(pointer, CURLOPT_FOLLOWLOCATION, 0)
    // Without this libcurl would use SIGALRM; SIGPIPE is ignored by `HTTPClient`.
    espalier_set_long(pointer, CURLOPT_NOSIGNAL, 1)
    espalier_set_long(pointer, CURLOPT_TCP_KEEPALIVE, 1)
    // Or a cancelled transfer would hold the queue until its look-up of a name has ended.
    espalier_set_long(pointer, CURLOPT_QUICK_EXIT, 1)
    espalier_set_long(
      pointer, CURLOPT_CONNECTTIMEOUT_MS, request.timeouts.connect.milliseconds)
    if transfer.address.isTLS {
      espalier_set_long(pointer, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
      espalier_set_long(pointer, CURLOPT_PIPEWAIT, 1)
      if let file = configuration.certificates {
        espalier_set_string(pointer, CURLOPT_CAINFO, file)
      }
    } else {
      espalier_set_long(pointer, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
    }
    if transfer.address.isLoopback {
      espalier_set_string(pointer, CURLOPT_NOPROXY, "*")
      espalier_set_long(pointer, CURLOPT_MAXAGE_CONN, configuration.localIdleLimit)
    }
    setHeaders(request.headers)
    if case .post(let body) = request.method {
      body.withUnsafeBytes {
        // An empty array has no address, and NULL would mean "read from a callback".
        _ = espalier_set_post(pointer, $0.baseAddress ?? UnsafeRawPointer(errorText), Int($0.count))
      }
    }
    espalier_set_receivers(
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
      Unmanaged.passUnretained(transfer).toOpaque())
    espalier_set_sender(
      pointer,
      { context, _, _, _, _ in
        EasyHandle.transfer(context)?.goesOut()
        return CURL_PREREQFUNC_OK
      }, Unmanaged.passUnretained(transfer).toOpaque())
  }

  /// Forgets the transfer; the handle can be taken again and keeps its place in caches.
  func release() {
    transfer = nil
    curl_easy_reset(pointer)
    curl_slist_free_all(headers)
    headers = nil
  }

  /// What libcurl's result means; nil for a transfer that ended cleanly.
  func error(_ code: CURLcode) -> HTTPError? {
    guard let transfer else { return nil }
    if let own = transfer.ownError { return own }
    let host = transfer.address.name
    var detail = String(cString: errorText)
    if detail.isEmpty { detail = String(cString: curl_easy_strerror(code)) }
    switch code {
    case CURLE_OK: return nil
    case CURLE_URL_MALFORMAT: return .badAddress(host)
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
      return .unresolved(host: host)
    case CURLE_COULDNT_CONNECT: return .unconnected(host: host, detail: detail)
    case CURLE_OPERATION_TIMEDOUT:
      return .timedOut(.connect, after: transfer.request.timeouts.connect, host: host)
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM,
      CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CIPHER:
      return .insecure(host: host, detail: detail)
    default: return .broken(host: host, code: Int(code.rawValue), detail: detail)
    }
  }

  private func setHeaders(_ list: [HTTPHeader]) {
    // "Expect: 100-continue" costs a round trip, and some servers never answer it.
    var lines = ["Expect:", "User-Agent: espalier"]
    for header in list {
      // A header with an empty value is written with a semicolon, else libcurl drops it.
      lines.append(
        header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)")
    }
    for line in lines {
      headers = curl_slist_append(headers, line) ?? headers
    }
    espalier_set_headers(pointer, headers)
  }

  private static func transfer(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
  }
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
