import CCurl

/// An address as libcurl itself reads it, so that what is checked is what is called.
package struct HTTPAddress: Hashable, Sendable {
  package var isTLS: Bool
  /// Lower case, without brackets round an IPv6 address.
  package var host: String
  package var port: Int

  /// - Throws: `HTTPError.badAddress` for anything but an absolute `http` or `https` address;
  ///   `HTTPError.noLibrary`.
  package init(_ url: String) throws(HTTPError) {
    let curl = try ccurl_functions.loaded()
    guard !url.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7f }), let handle = curl.url() else {
      throw .badAddress(Self.printable(url))
    }
    defer { curl.url_cleanup(handle) }
    func part(_ part: CURLUPart, _ flags: Int32 = 0) -> String? {
      var text: UnsafeMutablePointer<CChar>?
      guard curl.url_get(handle, part, &text, UInt32(flags)) == CURLUE_OK, let text else {
        return nil
      }
      defer { curl.free(text) }
      return String(cString: text)
    }
    guard curl.url_set(handle, CURLUPART_URL, url, 0) == CURLUE_OK,
      let scheme = part(CURLUPART_SCHEME),
      scheme == "http" || scheme == "https",
      let host = part(CURLUPART_HOST), !host.isEmpty,
      let port = part(CURLUPART_PORT, CURLU_DEFAULT_PORT).flatMap({ Int($0) })
    else { throw .badAddress(Self.printable(url)) }
    isTLS = scheme == "https"
    self.host = host.lowercased().filter { $0 != "[" && $0 != "]" }
    self.port = port
  }

  /// This very machine: no proxy is asked for it, and a key may go there without TLS.
  package var isLoopback: Bool {
    host == "localhost" || host.hasSuffix(".localhost") || host == "::1" || isLoopbackIPv4
  }

  private var isLoopbackIPv4: Bool {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }

  /// The address without what may be a password in it, for messages.
  private static func printable(_ url: String) -> String {
    guard let at = url.lastIndex(of: "@") else { return "\"\(url)\"" }
    return "\"…\(url[at...])\""
  }
}
