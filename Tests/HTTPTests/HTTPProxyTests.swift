import HTTP
import Testing

@Suite struct HTTPProxyTests {
  private static let proxies = [
    "http_proxy": "http://me:secret@plain:3128", "https_proxy": "http://secure:3128",
    "no_proxy": "internal.example, .lan",
  ]

  @Test(
    arguments: [
      ("http://api.example", proxies, "http://plain:3128"),
      ("https://api.example", proxies, "http://secure:3128"),
      ("http://127.0.0.1:8080", proxies, nil),
      ("http://localhost", proxies, nil),
      ("http://internal.example", proxies, nil),
      ("http://a.internal.example", proxies, nil),
      ("http://notinternal.example", proxies, "http://plain:3128"),
      ("http://box.lan", proxies, nil),
      ("http://api.example", ["HTTP_PROXY": "http://upper"], nil),
      ("http://api.example", ["all_proxy": "socks5://all"], "socks5://all"),
      ("http://api.example", ["http_proxy": "http://a", "no_proxy": "*"], nil),
      ("http://api.example", [:], nil),
    ] as [(String, [String: String], String?)])
  func isTold(_ url: String, _ environment: [String: String], _ proxy: String?) throws {
    #expect(
      HTTPProxy.effective(for: try HTTPAddress(url), environment: environment) == proxy)
  }
}
