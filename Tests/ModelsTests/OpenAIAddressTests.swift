import HTTP
import Models
import Testing

@Suite struct OpenAIAddressTests {
  @Test(arguments: [
    ("http://127.0.0.1:8080", "http://127.0.0.1:8080/v1/models"),
    ("http://127.0.0.1:8080/", "http://127.0.0.1:8080/v1/models"),
    ("https://api.openai.com/v1", "https://api.openai.com/v1/models"),
    ("https://api.openai.com/v1/", "https://api.openai.com/v1/models"),
    ("http://h/v1/chat/completions", "http://h/v1/models"),
    ("http://h/v1/completions", "http://h/v1/models"),
    (
      "https://h/openai/deployments/d?api-version=1",
      "https://h/openai/deployments/d/models?api-version=1"
    ),
  ])
  func completes(_ base: String, _ url: String) throws {
    #expect(try OpenAIAddress(base).url(of: "models") == url)
  }

  @Test func encodesTheQuery() throws {
    let address = try OpenAIAddress("http://h?a=1", query: [HTTPHeader("b c", "d&é")])
    #expect(address.url(of: "x") == "http://h/v1/x?a=1&b%20c=d%26%C3%A9")
  }

  @Test func refusesOtherSchemes() {
    #expect(throws: ModelError.self) { try OpenAIAddress("localhost:8080") }
    #expect(throws: ModelError.self) { try OpenAIAddress("file:///etc/passwd") }
  }
}
