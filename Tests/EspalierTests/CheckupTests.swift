import Configuration
import HTTP
import JSON
import Models
import Simulation
import TestSupport
import Testing

@testable import espalier

@Suite struct CheckupTests {
  private func settings(_ change: (inout Flags) -> Void) throws -> Settings {
    var flags = Flags()
    change(&flags)
    return try Settings.resolve(flags: flags, environment: [:], file: nil)
  }

  private func checkup(
    of server: LoopbackServer, model: String = "m"
  ) async throws -> Checkup {
    var checkup = try Checkup(
      settings {
        $0.model = model
        $0.url = server.url
        $0.judge = "simulated"
        $0.optimizer = "simulated"
        $0.depth = 3
      })
    await checkup.tryServers()
    return checkup
  }

  private static func list(_ models: String) -> String { #"{"data":[\#(models)]}"# }

  private func server(
    list: String, _ answer: LoopbackReply = .plain(200, Completion.document(#"{"ok": true}"#))
  ) throws -> LoopbackServer {
    try LoopbackServer { $0.path == "/v1/models" ? .plain(200, list) : answer }
  }

  @Test func allIsWell() async throws {
    let server = try server(list: Self.list(#"{"id":"m","max_model_len":8192}"#))
    defer { server.stop() }
    let checkup = try await checkup(of: server)
    #expect(checkup.isWell)
    let findings = Dictionary(
      checkup.roles[0].findings.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    #expect(findings["model known"] == "yes")
    #expect(findings["context"] == "8192 tokens")
    #expect(findings["reachable"]?.hasPrefix("yes") == true)
    #expect(checkup.roles[1].findings.isEmpty)
    // One list and one question, for the only role that has a server.
    #expect(server.requests.map(\.path).sorted() == ["/v1/chat/completions", "/v1/models"])
  }

  @Test func saysWhereSettingsCameFrom() async throws {
    let server = try server(list: Self.list(#"{"id":"m"}"#))
    defer { server.stop() }
    let lines = try await checkup(of: server).roles[0].settings
    #expect(lines.first { $0.name == "model" }?.origin == "--model")
    #expect(lines.first { $0.name == "server" }?.origin == "--url")
    #expect(lines.first { $0.name == "max_tokens" }?.origin == "default")
  }

  @Test(
    arguments: [
      ("a wrong key", LoopbackReply.plain(401, #"{"error":{"message":"bad key"}}"#), "bad key"),
      ("an unknown model", .plain(404, #"{"error":{"message":"no such model"}}"#), "no such model"),
      ("a web page", .plain(200, type: "text/html", "<html>"), "127.0.0.1"),
    ])
  func saysWhatIsWrong(_ name: String, _ reply: LoopbackReply, _ words: String) async throws {
    let server = try server(list: Self.list(#"{"id":"n"}"#), reply)
    defer { server.stop() }
    let checkup = try await checkup(of: server)
    #expect(!checkup.isWell)
    #expect(checkup.text.contains("WRONG: "))
    #expect(checkup.roles[0].problems.joined().contains(words), "\(checkup.roles[0].problems)")
    #expect(checkup.text.contains("not by that name; the server lists n"))
  }

  @Test func aContextThatIsTooSmall() async throws {
    let server = try server(list: Self.list(#"{"id":"m","max_model_len":512}"#))
    defer { server.stop() }
    let checkup = try await checkup(of: server)
    #expect(checkup.roles[0].problems.joined().contains("has a context of 512 tokens"))
  }

  @Test func tellsWhatTheModelDoesNotTake() async throws {
    let server = try LoopbackServer { request in
      if request.path == "/v1/models" { return .plain(200, Self.list(#"{"id":"m"}"#)) }
      if request.json?["temperature"] != nil {
        let error =
          #"{"error":{"message":"Only the default (1)","param":"temperature","#
          + #""code":"unsupported_value"}}"#
        return .plain(400, error)
      }
      return .plain(200, Completion.document(#"{"ok": true}"#))
    }
    defer { server.stop() }
    let checkup = try await checkup(of: server)
    #expect(checkup.isWell)
    #expect(checkup.text.contains("no temperature"))
  }

  @Test func nobodyIsThere() async throws {
    let server = try server(list: "")
    server.stop()
    let checkup = try await checkup(of: server)
    #expect(!checkup.isWell)
    #expect(checkup.text.contains("reachable         no"))
  }

  @Test func fitsEightyColumns() throws {
    let checkup = try Checkup(
      settings {
        $0.model = "a-model-with-a-rather-long-name-of-some-sixty-characters-in-all-00"
        $0.url = "https://models.example.org/openai/deployments/the-deployment/v1"
        $0.maxCalls = 100
        $0.maxUSD = 1
      })
    let words = checkup.text.split(separator: "\n").filter { $0.count > 80 }
    // A name or an address that is longer than a line stands as it is.
    #expect(words.allSatisfy { $0.split(separator: " ").contains { $0.count > 55 } }, "\(words)")
    #expect(checkup.problems.joined().contains("is unknown"))
  }

  @Test func estimatesByTheSettings() throws {
    let small = try Checkup(settings { $0.depth = 2 })
    #expect(small.roles.map(\.needs.calls) == [4, 6, 3])
    #expect(small.roles.allSatisfy { $0.needs.inputTokens > 0 && $0.needs.usd == 0 })
    let large = try Checkup(settings { $0.preset = "paper" })
    #expect(large.roles.reduce(0) { $0 + $1.needs.calls } == 355)
  }
}
