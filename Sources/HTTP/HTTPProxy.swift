import Glibc

/// Which proxy the variables of the environment make a request take, as libcurl reads them: for telling
/// a person, who may have forgotten that one is set.
package enum HTTPProxy: Hashable, Sendable {
  /// No variable names one.
  case none
  /// A variable names one, and it is not asked for this very machine.
  case notForLoopback
  /// The variable excepts the host.
  case excepted(by: String)
  /// By its address without a name and password, from the variable.
  case used(String, from: String)

  package init(for address: HTTPAddress, environment: [String: String]) {
    func first(_ names: [String]) -> (name: String, value: String)? {
      names.lazy.compactMap { name in environment[name].map { (name, $0) } }
        .first { !$0.1.isEmpty }
    }
    // Upper case `HTTP_PROXY` is ignored: a web server sets it from a request's header.
    let names = address.isTLS ? ["https_proxy", "HTTPS_PROXY"] : ["http_proxy"]
    if let found = first(names + ["all_proxy", "ALL_PROXY"]) {
      if address.isLoopback {
        self = .notForLoopback
      } else if let list = first(["no_proxy", "NO_PROXY"]), Self.holds(list.value, address.host) {
        self = .excepted(by: list.name)
      } else {
        self = .used(Self.withoutLogin(found.value), from: found.name)
      }
    } else {
      self = .none
    }
  }

  /// By the variables of this process.
  init(for address: HTTPAddress) {
    let names = ["http_proxy", "https_proxy", "all_proxy", "no_proxy"]
    let variables = (names + names.map { $0.uppercased() }).compactMap { name in
      getenv(name).map { (name, String(cString: $0)) }
    }
    self.init(for: address, environment: Dictionary(uniqueKeysWithValues: variables))
  }

  private static func withoutLogin(_ address: String) -> String {
    guard let at = address.lastIndex(of: "@") else { return address }
    let scheme = address.firstRange(of: "://").map { String(address[..<$0.upperBound]) } ?? ""
    return scheme + String(address[address.index(after: at)...])
  }

  private static func holds(_ list: String, _ host: String) -> Bool {
    list.split { $0 == "," || $0 == " " }.contains { entry in
      if entry == "*" { return true }
      let name = entry.drop { $0 == "." }.lowercased()
      return host == name || host.hasSuffix("." + name)
    }
  }
}
