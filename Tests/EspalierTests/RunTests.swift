import Foundation
import TestSupport
import Testing
import Tree

/// A whole search, without a screen.
struct RunTests {
  /// The paper's search, of the queries that its authors used where these are at hand.
  static let paper: [String] = {
    let queries = SharedFolder.path + "/seed-queries/drpo-seed-180.jsonl"
    let isHere = FileManager.default.fileExists(atPath: queries)
    return ["run", "--headless", "--latency", "0", "--seed", "7", "--preset", "paper"]
      + (isHere ? ["--queries", queries] : [])
  }()

  /// A search that is over at once.
  static let small = [
    "run", "--headless", "--latency", "0", "--seed", "7", "--depth", "4",
    "--max-depth-increase", "0",
  ]

  @Test func `the same seed gives the same prompt and the same tree`() async throws {
    let folder = try Folder()
    let first = try await Program.run(Self.paper + ["--run", "a.espalier"], in: folder)
    let second = try await Program.run(Self.paper + ["--run", "b.espalier", "--json"], in: folder)
    #expect(first.code == 0 && second.code == 0)
    let report = try Report(second.output)
    #expect(first.output == report.best.prompt + "\n")
    #expect(report.best.prompt.count > 40)
    #expect(try folder.tree("a.espalier") == folder.tree("b.espalier"))

    // A finished run is read back, and nothing is asked.
    let again = try await Program.run("resume", "a.espalier", "--json", in: folder)
    #expect(again.code == 0)
    let same = try Report(again.output)
    #expect(same.nodes == report.nodes)
    #expect(same.calls == report.calls)
  }

  @Test func `progress goes to standard error, and only the prompt to standard output`()
    async throws
  {
    let folder = try Folder()
    let end = try await Program.run(Self.small + ["--run", "a.espalier"], in: folder)
    #expect(end.code == 0)
    let tree = try folder.tree("a.espalier")
    let lines = end.errors.split(separator: "\n")
    #expect(lines.first?.contains("about 57 calls expected") == true)
    #expect(lines.contains { $0.hasPrefix("level 1 of 3: ") })
    #expect(lines.contains { $0.contains("finished at the depth limit") })
    #expect(lines.contains { $0.contains("SIMULATED") })
    #expect(lines.last == "Look at it: espalier open a.espalier")
    #expect(!end.errors.utf8.contains(0x1b))
    #expect(tree.finish?.why == .depth)
    #expect(!end.output.contains("SIMULATED") && !end.output.contains("level 1"))
  }

  @Test func `another seed is another search`() async throws {
    let folder = try Folder()
    for seed in ["1", "2"] {
      let arguments = Self.small + ["--run", "\(seed).espalier", "--seed", seed]
      #expect(try await Program.run(arguments, in: folder).code == 0)
    }
    #expect(try folder.tree("1.espalier") != folder.tree("2.espalier"))
  }

