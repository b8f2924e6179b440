import HTTP
import Testing

@Suite struct HTTPAddressTests {
  @Test(arguments: [
    ("http://localhost/v1", "localhost", true),
    ("http://LOCALHOST:81", "localhost:81", true),
    ("http://127.1.2.3:8080/v1?x=y", "127.1.2.3:8080", true),
    ("http://127.0.0.1.evil.example", "127.0.0.1.evil.example", false),
    ("http://user:127.0.0.1@evil.example/", "evil.example", false),
    ("http://[::1]:9/", "[::1]:9", true),
    ("https://api.example.com:443/v1", "api.example.com", false),
  ])
  func reads(_ url: String, _ name: String, _ isLoopback: Bool) throws {
    let address = try HTTPAddress(url)
    #expect(address.name == name)
    #expect(address.isLoopback == isLoopback)
  }

  @Test(arguments: [
    "", "api.example.com", "ftp://a", "file:///etc/passwd", "http://", "http://a b",
  ])
  func refuses(_ url: String) {
    #expect(throws: HTTPError.self) { try HTTPAddress(url) }
  }

  @Test func messageHidesPassword() throws {
    let error = #expect(throws: HTTPError.self) { try HTTPAddress("ftp://me:secret@host/") }
    #expect("\(try #require(error))".contains("secret") == false)
  }
}
