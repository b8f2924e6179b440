import Configuration
import Engine
import JSON
import Models
import TestSupport
import Testing
import Tree

@testable import espalier

@Suite struct CastTests {
  private func roles(
    _ config: String, environment: [String: String] = [:], _ change: (inout Flags) -> Void
  ) throws -> [Role: PlayedRole] {
    var flags = Flags()
    change(&flags)
    let settings = try Settings.resolve(
      flags: flags, environment: environment, file: ConfigFile(path: "c", text: config))
    return try Cast.models(settings, Cast.endpoints(settings))
  }

  private static let request = ModelRequest(
    messages: [.init(.system, "Be brief."), .init(.user, "2+2?")],
    sampling: Sampling(maxTokens: 9))

  @Test func speaksToAzure() async throws {
    let server = try LoopbackServer { _ in .plain(200, Completion.document("4")) }
    defer { server.stop() }
    let config = """
      [base]
      key_header = "api-key"
      headers = { "X-Team" = "gardeners" }
      query = { "api-version" = "2024-10-21 preview" }
      """
    let roles = try roles(config, environment: ["ESPALIER_API_KEY": "sk-0123456789"]) {
      $0.model = "gpt"
      $0.url = server.url + "/openai/deployments/d"
    }
    _ = try await roles[.judge]?.model.reply(to: Self.request)
    let seen = try #require(server.requests.first)
    #expect(
      seen.path == "/openai/deployments/d/chat/completions?api-version=2024-10-21%20preview")
    #expect(seen.headers["api-key"] == "sk-0123456789")
    #expect(seen.headers["authorization"] == nil)
    #expect(seen.headers["x-team"] == "gardeners")
  }

  @Test func writesOutByTheTemplate() async throws {
    let server = try LoopbackServer { _ in
      .plain(200, #"{"choices":[{"index":0,"text":"4","finish_reason":"stop"}]}"#)
    }
    defer { server.stop() }
    let config = """
      [base]
      kind = "completions"
      [base.template]
      system = "<<{text}>>"
      user = "Q: {text} "
      opening = "A:"
      stop = ["Q:"]
      """
    let roles = try roles(config) {
      $0.model = "base"
      $0.url = server.url
    }
    let reply = try await roles[.base]?.model.reply(to: Self.request)
    #expect(reply?.text == "4")
    let body = try #require(server.requests.first?.json)
    #expect(body["prompt"]?.string == "<<Be brief.>>Q: 2+2? A:")
    #expect(body["stop"]?.array == ["Q:"])
  }
}
