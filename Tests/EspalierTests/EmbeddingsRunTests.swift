import Foundation
import JSON
import Locking
import RunFile
import TestSupport
import Testing
import Tree

/// The program and a server of embeddings, over real HTTP: nothing is paid for twice, nothing is spent
/// beyond a budget, and whatever is told of a run tells of it.
struct EmbeddingsRunTests {
  /// A server, and the texts it was asked for.
  private final class Server: Sendable {
    private let loopback: LoopbackServer
    private let log = Locked<[[String]]>([])

    /// - Parameter fault: in place of vectors.
    init(_ fault: LoopbackReply? = nil) throws {
      loopback = try LoopbackServer { [log] request in
        let texts = request.json?["input"]?.array?.compactMap(\.string) ?? []
        log.withLock { $0.append(texts) }
        if let fault { return fault }
        let data = texts.map { text -> JSON in
          let id = TextID(of: text)
          return ["embedding": [.number(Double(id.low % 1_000)), .number(Double(id.high % 1_000))]]
        }
        let body: JSON = [
          "data": .array(data), "usage": ["prompt_tokens": .number(Double(10 * texts.count))],
        ]
        return .plain(200, body.bytes)
      }
    }

    deinit { loopback.stop() }

    var asked: [[String]] { log.withLock { $0 } }

    var flags: [String] { ["--embeddings", "vectors", "--embeddings-url", loopback.url] }
  }

  private static let search = [
    "run", "--headless", "--latency", "0", "--seed", "3", "--depth", "3", "--max-depth-increase",
    "0", "--examples", "examples.jsonl",
  ]

  /// - Parameter query: of one more example.
  private static func folder(query: String = "What is a delta?") throws -> Folder {
    let folder = try Folder()
    let queries = ["How do I prune a tree?", "Why is the sky blue?", query]
    let rows = queries.map { #"{"query": "\#($0)", "response": "So."}"# + "\n" }
    try folder.write(rows.joined(), to: "examples.jsonl")
    try folder.write(
      "[prices.vectors]\ninput = 1000.0\ndate = 2026-11-21\n", to: "config.toml")
    return folder
  }

  private static func replies(_ name: String, in folder: Folder) -> [EmbeddingReply] {
    (folder.events(name) ?? []).compactMap {
      if case .flight(.embedded(let reply)) = $0 { reply } else { nil }
    }
  }

  // MARK: Paid for once

  @Test func `a run that is gone on with asks for no vector again`() async throws {
    let (folder, server) = (try Self.folder(), try Server())
    let whole = try await Program.run(
      Self.search + server.flags + ["--run", "whole.espalier"], in: folder)
    #expect(whole.code == 0, "\(whole.errors)")
    #expect(server.asked.map(\.count) == [6])

    let part = try await Program.run(
      Self.search + server.flags + ["--run", "part.espalier", "--max-calls", "9"], in: folder)
    #expect(part.code == 0 && server.asked.count == 2, "\(part.errors)")
    for copy in ["fork", "copy"] {
      let made =
        copy == "fork"
        ? try await Program.run(
          "fork", "part.espalier", "--at", "e12", "--run", "fork.espalier", in: folder)
        : try await Self.copied("part.espalier", to: "copy.espalier", in: folder)
      #expect(made.code == 0, "\(made.errors)")
    }
    for name in ["part", "fork", "copy"] {
      let end = try await Program.run(
        "resume", "\(name).espalier", "--headless", "--latency", "0", "--max-calls", "1000",
        in: folder)
      #expect(end.code == 0, "\(end.errors)")
      #expect(end.output == whole.output)
      let (resumed, wanted) = (
        try folder.tree("\(name).espalier"), try folder.tree("whole.espalier")
      )
      #expect(resumed.nodes == wanted.nodes, "\(name)")
    }
    #expect(server.asked.count == 2)

    let deeper = try await Program.run(
      "resume", "part.espalier", "--headless", "--latency", "0", "--depth", "5", in: folder)
    #expect(deeper.code == 0, "\(deeper.errors)")
    #expect(server.asked.map(\.count) == [6, 6, 2])
  }

  @Test func `a question is asked with the examples that are near by the run's vectors`()
    async throws
  {
    let (folder, server) = (try Self.folder(), try Server())
    let made = try await Program.run(
      Self.search + server.flags + ["--run", "a.espalier"], in: folder)
    #expect(made.code == 0, "\(made.errors)")
    let asked = try await Program.run("ask", "a.espalier", "Where do I prune?", in: folder)
    #expect(asked.code == 0 && !asked.errors.contains("BM25"), "\(asked.errors)")
    #expect(server.asked.last == ["Where do I prune?"])

    // A question that the run has asked already costs nothing.
    let query = try #require(folder.tree("a.espalier").configuration.queries.first)
    let file = try RunFile.open(folder.path("a.espalier"), for: .reading)
    defer { file.close() }
    let before = server.asked.count
    let again = try await Program.run("ask", "a.espalier", file.string(query), in: folder)
    #expect(again.code == 0 && server.asked.count == before, "\(again.errors)")
  }

  /// By an export as JSON Lines and its import.
  private static func copied(
    _ name: String, to copy: String, in folder: Folder
  ) async throws -> Program.Ending {
    let lines = try await Program.run(
      "export", name, "--format", "jsonl", "--output", "lines.jsonl", in: folder)
    guard lines.code == 0 else { return lines }
    return try await Program.run("import", "lines.jsonl", "--run", copy, in: folder)
  }

  @Test func `runs share vectors by a cache, and by no other way`() async throws {
    let (folder, server) = (try Self.folder(), try Server())
    func run(_ name: String, _ more: String...) async throws -> Program.Ending {
      try await Program.run(
        Self.search + server.flags + ["--run", name, "--cache", "shared.cache"] + more, in: folder)
    }
    let first = try await run("a.espalier")
    #expect(first.code == 0 && server.asked.count == 1, "\(first.errors)")
    let second = try await run("b.espalier")
    #expect(second.output == first.output)
    #expect(server.asked.count == 1)
    let reply = try #require(Self.replies("b.espalier", in: folder).first)
    #expect(reply.usage.requests == 0 && reply.usage.cost == 0 && reply.texts == 6)
    #expect(try folder.tree("b.espalier").totals.retrieval.cached == 1)
    let log = try await Program.run("log", "b.espalier", in: folder)
    #expect(log.output.contains("embeddings of 6 texts by vectors at "))
    #expect(log.output.contains(", from the cache"))
    _ = try await run("c.espalier", "--no-cache")
    #expect(server.asked.count == 2)
  }

  // MARK: Told

  @Test func `what embeddings took is told wherever the cost is`() async throws {
    let (folder, server) = (try Self.folder(), try Server())
    let config = ["--config", "config.toml"]
    let end = try await Program.run(
      Self.search + server.flags + config + ["--run", "a.espalier"], in: folder)
    #expect(end.code == 0, "\(end.errors)")
    // 60 tokens at 1,000 USD a million.
    #expect(end.errors.contains(" and $0.06."), "\(end.errors)")
    #expect(try folder.tree("a.espalier").totals.retrieval.knownCost == 0.06)
    let runs = try await Program.run("runs", ".", in: folder)
    #expect(runs.output.contains("$0.06"), "\(runs.output)")
    let page = try await Program.run("export", "a.espalier", "--format", "markdown", in: folder)
    #expect(page.output.contains("| examples found by | their meaning (embeddings) |"))
    #expect(page.output.contains("| embeddings | vectors at "))
    #expect(page.output.contains("| 1 | 60 | 0 | "))
    let json = try await Program.run("export", "a.espalier", "--format", "json", in: folder)
    let document = JSON(parsing: Array(json.output.utf8))
    #expect(document?["cost"] == .number(0.06))
    #expect(document?["retrieval"]?["share"]?["tokens"]?["input"] == .number(60))
    #expect(document?["retrieval"]?["model"]?["name"] == .string("vectors"))

    let estimate = try await Program.run(
      ["estimate"] + Self.search.dropFirst(2) + server.flags + config, in: folder)
    #expect(
      estimate.output.contains("price             $1000.0 a million, 2026-11-21"),
      "\(estimate.output)")
    #expect(estimate.output.contains("one search        about 1 call, "))
    #expect(server.asked.count == 1)
  }

