import Configuration
import Testing

@Suite struct ServerAddressTests {
  @Test(arguments: [
    ("https://api.openai.com", "https://api.openai.com/v1"),
    ("https://api.openai.com/", "https://api.openai.com/v1"),
    ("https://api.openai.com/v1", "https://api.openai.com/v1"),
    ("https://api.openai.com/v1/", "https://api.openai.com/v1"),
    ("https://API.OpenAI.com:443/v1", "https://api.openai.com/v1"),
    ("HTTP://localhost:8080", "http://localhost:8080/v1"),
    ("http://localhost:80/v1//", "http://localhost/v1"),
    ("http://127.0.0.1:8082/v1/chat/completions", "http://127.0.0.1:8082/v1"),
    ("http://127.0.0.1:8082/v1/completions/", "http://127.0.0.1:8082/v1"),
    ("http://host/v1/models", "http://host/v1"),
    ("http://[::1]:9000", "http://[::1]:9000/v1"),
    ("https://openrouter.ai/api/v1", "https://openrouter.ai/api/v1"),
    (
      "https://x.openai.azure.com/openai/deployments/d?api-version=2024-10-21",
      "https://x.openai.azure.com/openai/deployments/d"
    ),
  ])
  func hasOneForm(written: String, form: String) throws {
    #expect(try ServerAddress(parsing: written).description == form)
  }

  @Test func keepsWhatStoodBehindTheQuestionMark() throws {
    let address = try ServerAddress(parsing: "https://h/p/chat/completions?api-version=1&b&c=d=e")
    #expect(address.path == "/p")
    #expect(
      address.query == [
        QueryParameter(name: "api-version", value: "1"), QueryParameter(name: "b", value: ""),
        QueryParameter(name: "c", value: "d=e"),
      ])
  }

  @Test(arguments: [
    ("api.openai.com", AddressFault.scheme),
    ("ftp://host", .scheme),
    ("file:///etc/passwd", .scheme),
    ("http://", .host),
    ("http:///v1", .host),
    ("http://:80", .host),
    ("http://ho(st", .host),
    ("http://[::1", .host),
    ("http://host:", .port),
    ("http://host:0", .port),
    ("http://host:65536", .port),
    ("http://host:80x", .port),
    ("http://host:+80", .port),
    ("https://me:secret@host/v1", .credentials),
    ("https://host/v1?api-version=1&api-key=secret", .credentials),
    ("https://host/v1#top", .fragment),
    ("https://host /v1", .strayCharacter),
    ("https://host/v1\r\nX: y", .strayCharacter),
    ("https://höst", .strayCharacter),
    ("", .scheme),
  ])
  func refuses(written: String, fault: AddressFault) {
    #expect(throws: fault) { try ServerAddress(parsing: written) }
  }

  @Test(arguments: [
    ("http://localhost", true), ("http://a.localhost", true), ("http://127.0.0.1", true),
    ("http://127.9.9.9:1", true), ("http://[::1]", true), ("http://127.0.0.1.example.com", false),
    ("http://127.0.0.256", false), ("http://localhost.example.com", false),
    ("http://10.0.0.1", false), ("https://api.openai.com", false),
  ])
  func knowsLoopback(written: String, isLoopback: Bool) throws {
    #expect(try ServerAddress(parsing: written).isLoopback == isLoopback)
  }

  @Test(arguments: [
    ("https://h/a", "https://h/b", true), ("https://h:443", "https://h", true),
    ("https://h", "http://h", false), ("https://h:8443", "https://h", false),
    ("https://h", "https://h.evil.example", false),
  ])
  func knowsTheSameServer(one: String, other: String, isSame: Bool) throws {
    let (one, other) = (try ServerAddress(parsing: one), try ServerAddress(parsing: other))
    #expect(one.isSameServer(as: other) == isSame)
  }
}
