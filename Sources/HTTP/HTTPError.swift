/// Why a transfer gave no whole response. Texts name the host where there is something to do about it,
/// and never a header's value.
package enum HTTPError: Error, Hashable, Sendable {
  package enum Timer: String, Hashable, Sendable { case connect, idle, total }

  /// libcurl is not on this machine, or can't be used, and why.
  case noLibrary(detail: String)
  /// Not an absolute `http` or `https` address.
  case badAddress(String)
  /// A line break or another control character in a header: its name.
  case badHeader(String)
  case unresolved(host: String)
  case unconnected(host: String, detail: String)
  /// What the proxy that a variable names did or did not do; the host was not asked.
  case proxyFailed(String, proxy: String, from: String, host: String)
  /// No trust or no agreement over TLS.
  case insecure(host: String, detail: String)
  /// Plain http is spoken where TLS was begun.
  case notTLS(host: String)
  /// Plain http was spoken, and nothing came back that is http: the way of a port that waits for TLS.
  case unanswered(host: String, detail: String)
  case timedOut(Timer, after: Duration, host: String)
  /// The connection or the transfer broke. `code` is libcurl's `CURLcode`.
  case broken(host: String, code: Int, detail: String)
  /// More body than the request's `bodyLimit`, in bytes.
  case tooLarge(limit: Int, host: String)
  /// The receiver wanted no more.
  case stopped
  case cancelled
}

extension HTTPError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noLibrary(let detail):
      "servers are asked by libcurl, and it can't be loaded (\(detail)); install it, which on Debian is "
        + "the package libcurl4"
    case .badAddress(let address):
      "\(address) is no http:// or https:// address; give one like http://127.0.0.1:8080/v1"
    case .badHeader(let name):
      "the header \(name) holds a line break or control character; check where it is set"
    case .unresolved(let host):
      "no address is known for \(host); check its spelling and the network"
    case .unconnected(let host, let detail):
      "no connection to \(host) (\(detail)); is the server running?"
    case .proxyFailed(let what, let proxy, let variable, let host):
      "the proxy \(proxy) (set by \(variable)) \(what), so \(host) was not asked; correct "
        + "\(variable), or name the host in no_proxy"
    case .insecure(let host, let detail):
      "no trusted connection to \(host) (\(detail)); name its authority's certificate with "
        + "--ca-file or SSL_CERT_FILE"
    case .notTLS:
      "the server speaks plain http there, and no TLS; give its http:// address, or its port for https"
    case .unanswered(_, let detail):
      "the server ended the connection without an answer (\(detail)); if it speaks TLS there, give an "
        + "https:// address"
    case .timedOut(.connect, let after, let host):
      "no connection to \(host) within \(after.inWords) (connect_timeout)"
    case .timedOut(.idle, let after, _):
      "no word of an answer came for \(after.inWords) (idle_timeout)"
    case .timedOut(.total, let after, _):
      "the answer had not ended after \(after.inWords) (total_timeout)"
    case .broken(_, let code, let detail):
      "the connection broke (\(detail), curl \(code))"
    case .tooLarge(let limit, let host):
      "\(host) sent more than \(limit >> 10) KiB"
    case .stopped: "the rest of the reply was not read"
    case .cancelled: "cancelled"
    }
  }
}