  @Test func `plain espalier is espalier run, in a file of its own`() async throws {
    let folder = try Folder()
    let arguments = Array(Self.small.dropFirst())
    #expect(try await Program.run(arguments, in: folder).code == 0)
    #expect(try await Program.run(arguments, in: folder).code == 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path("runs"))
    #expect(names.count == 2 && names.allSatisfy { $0.hasSuffix(".espalier") })
    #expect(try folder.permissions("runs") == 0o700)
    for name in names { #expect(try folder.permissions("runs/\(name)") == 0o600) }
  }

  @Test func `a run is never overwritten`() async throws {
    let folder = try Folder()
    try folder.write("mine", to: "a.espalier")
    let end = try await Program.run(Self.small + ["--run", "a.espalier"], in: folder)
    #expect(end.code == 1)
    #expect(end.errors.contains("a.espalier exists already, and a run is never overwritten"))
    #expect(end.output.isEmpty)
    #expect(try folder.text("a.espalier") == "mine")
  }

  @Test func `the prompt is saved where that is asked for, whole or not at all`() async throws {
    let folder = try Folder()
    try FileManager.default.createDirectory(
      atPath: folder.path("texts"), withIntermediateDirectories: false)
    try folder.write("old", to: "texts/best.txt")
    let arguments = Self.small + ["--run", "a.espalier", "--save-prompt", "texts/best.txt"]
    let end = try await Program.run(arguments, in: folder)
    #expect(end.code == 0)
    #expect(try folder.text("texts/best.txt") == end.output)
    #expect(end.errors.contains("The best prompt is in texts/best.txt."))

    let lost = try await Program.run(
      ["resume", "a.espalier", "--headless", "--save-prompt", "texts/best.txt"],
      environment: FaultySystem(folder: folder.path("texts"), fault: .full).environment,
      in: folder)
    #expect(lost.code == 1)
    #expect(lost.errors.contains("texts/best.txt can't be written"), "\(lost.errors)")
    #expect(try folder.text("texts/best.txt") == end.output)
    #expect(lost.output == end.output, "the prompt is not lost with the file")
  }

  @Test func `the limit of calls ends a run that can be gone on with`() async throws {
    let folder = try Folder()
    let arguments = Self.paper + ["--run", "a.espalier", "--max-calls", "50"]
    let end = try await Program.run(arguments, in: folder)
    #expect(end.code == 0)
    #expect(end.errors.contains("ended by --max-calls"))
    // As many as the search takes: with the same limit it would end again at once.
    #expect(
      end.errors.contains(/Go on with it: espalier resume a.espalier --max-calls [1-9]\d\d\n$/),
      "\(end.errors)")
    #expect(CallCounts(folder.events("a.espalier") ?? []).total == 50)

    let more = try await Program.run(
      "resume", "a.espalier", "--headless", "--latency", "0", "--max-calls", "80", in: folder)
    #expect(more.code == 0)
    #expect(more.errors.contains(/about [1-9]\d\d calls expected, 50 made so far, at most 80\./))
    #expect(CallCounts(folder.events("a.espalier") ?? []).total == 80)
  }

  @Test func `a budget without room for a call is refused before there is a run`() async throws {
    let folder = try Folder()
    let arguments = Self.small + ["--run", "a.espalier", "--max-tokens", "2000"]
    let run = try await Program.run(arguments, in: folder)
    #expect(run.code == 1)
    #expect(run.errors.contains("--max-tokens sets a budget of 2000 tokens"), "\(run.errors)")
    #expect(folder.events("a.espalier") == nil)
    let estimate = try await Program.run("estimate", "--max-tokens", "2000", "--json", in: folder)
    #expect(estimate.code == 1)
    #expect(estimate.output.contains("no search can start"), "\(estimate.output)")
  }

  @Test func `a budget of tokens that ended a run is told with what lets it go on`() async throws {
    let folder = try Folder()
    let arguments = Self.small + ["--run", "a.espalier", "--max-tokens", "3000"]
    let end = try await Program.run(arguments, in: folder)
    let advice = try #require(
      end.errors.firstMatch(of: /resume a\.espalier --max-tokens (\d+)\n$/), "\(end.errors)")
    #expect(end.errors.contains("A budget has no room for the next call, which may take up to"))
    let whole = try await Program.run(
      "resume", "a.espalier", "--headless", "--latency", "0", "--max-tokens", String(advice.1),
      in: folder)
    #expect(whole.errors.contains("finished at the depth limit"), "\(whole.errors)")
  }

  @Test func `a finished run grows deeper`() async throws {
    let folder = try Folder()
    let short = try await Program.run(Self.small + ["--run", "a.espalier"], in: folder)
    #expect(short.code == 0)
    let deeper = ["--headless", "--latency", "0", "--depth", "6"]
    #expect(try await Program.run(["resume", "a.espalier"] + deeper, in: folder).code == 0)
    let tree = try folder.tree("a.espalier")
    #expect(tree.levels.count == 6)
    let counts = CallCounts(folder.events("a.espalier") ?? [])
    #expect(counts.started.values.allSatisfy { $0 == 1 })
  }
}

