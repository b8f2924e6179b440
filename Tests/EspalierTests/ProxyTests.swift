import TestSupport
import Testing

/// A proxy that is of no use is told from the server that it would lead to.
@Suite struct ProxyTests {
  private func told(
    _ url: String, _ variable: String, _ proxy: String
  ) async throws -> (text: String, code: Int32) {
    let end = try await Program.run(
      ["doctor", "--model", "m", "--url", url], environment: [variable: proxy], in: Folder())
    let words = (end.output + end.errors).split(whereSeparator: \.isWhitespace)
    return (words.joined(separator: " "), end.code)
  }

  @Test(arguments: ["http", "https"]) func isNotThere(_ scheme: String) async throws {
    let port = try RefusingPort()
    let (text, code) = try await told(
      "\(scheme)://models.example/v1", "\(scheme)_proxy", "http://me:secret@127.0.0.1:\(port.port)")
    #expect(code == 1)
    #expect(
      text.contains("the proxy \(port.url) (set by \(scheme)_proxy) can't be reached"), "\(text)")
    #expect(text.contains("so models.example was not asked"))
    #expect(!text.contains("is the server running?"))
    #expect(!text.contains("secret"))
  }

  @Test func hasNoAddress() async throws {
    let (text, _) = try await told(
      "http://models.example/v1", "http_proxy", "http://nowhere.invalid:3128")
    #expect(text.contains("the proxy http://nowhere.invalid:3128 (set by http_proxy)"), "\(text)")
  }

  @Test(arguments: [
    (502, "gives no way to it (502)"), (407, "asks for a name and a password (407)"),
  ])
  func refuses(_ status: Int, _ words: String) async throws {
    let server = try LoopbackServer { _ in .plain(status, "no") }
    defer { server.stop() }
    let (text, _) = try await told("https://models.example/v1", "https_proxy", server.url)
    #expect(text.contains("the proxy \(server.url) (set by https_proxy) \(words)"), "\(text)")
    #expect(server.requests.allSatisfy { $0.method == "CONNECT" })
  }

  @Test func wantsALogin() async throws {
    let server = try LoopbackServer { _ in .plain(407, "no") }
    defer { server.stop() }
    let (text, _) = try await told("http://models.example/v1", "http_proxy", server.url)
    #expect(text.contains("the proxy asks for a name and a password (407)"), "\(text)")
  }
}
