import Configuration
import HTTP
import JSON
import Models
import Simulation
import TestSupport
import Testing
import Tree

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

  /// A judge behind the server, as the only role that has one.
  private func judgeCheckup(of server: LoopbackServer) async throws -> Checkup {
    var checkup = try Checkup(
      settings {
        $0.judge = "m"
        $0.judgeURL = server.url
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
    #expect(findings["rewrites"] == "each by a request of its own")
    #expect(findings["cached tokens"] == "not told")
    #expect(checkup.roles[1].findings.isEmpty)
    #expect(findings["seeds"]?.hasPrefix("honoured") == true)
    // One list and one question, and two by which seeds are tried, for the only role that has a server.
    #expect(
      server.requests.map(\.path).sorted()
        == Array(repeating: "/v1/chat/completions", count: 3) + ["/v1/models"])
  }

  @Test func saysWhereSettingsCameFrom() async throws {
    let server = try server(list: Self.list(#"{"id":"m"}"#))
    defer { server.stop() }
    let lines = try await checkup(of: server).roles[0].settings
    #expect(lines.first { $0.name == "model" }?.origin == "--model")
    #expect(lines.first { $0.name == "server" }?.origin == "--url")
    #expect(lines.first { $0.name == "max_tokens" }?.origin == "default")
  }

  @Test func saysWhatHoldsForEveryServer() throws {
    let checkup = try Checkup(
      settings {
        $0.model = "m"
        $0.url = "https://models.example/v1"
        $0.caFile = "/nowhere/ca.pem"
      })
    #expect(checkup.text.contains("ca_file           /nowhere/ca.pem"))
    #expect(checkup.text.contains("idle_timeout      2 min"))
    #expect(checkup.problems.joined().contains("--ca-file: /nowhere/ca.pem can't be read"))
    #expect(try Checkup(settings { _ in }).network.isEmpty)
  }

  @Test(
    arguments: [
      ("a wrong key", LoopbackReply.plain(401, #"{"error":{"message":"bad key"}}"#), "bad key"),
      ("an unknown model", .plain(404, #"{"error":{"message":"no such model"}}"#), "no such model"),
      ("a web page", .plain(200, type: "text/html", "<html>"), "127.0.0.1"),
      ("too much work", .plain(429, #"{"error":{"message":"wait"}}"#), "too many requests"),
    ])
  func saysWhatIsWrong(_ name: String, _ reply: LoopbackReply, _ words: String) async throws {
    let server = try server(list: Self.list(#"{"id":"n"}"#), reply)
    defer { server.stop() }
    let checkup = try await checkup(of: server)
    #expect(!checkup.isWell)
    #expect(checkup.text.contains("WRONG: "))
    #expect(checkup.roles[0].problems.joined().contains(words), "\(checkup.roles[0].problems)")
    #expect(checkup.text.contains("reachable         yes, but a call fails"))
    #expect(checkup.text.contains("not by that name; the server lists n"))
    #expect(checkup.text.contains("capabilities      not known: no call got through"))
    #expect(!checkup.text.contains("cached tokens"))
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

  enum JSONManners: CaseIterable { case held, ignored, prose, object, words }

  @Test(
    arguments: [
      (.held, "held to a schema (json_schema)"), (.ignored, "takes a schema and ignores it"),
      (.prose, "by the words of a request only: it takes response_format and ignores it"),
      (.object, "any form (json_object): it refuses a schema"), (.words, "refuses response_format"),
    ] as [(JSONManners, String)])
  func tellsHowTheJudgeIsHeldToJSON(_ manners: JSONManners, _ words: String) async throws {
    let server = try LoopbackServer { request in
      if request.path == "/v1/models" { return .plain(200, Self.list(#"{"id":"m"}"#)) }
      let format = request.json?["response_format"]
      let isRefused =
        switch manners {
        case .held, .ignored, .prose: false
        case .object: format?["json_schema"] != nil
        case .words: format != nil
        }
      if isRefused { return .plain(400, #"{"error":{"message":"no such response_format"}}"#) }
      if manners == .prose { return .plain(200, Completion.document("It is ok.")) }
      let isHeld = manners == .held && format != nil
      return .plain(200, Completion.document(isHeld ? #"{"held": true}"# : #"{"ok": true}"#))
    }
    defer { server.stop() }
    let checkup = try await judgeCheckup(of: server)
    #expect(checkup.isWell)
    let finding = checkup.roles.flatMap(\.findings).first { $0.name == "JSON" }
    #expect(finding?.value.contains(words) == true, "\(checkup.text)")
    #expect(manners == .held || !checkup.text.contains("nothing unusual"))
  }

  @Test func aModelThatOnlyContinuesTextsIsNotAsUsual() async throws {
    let text = #"{"choices":[{"text":"{\"ok\": true}","finish_reason":"stop"}]}"#
    let server = try server(list: Self.list(#"{"id":"m"}"#), .plain(200, text))
    defer { server.stop() }
    var flags = Flags()
    (flags.judge, flags.judgeURL, flags.optimizer) = ("m", server.url, "simulated")
    let file = try ConfigFile(path: "c", text: "[judge]\nkind = \"completions\"\n")
    var checkup = try Checkup(Settings.resolve(flags: flags, environment: [:], file: file))
    await checkup.tryServers()
    #expect(checkup.text.contains("JSON              by the words of a request only\n"))
    #expect(!checkup.text.contains("nothing unusual"), "\(checkup.text)")
  }

  @Test(
    arguments: [
      (#"{"message":{"content":null},"finish_reason":"stop"}"#, "the reply was empty."),
      (#"{"message":{"refusal":"No."},"finish_reason":"stop"}"#, "the model refused: No."),
      (
        #"{"message":{"reasoning_content":"Hm"},"finish_reason":"length"}"#,
        "on reasoning; raise max_tokens, which is 2048."
      ),
    ])
  func aReplyOfNoUseIsWrong(_ choice: String, _ words: String) async throws {
    let server = try server(
      list: Self.list(#"{"id":"m"}"#), .plain(200, #"{"choices":[\#(choice)]}"#))
    defer { server.stop() }
    let checkup = try await checkup(of: server)
    #expect(!checkup.isWell)
    #expect(checkup.roles[0].problems.joined().contains(words), "\(checkup.roles[0].problems)")
  }

  /// A few tokens are not enough for it, and what a search gives it is.
  @Test func tellsThatTheModelThinks() async throws {
    let server = try LoopbackServer { request in
      if request.path == "/v1/models" { return .plain(401, #"{"error":"no"}"#) }
      let isShort = (request.json?["max_tokens"]?.integer ?? 0) < 2_000
      return .plain(
        200,
        isShort
          ? #"{"choices":[{"message":{"reasoning":"Hm"},"finish_reason":"length"}]}"#
          : Completion.document(#"<think>Hm</think>{"ok": true}"#))
    }
    defer { server.stop() }
    let judge = try await judgeCheckup(of: server)
    #expect(judge.isWell, "\(judge.text)")
    let checkup = try await checkup(of: server)
    #expect(checkup.isWell, "\(checkup.text)")
    #expect(checkup.text.contains("reasoning         it thinks before it answers"))
    #expect(checkup.text.contains("not told: its list of models was not given: m at"))
  }

  @Test func tellsWhatCanBeSaved() async throws {
    let usage: JSON = [
      "prompt_tokens": 9, "completion_tokens": 4, "prompt_tokens_details": ["cached_tokens": 8],
    ]
    let reply = Completion.document(
      choices: [(#"{"ok": true}"#, "stop"), (#"{"ok": true}"#, "stop")], usage: usage)
    let server = try server(list: Self.list(#"{"id":"m"}"#), .plain(200, reply))
    defer { server.stop() }
    let text = try await checkup(of: server).text
    #expect(text.contains("rewrites          in one request (n)"))
    #expect(text.contains("cached tokens     told: calls that begin alike go together"))
  }

  @Test func tellsThatSeedsAreIgnored() async throws {
    let server = try LoopbackServer { request in
      request.path == "/v1/models"
        ? .plain(200, Self.list("")) : .plain(200, Completion.document("\(request.ordinal)"))
    }
    defer { server.stop() }
    let checkup = try await checkup(of: server)
    #expect(checkup.isWell)
    #expect(checkup.text.contains("seeds             ignored: two calls"))
  }

  @Test(
    arguments: [
      (["http_proxy": "http://me:pw@proxy:3128"], "proxy             http://proxy:3128"),
      (["http_proxy": "http://proxy:3128"], "http_proxy"),
      (["http_proxy": "http://proxy:3128", "no_proxy": "models.example"], "no_proxy"),
      ([:], "proxy             none\n"),
    ] as [([String: String], String)])
  func tellsTheProxy(_ environment: [String: String], _ words: String) throws {
    let far = try settings {
      $0.model = "m"
      $0.url = "http://models.example/v1"
    }
    let text = try Checkup(far, environment: environment).text
    #expect(text.contains(words), "\(text)")
    #expect(!text.contains("pw@"))
    let near = try settings {
      $0.model = "m"
      $0.url = "http://127.0.0.1:1/v1"
    }
    let isSet = environment["http_proxy"] != nil
    #expect(
      try Checkup(near, environment: environment).text.contains("none: never for loopback") == isSet
    )
  }

  @Test(arguments: [true, false]) func triesTheEmbeddings(_ isThere: Bool) async throws {
    let server = try LoopbackServer { _ in
      .plain(200, #"{"data":[{"index":0,"embedding":[1,2,3]},{"index":1,"embedding":[3,2,1]}]}"#)
    }
    if !isThere { server.stop() }
    defer { server.stop() }
    var checkup = try Checkup(
      settings {
        $0.embeddings = "vectors"
        $0.embeddingsURL = server.url
      })
    await checkup.tryServers()
    #expect(checkup.isWell == isThere)
    #expect(checkup.text.contains("\nembeddings\n  model             vectors"))
    #expect(checkup.text.contains(isThere ? "dimension         3" : "reachable         no"))
  }

  @Test func embeddingsCountInWhatASearchNeeds() throws {
    let without = try Checkup(settings { $0.depth = 3 })
    let with = try Checkup(
      settings {
        $0.depth = 3
        $0.embeddings = "vectors"
        $0.embeddingsURL = "http://127.0.0.1:1/v1"
      })
    let needs = try #require(with.embeddings?.needs)
    #expect(needs.calls >= 1 && needs.inputTokens > 0 && needs.outputTokens == 0)
    #expect(needs.usd == nil)
    #expect(with.roles.map(\.needs) == without.roles.map(\.needs))
    #expect(with.calls == without.calls + needs.calls)
    #expect(with.tokens == without.tokens + needs.inputTokens)
    #expect(without.usd == 0 && with.usd == nil)
    #expect(
      with.text.contains("  in all            about \(with.calls) calls, \(with.tokens) tokens"))
    #expect(
      with.text.contains(
        "  price             unknown\n  proxy             none\n  one search        about 1 call, ")
    )
    let limited = try Checkup(
      settings {
        $0.embeddings = "vectors"
        $0.embeddingsURL = "http://127.0.0.1:1/v1"
        $0.maxUSD = 1
      })
    #expect(limited.problems.joined().contains("the price of vectors is unknown"))
  }

  @Test func anotherServerOfEmbeddingsIsNoOtherModel() throws {
    let recorded = try RunPlan(
      settings {
        $0.embeddings = "vectors"
        $0.embeddingsURL = "http://127.0.0.1:1/v1"
      }
    ).configuration
    var flags = Flags()
    flags.embeddingsURL = "http://127.0.0.1:2/v1"
    try flags.recall(recorded)
    #expect(flags.embeddings == "vectors")
  }

  @Test func aResumedRunKnowsItsEmbeddings() throws {
    let chosen = try settings {
      $0.embeddings = "vectors"
      $0.embeddingsURL = "http://127.0.0.1:1/v1"
    }
    let recorded = try RunPlan(chosen).configuration
    var flags = Flags()
    try flags.recall(recorded)
    #expect(flags.embeddings == "vectors")
    #expect(flags.embeddingsURL == recorded.embeddings?.endpoint)
    let resumed = try Settings.resolve(flags: flags, environment: [:], file: nil)
    #expect(RunPlan.swaps(resumed, recorded) == [])
    var other = Flags()
    other.embeddings = "more"
    try other.recall(recorded)
    let swapped = try Settings.resolve(flags: other, environment: [:], file: nil)
    #expect(RunPlan.swaps(swapped, recorded).joined().contains("by vectors at http://127.0.0.1:1"))
  }

  @Test func anotherServerIsNoOtherModel() throws {
    let recorded = try RunPlan(
      settings {
        $0.model = "m"
        $0.url = "http://127.0.0.1:1/v1"
        $0.judge = "j"
        $0.judgeURL = "http://127.0.0.1:2/v1"
      }
    ).configuration
    var flags = Flags()
    flags.url = "http://127.0.0.1:3/v1"
    flags.judgeURL = "http://127.0.0.1:4/v1"
    try flags.recall(recorded)
    #expect(flags.model == "m")
    #expect(flags.judge == "j")
    #expect(flags.optimizer == nil, "it goes with the base model")
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
    #expect(small.roles.map(\.needs.calls) == [5, 7, 3])
    #expect(small.roles.allSatisfy { $0.needs.inputTokens > 0 && $0.needs.usd == 0 })
    let large = try Checkup(settings { $0.preset = "paper" })
    #expect(large.roles.reduce(0) { $0 + $1.needs.calls } == 355)
  }
}
