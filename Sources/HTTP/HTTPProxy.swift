/// Which proxy the variables of the environment make a request take, as libcurl reads them: for telling
/// a person, who may have forgotten that one is set.
package enum HTTPProxy {
  /// - Returns: the proxy's address without a name and password, or nil for a direct connection.
  package static func effective(
    for address: HTTPAddress, environment: [String: String]
  ) -> String? {
    // Upper case `HTTP_PROXY` is ignored: a web server sets it from a request's header.
    let names = address.isTLS ? ["https_proxy", "HTTPS_PROXY"] : ["http_proxy"]
    let found = (names + ["all_proxy", "ALL_PROXY"]).lazy.compactMap { environment[$0] }
      .first { !$0.isEmpty }
    guard let found, !address.isLoopback, !isExcepted(address.host, environment) else {
      return nil
    }
    guard let at = found.lastIndex(of: "@") else { return found }
    let scheme = found.firstRange(of: "://").map { String(found[..<$0.upperBound]) } ?? ""
    return scheme + String(found[found.index(after: at)...])
  }

  private static func isExcepted(_ host: String, _ environment: [String: String]) -> Bool {
    let list = environment["no_proxy"] ?? environment["NO_PROXY"] ?? ""
    return list.split { $0 == "," || $0 == " " }.contains { entry in
      if entry == "*" { return true }
      let name = entry.drop { $0 == "." }.lowercased()
      return host == name || host.hasSuffix("." + name)
    }
  }
}
