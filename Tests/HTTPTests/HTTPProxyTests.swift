import HTTP
import Testing

@Suite struct HTTPProxyTests {
  private static let proxies = [
    "http_proxy": "http://me:secret@plain:3128", "https_proxy": "http://secure:3128",
    "no_proxy": "internal.example, .lan",
  ]

  @Test(
    arguments: [
      ("http://api.example", proxies, .used("http://plain:3128", from: "http_proxy")),
      ("https://api.example", proxies, .used("http://secure:3128", from: "https_proxy")),
      ("http://127.0.0.1:8080", proxies, .notForLoopback),
      ("http://localhost", proxies, .notForLoopback),
      ("http://localhost", [:], .none),
      ("http://internal.example", proxies, .excepted(by: "no_proxy")),
      ("http://a.internal.example", proxies, .excepted(by: "no_proxy")),
      ("http://notinternal.example", proxies, .used("http://plain:3128", from: "http_proxy")),
      ("http://box.lan", proxies, .excepted(by: "no_proxy")),
      ("http://api.example", ["HTTP_PROXY": "http://upper"], .none),
      (
        "http://api.example", ["http_proxy": "", "all_proxy": "socks5://all"],
        .used("socks5://all", from: "all_proxy")
      ),
      (
        "http://api.example", ["http_proxy": "http://a", "NO_PROXY": "*"], .excepted(by: "NO_PROXY")
      ),
      ("http://api.example", [:], .none),
    ] as [(String, [String: String], HTTPProxy)])
  func isTold(_ url: String, _ environment: [String: String], _ proxy: HTTPProxy) throws {
    #expect(HTTPProxy(for: try HTTPAddress(url), environment: environment) == proxy)
  }
}
