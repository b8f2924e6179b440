import DRPO
import Engine
import HTTP
import JSON
import Models
import Simulation
import TestSupport
import Testing
import Tree

/// How servers take to schemas, as a whole search meets it.
@Suite struct SchemaScenarioTests {
  /// The formats of a search's requests to a server, and the search.
  private func search(
    preset: String = "default", streams: Bool = true, refusing words: String? = nil,
    wrapping prose: String = ""
  ) async throws -> (formats: [String], tree: SearchTree) {
    let simulated = SimulatedModel(latency: .none)
    let model = ScriptedModel { request in
      if let words, request.schema != nil { throw ModelError.rejected(words) }
      let text = try await simulated.reply(to: request).text
      return request.schema == nil ? text : prose + text
    }
    let server = try LoopbackServer(serving: [model])
    defer { server.stop() }
    let player = PlayedRole(
      model: try Endpoints(client: HTTPClient(), clock: RecordingClock()).model(
        // One at a time: calls that are under way together all learn for themselves.
        OpenAIEndpoint.Configuration(
          baseURL: server.url, model: model.name, streams: streams, maxConcurrency: 1)))
    var configuration = RunConfiguration.scripted(depth: 3, maxDepthIncrease: 0)
    configuration.preset = preset
    let engine = Engine(
      tree: SearchTree(configuration: configuration), texts: TextsInMemory(),
      models: [.base: player, .judge: player, .optimizer: player], sink: MemorySink())
    #expect(await engine.run() == .finished)
    let formats = server.requests.map { $0.json?["response_format"]?["type"]?.string ?? "none" }
    return (formats, await engine.tree)
  }

  /// Each judge's and optimizer's call is held to its schema, and an answer to none.
  @Test func aServerThatTakesThem() async throws {
    let (formats, tree) = try await search()
    #expect(tree.finish?.why == .depth)
    #expect(Set(formats) == ["json_schema", "none"])
    #expect(formats.count { $0 == "none" } == tree.totals[.base].started)
    #expect(tree.nodes.allSatisfy { $0.trial.faults.isEmpty })
  }

  /// It is asked with a schema once, then as it wants to be asked, to the end of the search.
  @Test(arguments: [true, false]) func aServerThatRefusesThem(streams: Bool) async throws {
    let (formats, tree) = try await search(
      streams: streams, refusing: "'response_format.type' must be 'text' or 'json_object'")
    let usual = try await search(streams: streams).tree
    #expect(formats.count { $0 == "json_schema" } == 1)
    #expect(formats.contains("json_object"))
    #expect(tree.finish?.why == .depth)
    #expect(tree.result.prompt == usual.result.prompt)
    #expect(tree.totals.started == usual.totals.started)
  }

  /// It takes them and has its own way: two replies tell, and both are read all the same.
  @Test(.timeLimit(.minutes(1))) func aServerThatIgnoresThem() async throws {
    let (formats, tree) = try await search(wrapping: "Sure, here it is:\n")
    let usual = try await search().tree
    #expect(formats.count { $0 == "json_schema" } == 2)
    #expect(formats.contains("json_object"))
    #expect(tree.result.prompt == usual.result.prompt)
    #expect(tree.totals.started == usual.totals.started)
  }

  @Test func thePapersPresetSendsNone() async throws {
    let (formats, _) = try await search(preset: "paper")
    #expect(Set(formats) == ["json_object", "none"])
  }
}
