import HTTP
import Locking
import Models
import TestSupport
import Testing

/// Case 30: keys.
@Suite struct KeyTests {
  private static let key = "sk-0123456789abcdef"

  @Test(arguments: [
    "sk-01234567\n", " sk-01234567", "sk-0123\r\nX-A: b", "sk-0123 4567", "sk-ключ",
  ])
  func unusableIsRefusedBeforeAnythingIsSent(_ key: String) throws {
    let error = #expect(throws: ModelError.self) {
      try Endpoints(client: HTTPClient()).model(
        OpenAIEndpoint.Configuration(
          baseURL: "http://127.0.0.1:1", model: "m", key: key,
          keyVariable: "ESPALIER_JUDGE_API_KEY"))
    }
    #expect(error?.kind == .stopped)
    let text = "\(try #require(error))"
    #expect(text.contains("ESPALIER_JUDGE_API_KEY") && !text.contains(key))
  }

  @Test func plainHTTPToAnotherMachineIsRefused() throws {
    let endpoints = Endpoints(client: HTTPClient())
    var configuration = OpenAIEndpoint.Configuration(
      baseURL: "http://models.example", model: "m", key: Self.key)
    let error = #expect(throws: ModelError.self) { try endpoints.model(configuration) }
    #expect("\(try #require(error))".contains("--allow-plain-http"))
    configuration.allowsPlainHTTP = true
    _ = try endpoints.model(configuration)
    configuration.allowsPlainHTTP = false
    configuration.key = nil
    _ = try endpoints.model(configuration)
    configuration.headers = [HTTPHeader("X-Auth-Token", "0123456789")]
    #expect(throws: ModelError.self) { try endpoints.model(configuration) }
  }

  static let echoes: [Scenario] = [
    Scenario("in an error", .error(401, "Incorrect API key provided: \(key)")),
    Scenario("in a page", .plain(200, type: "text/html", "<p>Bearer \(key)</p>")),
    Scenario("in a redirect", .plain(302, headers: ["Location": "http://x/?k=\(key)"], "")),
    Scenario("in the stream", .events(["data: {\"error\":\"\(key)\"}\n\n"])),
    Scenario("as garbage", .events(["data: \(key)\n\n"])),
    Scenario("in a reply", .plain(200, Completion.document("your key is \(key)"))),
    Scenario(
      "in a refusal",
      .plain(200, #"{"choices":[{"message":{"refusal":"\#(key)"},"finish_reason":"stop"}]}"#)),
    Scenario("as a finish", .plain(200, Completion.document("a", finish: key))),
  ]

  @Test(arguments: echoes) func echoedIsRedacted(_ scenario: Scenario) async throws {
    let shown = Locked("")
    let ending = try await scenario.run { $0.key = Self.key }
    #expect(ending.requests.first?.headers["authorization"] == "Bearer \(Self.key)")
    #expect(!"\(ending.result)".contains(Self.key))
    #expect(!"\(ending.records)".contains(Self.key))
    #expect(!shown.withLock { $0 }.contains(Self.key))
  }

  @Test func noKeyNoHeader() async throws {
    let ending = try await Scenario("", Scenario.good).run()
    #expect(ending.requests.first?.headers["authorization"] == nil)
  }
}
