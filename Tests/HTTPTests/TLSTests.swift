import Glibc
import HTTP
import TestSupport
import Testing

/// Trust over TLS, with a certificate made for the test by the `openssl` program and its server.
@Suite struct TLSTests {
  private static let openssl = "/usr/bin/openssl"
  static let hasOpenSSL = access(openssl, X_OK) == 0

  @Test(.enabled(if: hasOpenSSL, "no openssl program")) func trustsWhatItIsToldAndNothingElse()
    async throws
  {
    var template = Array("/tmp/espalier-tls-XXXXXX".utf8CString)
    let path = String(cString: try #require(mkdtemp(&template)))
    let certificate = path + "/certificate.pem"
    let key = path + "/key.pem"
    defer {
      for file in [certificate, key] { unlink(file) }
      rmdir(path)
    }
    let maker = try Self.run([
      "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
      "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate,
    ])
    var status: Int32 = 0
    waitpid(maker, &status, 0)
    try #require(status == 0)
    // Free a moment ago.
    let port = try RefusingPort().port
    let server = try Self.run([
      "s_server", "-quiet", "-www", "-accept", "127.0.0.1:\(port)", "-cert", certificate, "-key",
      key,
    ])
    defer {
      kill(server, SIGKILL)
      waitpid(server, nil, 0)
    }

    let url = "https://localhost:\(port)/"
    let trusting = HTTPClient(
      HTTPClient.Configuration(environment: ["SSL_CERT_FILE": certificate]))
    var response: HTTPResponse?
    // The server takes a moment to listen.
    for _ in 0..<500 where response == nil {
      response = try? await trusting.send(HTTPRequest(.get, url: url))
      if response == nil { try await Task.sleep(for: .milliseconds(10)) }
    }
    #expect(response?.status == 200)

    let error = await #expect(throws: HTTPError.self) {
      try await HTTPClient().send(HTTPRequest(.get, url: url))
    }
    guard case .insecure(host: "localhost:\(port)", _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  private static func run(_ arguments: [String]) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    for descriptor in Int32(0)...2 {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
    }
    defer { posix_spawn_file_actions_destroy(&actions) }
    var words: [UnsafeMutablePointer<CChar>?] = ([openssl] + arguments).map { strdup($0) }
    words.append(nil)
    defer { for word in words { free(word) } }
    var id: pid_t = 0
    try #require(posix_spawn(&id, openssl, &actions, nil, words, nil) == 0)
    return id
  }
}