/// What a search is made of: prompt, queries, examples, settings and where they come from.
struct RunInputTests {
  @Test func `the initial prompt is a text or a file`() async throws {
    let folder = try Folder()
    try folder.write("You help gardeners.\nBriefly.\n", to: "prompt.txt")
    for (name, prompt) in [("text", "You help gardeners."), ("file", "@prompt.txt")] {
      let arguments = RunTests.small + ["--run", "\(name).espalier", "--prompt", prompt, "--json"]
      let end = try await Program.run(arguments, in: folder)
      let expected = "You help gardeners." + (name == "file" ? "\nBriefly." : "")
      #expect(try Report(end.output).nodes.first?.prompt == expected)
    }
  }

  @Test func `examples may be left out`() async throws {
    let folder = try Folder()
    let with = try await Program.run(RunTests.small + ["--run", "with.espalier"], in: folder)
    let arguments = RunTests.small + ["--run", "without.espalier", "--examples", "none"]
    let without = try await Program.run(arguments, in: folder)
    #expect(with.code == 0 && without.code == 0)
    #expect(try folder.tree("with.espalier").root.trial.answer?.examples.count == 2)
    #expect(try folder.tree("without.espalier").root.trial.answer?.examples == [])
  }

  @Test func `queries come from a named field, and too few are told before the start`()
    async throws
  {
    let folder = try Folder()
    let rows = ["What is dew?", "Who was Ada?"].map { #"{"text": "\#($0)", "query": 5}"# }
    try folder.write(rows.joined(separator: "\n"), to: "queries.jsonl")
    let arguments =
      RunTests.small + [
        "--run", "a.espalier", "--queries", "queries.jsonl", "--query-field", "text",
      ]
    let end = try await Program.run(arguments, in: folder)
    #expect(end.code == 0)
    let lines = end.errors.split(separator: "\n")
    #expect(lines.first?.contains("2 queries for 4 levels") == true)
    #expect(end.errors.contains("finished where the queries end"))
    #expect(try folder.tree("a.espalier").levels.count == 2)
  }

  @Test func `flags win over variables, and those over the configuration file`() async throws {
    let folder = try Folder()
    try folder.write("[search]\nbeam = 1\nactions = 1\ndepth = 2\n", to: "config.toml")
    let end = try await Program.run(
      [
        "run", "--headless", "--json", "--latency", "0", "--config", "config.toml", "--depth", "3",
        "--run", "a.espalier",
      ], environment: ["ESPALIER_ACTIONS": "2", "ESPALIER_DEPTH": "5"], in: folder)
    #expect(end.code == 0)
    let settings = try folder.tree("a.espalier").configuration.settings
    #expect(settings.beam == 1)
    #expect(settings.actions == 2)
    #expect(settings.depth == 3)
  }

  @Test func `the configuration file is found at its usual place`() async throws {
    let folder = try Folder()
    let config = folder.path(".config/espalier")
    try FileManager.default.createDirectory(atPath: config, withIntermediateDirectories: true)
    try folder.write("[search]\ndepth = 2\nlatency = 0\n", to: ".config/espalier/config.toml")
    let end = try await Program.run("run", "--headless", "--run", "a.espalier", in: folder)
    #expect(end.code == 0)
    #expect(try folder.tree("a.espalier").configuration.settings.depth == 2)
  }

  @Test func `the example configuration is one that can be used`() async throws {
    let folder = try Folder()
    let example = try await Program.run("config", in: folder)
    #expect(example.code == 0 && example.errors.isEmpty)
    try folder.write(example.output, to: "config.toml")
    let arguments = RunTests.small + ["--run", "a.espalier", "--config", "config.toml"]
    #expect(try await Program.run(arguments, in: folder).code == 0)
  }
}
