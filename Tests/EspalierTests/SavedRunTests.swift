import Foundation
import RunFile
import TestSupport
import Testing
import Tree

/// The commands over a run that is there: export, show, diff, log and runs.
@Suite struct SavedRunTests {
  let folder: Folder

  init() async throws {
    folder = try Folder()
    let ending = try await Program.run(
      "--headless", "--latency", "0", "--depth", "3", "--run", "runs/a.espalier", in: folder)
    try #require(ending.code == 0, "\(ending.errors)")
  }

  private func run(_ arguments: String...) async throws -> Program.Ending {
    try await Program.run(arguments, in: folder)
  }

  @Test(arguments: ["prompt", "messages", "json", "jsonl", "csv", "markdown", "html"])
  func `every format goes to a pipe and to a file`(_ format: String) async throws {
    let piped = try await run("export", "runs/a.espalier", "--format", format)
    #expect(piped.code == 0)
    #expect(piped.errors == "")
    #expect(piped.output.utf8.last == UInt8(ascii: "\n"))
    let filed = try await run(
      "export", "runs/a.espalier", "--format", format, "--output", "out")
    #expect(filed.code == 0)
    #expect(filed.output == "")
    #expect(try folder.text("out") == piped.output)
  }

  /// What goes to a pipe may end on a terminal: `show | less -R`.
  @Test func `control characters are for prompts and exports only`() async throws {
    let prompt = "Be brief.\u{1b}]52;c;aGk=\u{7} \u{1b}[31m"
    let end = try await run(
      "--headless", "--latency", "0", "--depth", "1", "--prompt", prompt, "--run", "e.espalier")
    #expect(end.output == prompt + "\n")
    #expect(!end.errors.contains("\u{1b}"))
    #expect(
      try await run("export", "e.espalier", "--format", "prompt").output
        == prompt + "\n")
    for arguments in [
      ["show", "e.espalier", "--node", "0"], ["show", "e.espalier"], ["log", "e.espalier"],
      ["diff", "e.espalier", "--node", "0", "--other-node", "0"], ["runs", "."],
      ["file", "check", "e.espalier"],
    ] {
      let page = try await Program.run(arguments, in: folder)
      #expect(page.code == 0, "\(arguments) \(page.errors)")
      #expect(!page.output.contains { "\u{1b}\u{7}".contains($0) }, "\(arguments)")
    }
    #expect(try await run("show", "e.espalier", "--node", "0").output.contains("Be brief.␛]52"))
  }

  @Test func `a lost text is not taken for an empty one`() async throws {
    let made = try await run(
      "--headless", "--latency", "0", "--depth", "1", "--prompt", "Be a zebra.", "--run",
      "z.espalier")
    #expect(made.code == 0, "\(made.errors)")
    var bytes = try folder.bytes("z.espalier")
    while let place = bytes.firstRange(of: Data("a zebra".utf8)) {
      bytes.replaceSubrange(place, with: Data("a bezra".utf8))
    }
    try bytes.write(to: URL(filePath: folder.path("z.espalier")))

    let formats = ["prompt", "messages", "json", "csv", "markdown", "html"]
    for arguments in formats.map({ ["export", "z.espalier", "--format", $0, "--node", "best"] }) + [
      ["diff", "z.espalier", "runs/a.espalier"], ["ask", "z.espalier", "Why?"],
      ["show", "z.espalier", "--json"],
    ] {
      let end = try await Program.run(arguments, in: folder)
      #expect(end.code == 1 && end.output == "", "\(arguments)")
      #expect(end.errors.contains("z.espalier is damaged: text "), "\(arguments) \(end.errors)")
    }
    for arguments in [["log", "z.espalier"], ["log", "z.espalier", "--follow"]] {
      #expect(
        try await Program.run(arguments, in: folder).code == 0, "no line of it needs the text")
    }
    let card = try await run("show", "z.espalier")
    #expect(card.code == 1 && card.output.contains("(This text is lost or damaged"))
    #expect(card.errors.contains("z.espalier is damaged: text "))
  }

  @Test func `what is redacted holds no query, no response and no word on them`() async throws {
    let queries = (1...5).map { "How do I keep fish number \($0) cool?" }
    try folder.write(queries.joined(separator: "\n"), to: "q.txt")
    try folder.write(
      #"{"query": "What is perch?", "response": "A fish of lakes."}"#, to: "e.jsonl")
    let made = try await run(
      "--headless", "--latency", "0", "--depth", "4", "--queries", "q.txt", "--examples", "e.jsonl",
      "--run", "runs/told.espalier")
    try #require(made.code == 0, "\(made.errors)")
    let secrets =
      try secrets(of: "runs/told.espalier") + queries + [
        "What is perch?", "A fish of lakes.",
      ]
    #expect(secrets.count > 20)

    for format in ["prompt", "messages", "json", "jsonl", "csv", "markdown", "html"] {
      for scope in format == "jsonl" ? [[]] : [[], ["--node", "all"]] {
        let arguments = ["export", "runs/told.espalier", "--format", format] + scope
        let redacted = try await Program.run(arguments + ["--redact"], in: folder)
        #expect(redacted.code == 0, "\(redacted.errors)")
        #expect(secrets.filter(redacted.output.contains) == [], "\(arguments)")
        let whole = try await Program.run(arguments, in: folder).output
        #expect(secrets.contains(where: whole.contains) == (format != "prompt"), "\(arguments)")
      }
    }
  }

  /// The longest line of each text that quotes a query or a response, or may.
  private func secrets(of name: String) throws -> [String] {
    let tree = try folder.tree(name)
    let file = try RunFile.open(folder.path(name), for: .reading)
    defer { file.close() }
    var texts: [Text] = []
    for node in tree.nodes {
      texts += [node.proposal?.analysis, node.trial.answer?.response].compactMap { $0 }
      texts += node.evaluation?.scores.map(\.rationale) ?? []
    }
    texts += tree.aspects.values.map(\.reasoning)
    let definitions = tree.aspects.values.flatMap(\.aspects).map(\.definition)
    let library = tree.configuration.library.map(\.definition)
    let longest = (texts.map { file.string($0) } + definitions).compactMap { (text: String) in
      text.split(separator: Character("\n")).max { $0.count < $1.count }.map { String($0) }
    }
    return Array(Set(longest).subtracting(library))
  }

  @Test func `an export replaces no run`() async throws {
    let before = try folder.bytes("runs/a.espalier")
    for output in ["runs/a.espalier", "runs/b.espalier"] {
      let ending = try await run(
        "export", "runs/a.espalier", "--format", "json", "--output", output)
      #expect(ending.code == 1)
      #expect(ending.errors.contains("neither is ever replaced"))
    }
    #expect(try folder.bytes("runs/a.espalier") == before)
    #expect(!folder.exists("runs/b.espalier"))
  }

  @Test func `a run and a node are shown`() async throws {
    let whole = try await run("show", "runs/a.espalier")
    #expect(whole.output.contains("SIMULATED"))
    #expect(whole.output.contains("Best prompt: node "))
    let node = try await run("show", "runs/a.espalier", "--node", "1")
    #expect(node.output.hasPrefix("node 1, level 1, "))
    let json = try await run("show", "runs/a.espalier", "--node", "1", "--json")
    #expect(try Report(json.output).nodes.map(\.node) == [1])
    let best = try folder.tree("runs/a.espalier").result.number
    let named = try await run("show", "runs/a.espalier", "--node", "best")
    #expect(named.output.hasPrefix("node \(best), "))
    #expect(try await run("show", "runs/a.espalier", "--node", "all").output == whole.output)
    let missing = try await run("show", "runs/a.espalier", "--node", "9999")
    #expect(missing.code == 1)
    #expect(missing.errors.contains("There is no node 9999"))
  }

  @Test func `a run is shown and exported as it was`() async throws {
    let events = try #require(folder.events("runs/a.espalier"))
    let configuration = try folder.tree("runs/a.espalier").configuration
    let early = try #require(events.firstIndex { $0 == .flight(.started(.aspects(query: 2))) })
    let then = SearchTree(configuration: configuration, events: events.prefix(early + 1))
    let at = ["--at", "\(early)"]
    let shown = try await Program.run(["show", "runs/a.espalier", "--json"] + at, in: folder)
    let report = try Report(shown.output)
    #expect(report.nodes.map(\.node) == then.nodes.map(\.number))
    #expect(report.state == "unfinished" && report.calls == then.totals.started)
    let exported = try await Program.run(
      ["export", "runs/a.espalier", "--format", "json"] + at, in: folder)
    #expect(exported.output == shown.output)
    for format in ["markdown", "html"] {
      let page = try await Program.run(
        ["export", "runs/a.espalier", "--format", format] + at, in: folder)
      #expect(page.output.contains("unfinished, as it was after event \(early)"), "\(format)")
    }
    let last = try await run("show", "runs/a.espalier", "--at", "\(events.count - 1)")
    #expect(last.output.contains("finished at the depth limit, as it was after event"))
    let beyond = try await run("show", "runs/a.espalier", "--at", "\(events.count)")
    #expect(beyond.code == 1)
    #expect(beyond.errors.contains("the last is \(events.count - 1)"))
  }

  @Test func `a headless run tells in JSON what its export does, calls and cost included`()
    async throws
  {
    let live = try await run(
      "--headless", "--json", "--latency", "0", "--depth", "3", "--run", "runs/b.espalier")
    let later = try await run("export", "runs/b.espalier", "--format", "json")
    #expect(live.output == later.output)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(live.output.utf8)) as? [String: Any])
    #expect(object["calls"] as? Int == 36)
    #expect(object["cost"] as? Double == 0)
    #expect(object["started"] != nil && object["ended"] != nil)
    #expect(try await run("show", "runs/b.espalier").output.contains("  $0\n"))
  }

  @Test func `without a terminal open names what there is instead`() async throws {
    // In a session of its own, which has none.
    let end = try await Program(["open", "runs/a.espalier"], in: folder, by: ["setsid", "--wait"])
      .end()
    #expect(end.code == 1)
    #expect(
      end.errors.contains("Without a screen: espalier show runs/a.espalier"), "\(end.errors)")
  }

  @Test func `a repair overwrites nothing`() async throws {
    let end = try await run("file", "repair", "runs/a.espalier", "--into", "runs/a.espalier")
    #expect(end.code == 1)
    #expect(end.errors.contains("Choose another name with --into."), "\(end.errors)")
  }

  @Test(.enabled(if: PublishedRuns.areHere, PublishedRuns.whyNot))
  func `of an imported run nothing is told that nobody knows`() async throws {
    let imported = try await run(
      "import", PublishedRuns.path(PublishedRuns.names[0]), "--run", "runs/p.espalier")
    #expect(imported.code == 0)
    let file = try RunFile.open(folder.path("runs/p.espalier"), for: .reading)
    defer { file.close() }
    #expect(try file.events().allSatisfy { $0.time == 0 })
    let rows = try await run("runs").output.split(separator: "\n")
    let row = try #require(rows.first { $0.hasPrefix("runs/p.espalier ") })
    #expect(row.contains(#/ unknown +unknown +\d+ s$/#), "\(row)")
  }

  @Test func `two prompts are compared in plain text through a pipe`() async throws {
    let ending = try await run(
      "diff", "runs/a.espalier", "--node", "0", "--other-node", "1")
    #expect(ending.code == 0)
    #expect(ending.output.hasPrefix("--- "))
    #expect(ending.output.contains("{+"))
    #expect(!ending.output.contains("\u{1b}"))
    #expect(try await run("diff", "runs/a.espalier").code == 2)
    #expect(try await run("diff", "runs/a.espalier", "--node", "all").code == 2)
    let best = try folder.tree("runs/a.espalier").result.number
    let same = try await run(
      "diff", "runs/a.espalier", "--node", "best", "--other-node", "\(best)")
    #expect(same.code == 0)
    #expect(same.output.hasSuffix("\n\nThe prompts are the same.\n"))
  }

  @Test func `a log has a line an event, and following a run at rest ends`() async throws {
    let events = try #require(folder.events("runs/a.espalier"))
    for arguments in [["log", "runs/a.espalier"], ["log", "runs/a.espalier", "--follow"]] {
      let ending = try await Program.run(arguments, in: folder)
      #expect(ending.code == 0)
      #expect(ending.output.split(separator: "\n").count == events.count)
    }
  }

  @Test func `a live run is followed to its end`() async throws {
    let live = try Program(
      ["--headless", "--latency", "5", "--depth", "4", "--run", "runs/live.espalier"], in: folder)
    try await live.wait("the run file") { folder.exists("runs/live.espalier") ? true : nil }
    let log = try Program(["log", "runs/live.espalier", "--follow"], in: folder)
    #expect(try await live.end().code == 0)
    let ending = try await log.end()
    #expect(ending.code == 0)
    let events = try #require(folder.events("runs/live.espalier"))
    #expect(ending.output.split(separator: "\n").count == events.count)
    #expect(ending.errors.contains("No process is at work"))
  }

  @Test func `runs are listed, a damaged one too`() async throws {
    try folder.write("SQLite format 3\0 and no more", to: "runs/other.espalier")
    let bytes = try folder.bytes("runs/a.espalier")
    try bytes.prefix(bytes.count / 2).write(
      to: URL(filePath: folder.path("runs/broken.espalier")))
    let table = try await run("runs")
    #expect(table.output.hasPrefix("RUN "))
    #expect(table.output.contains("done"))
    #expect(table.output.contains("damaged"))
    #expect(table.output.contains("no run"))
    #expect(table.errors.contains("runs/broken.espalier is damaged"))
    #expect(table.errors.contains("runs/other.espalier is not a run"))
    let json = try await run("runs", "runs", "--json")
    let rows = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
    #expect(Set(rows.compactMap { $0["state"] as? String }) == ["done", "damaged", "no run"])
    #expect(table.output.contains(" $0 "), "a simulated model costs nothing")
    #expect(rows.contains { $0["cost"] as? Double == 0 })
    #expect(table.output.contains(/[+-]\d\.\d\d.* on \d+ quer/), "its lift is known")
    #expect(rows.contains { ($0["lift"] as? [String: Any])?["mean"] is Double })
    #expect(try await run("runs", "nowhere").code == 1)
  }

  @Test func `a run is listed by its own name, and each on a line of its own`() async throws {
    let alone = try await run("runs", "runs/a.espalier")
    #expect(alone.output.split(separator: "\n").count == 2)
    #expect(alone.output.contains("runs/a.espalier  done"))
    let hostile = "x\n\u{1b}[2J y.espalier"
    try FileManager.default.copyItem(
      atPath: folder.path("runs/a.espalier"), toPath: folder.path("runs/\(hostile)"))
    try folder.write("SQLite format 3\0 and no more", to: "runs/broken\n.espalier")
    let table = try await run("runs")
    #expect(table.output.split(separator: "\n").count == 4)
    #expect(table.output.contains("runs/x␊␛[2J y.espalier  done"))
    #expect(table.errors.contains("runs/broken␊.espalier"))

    try folder.write("no run", to: "notes.txt")
    let other = try await run("runs", "notes.txt")
    #expect(other.code == 1)
    #expect(other.errors.contains("notes.txt is not a run of espalier"))
  }

  @Test func `runs are listed as what a budget or a person made of them`() async throws {
    for (name, limit) in [("calls", ["--max-calls", "9"]), ("tokens", ["--max-tokens", "12000"])] {
      let ended = try await Program.run(
        ["--headless", "--latency", "0", "--depth", "9", "--run", "runs/\(name).espalier"] + limit,
        in: folder)
      #expect(ended.code == 0)
    }
    let live = try Program(
      ["--headless", "--latency", "50", "--depth", "9", "--run", "runs/live.espalier"], in: folder)
    try await live.wait("its first event") { folder.events("runs/live.espalier")?.first }
    #expect(try await run("control", "runs/live.espalier", "pause").code == 0)

    let table = try await run("runs").output.split(separator: "\n")
    func row(_ name: String) throws -> Substring {
      try #require(table.first { $0.hasPrefix("runs/\(name).espalier ") })
    }
    #expect(try row("calls").contains(" budget reached (calls) "))
    #expect(try row("tokens").contains(" budget reached (tokens) "))
    #expect(try row("live").contains(" paused (\(live.id)) "))
    #expect(try row("a").contains(" done "))
    let rows = try #require(
      try JSONSerialization.jsonObject(with: Data(await run("runs", "runs", "--json").output.utf8))
        as? [[String: Any]])
    let states = Dictionary(
      uniqueKeysWithValues: rows.map { ($0["file"] as? String, $0["state"] as? String) })
    #expect(states["runs/calls.espalier"] == "budget reached")
    #expect(states["runs/live.espalier"] == "paused")
    #expect(rows.contains { $0["why"] as? String == "tokens" })

    #expect(try await run("control", "runs/live.espalier", "stop").code == 0)
    _ = try await live.end()
    #expect(try await run("runs").output.contains(" stopped "))
  }

  @Test(.enabled(if: PublishedRuns.areHere, PublishedRuns.whyNot))
  func `a published tree is exported without being imported`() async throws {
    let path = PublishedRuns.path(PublishedRuns.names[0])
    let page = try await run("export", path, "--format", "html")
    #expect(page.code == 0)
    #expect(page.output.hasPrefix("<!DOCTYPE html>"))
    let lines = try await run("export", path, "--format", "jsonl")
    #expect(lines.code == 1)
    #expect(lines.errors.contains("is no run file"))
  }
}