  // MARK: By their words all the same

  @Test func `a budget without room for embeddings is kept, and the run says so`() async throws {
    let long = String(repeating: "word ", count: 19_900)
    let (folder, server) = (try Self.folder(query: long), try Server())
    let search = Self.search + ["--k", "1"]
    let words = try await Program.run(search + ["--run", "words.espalier"], in: folder)
    let taken = try folder.tree("words.espalier").totals
    #expect(taken.input + taken.output < 20_000)
    let why =
      "Examples are found by their words (BM25) for the rest of the run: embeddings may take more "
      + "than is left of the budget of tokens."
    let end = try await Program.run(
      search + server.flags + ["--run", "a.espalier", "--max-tokens", "26000"], in: folder)
    #expect(end.code == 0 && server.asked.isEmpty)
    #expect(end.errors.components(separatedBy: why).count == 3, "\(end.errors)")
    #expect(end.output == words.output)
    #expect(try folder.tree("a.espalier").retrieval.setback == .budget(.tokens))
    for command in [["log", "a.espalier"], ["export", "a.espalier", "--format", "markdown"]] {
      let told = try await Program.run(command, in: folder)
      #expect(told.output.contains(why.dropFirst(9).prefix(60)), "\(command)")
    }
    // It stays so with more to spend.
    let more = try await Program.run(
      "resume", "a.espalier", "--headless", "--latency", "0", "--depth", "4", "--max-tokens",
      "9000000", in: folder)
    #expect(more.code == 0 && server.asked.isEmpty, "\(more.errors)")
  }

  @Test func `a server that gives none is told, and the search goes on`() async throws {
    let refusal = LoopbackReply.plain(401, #"{"error":{"message":"bad key"}}"#)
    let (folder, server) = (try Self.folder(), try Server(refusal))
    let end = try await Program.run(
      Self.search + server.flags + ["--run", "a.espalier"], in: folder)
    #expect(end.code == 0, "\(end.errors)")
    #expect(end.errors.contains("there are no embeddings. vectors at 127.0.0.1"))
    #expect(end.errors.contains("the server refused the key (401)"))
    #expect(server.asked.count == 1)
  }

  @Test func `a budget in USD needs the price of embeddings`() async throws {
    let (folder, server) = (try Self.folder(), try Server())
    let end = try await Program.run(
      Self.search + server.flags + ["--max-usd", "1", "--run", "a.espalier"], in: folder)
    #expect(end.code != 0)
    #expect(end.errors.contains("the price of vectors is unknown"), "\(end.errors)")
    #expect(!folder.exists("a.espalier") && server.asked.isEmpty)
  }
}
