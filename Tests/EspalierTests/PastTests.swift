import Foundation
import RunFile
import Screen
import TestSupport
import Testing
import Tree

/// What one does with a run that has been: fork, import, repair, ask, step through it.
struct PastTests {
  @Test func `a fork goes on to the same end, and asks nothing again`() async throws {
    let folder = try Folder()
    let whole = try await Program.run(RunTests.small + ["--run", "a.espalier"], in: folder)
    #expect(whole.code == 0)
    let before = try folder.bytes("a.espalier")
    let events = try #require(folder.events("a.espalier"))
    let opened = try #require(
      folder.tree("a.espalier").nodes.last { $0.isOpened && $0.level == 2 })

    for (name, at) in [("b", "\(opened.number)"), ("c", "e\(events.count / 2)")] {
      let file = "\(name).espalier"
      let made = try await Program.run(
        "fork", "a.espalier", "--at", at, "--run", file, in: folder)
      #expect(made.code == 0, "\(made.errors)")
      let past = try #require(folder.events(file))
      #expect(past == Array(events.prefix(past.count)))
      let end = try await Program.run("resume", file, "--headless", "--latency", "0", in: folder)
      #expect(end.code == 0, "\(end.errors)")
      #expect(end.output == whole.output)
      #expect(try folder.tree(file) == folder.tree("a.espalier"))
      let counts = CallCounts(try #require(folder.events(file)))
      #expect(counts.replies.values.allSatisfy { $0 == 1 })
    }
    #expect(try folder.bytes("a.espalier") == before)
  }

  @Test func `a fork elsewhere is another search`() async throws {
    let folder = try Folder()
    let small = try await Program.run(RunTests.small + ["--run", "a.espalier"], in: folder)
    #expect(small.code == 0)
    #expect(
      try await Program.run(
        "fork", "a.espalier", "--at", "1", "--run", "b.espalier", in: folder
      ).code == 0)
    let deeper = try await Program.run(
      "resume", "b.espalier", "--headless", "--latency", "0", "--depth", "6", in: folder)
    #expect(deeper.code == 0)
    #expect(try folder.tree("b.espalier").levels.count > folder.tree("a.espalier").levels.count)
  }

  @Test(.enabled(if: PublishedRuns.areHere, PublishedRuns.whyNot), arguments: PublishedRuns.names)
  func `a published tree is imported and obeys the algorithm`(name: String) async throws {
    let folder = try Folder()
    let made = try await Program.run(
      "import", PublishedRuns.path(name), "--run", "a.espalier", in: folder)
    #expect(made.code == 0, "\(made.errors)")
    #expect(try await Program.run("verify", "a.espalier", in: folder).code == 0)
    #expect(try await Program.run("file", "check", "a.espalier", in: folder).code == 0)
    // Nobody knows where its models are, and no other is asked in their place.
    let asked = try await Program.run("ask", "a.espalier", "Who are you?", in: folder)
    #expect(asked.code == 1)
    #expect(asked.errors.contains("--model and --url"))
  }

  private static let authorsOutput = """
    {"level 1": {"Prompt": "Help.", "Evaluation of the prompt":
      {"Wit": {"rationale": "None.", "score": "2"}}},
     "level 2": {"Prompt": "Help well.", "Evaluation of the prompt":
      {"Depth": {"rationale": "Deep.", "score": "5"}}}}
    """

  @Test func `the authors' output is imported as a path`() async throws {
    let folder = try Folder()
    try folder.write(Self.authorsOutput, to: "output.json")
    let made = try await Program.run(
      "import", "output.json", "--run", "a.espalier", in: folder)
    #expect(made.code == 0, "\(made.errors)")
    #expect(made.output.contains("2 nodes on 2 levels; the best is node 1"))
    #expect(try await Program.run("verify", "a.espalier", in: folder).code == 0)
  }

  @Test func `the authors' output is looked at as it is`() async throws {
    let folder = try Folder()
    try folder.write(Self.authorsOutput, to: "output.json")
    for arguments in [
      ["show"], ["log"], ["verify"], ["export", "--format", "html"], ["diff", "--node", "0"],
    ] {
      let end = try await Program.run(
        [arguments[0], "output.json"] + arguments.dropFirst(), in: folder)
      #expect(end.code == 0, "\(arguments) \(end.errors)")
    }
  }

  @Test func `what is no run file says how it becomes one`() async throws {
    let folder = try Folder()
    try folder.write("{\"kind\":\"run\",\"format\":1}\n", to: "a.jsonl")
    try folder.write(Self.authorsOutput, to: "output.json")
    for (arguments, file) in [
      (["show"], "a.jsonl"), (["open"], "a.jsonl"), (["resume"], "output.json"),
      (["file", "check"], "output.json"),
    ] {
      let end = try await Program.run(arguments + [file], in: folder)
      #expect(end.code == 1)
      #expect(end.errors.contains("espalier import \(file) --run NEW"), "\(end.errors)")
    }
  }

  @Test func `an export is imported as an equal run`() async throws {
    let folder = try Folder()
    let made = try await Program.run(RunTests.small + ["--run", "a.espalier"], in: folder)
    #expect(made.code == 0)
    let lines = try await Program.run(
      "export", "a.espalier", "--format", "jsonl", in: folder)
    #expect(lines.code == 0, "\(lines.errors)")
    try folder.write(lines.output, to: "a.jsonl")
    let back = try await Program.run("import", "a.jsonl", "--run", "b.espalier", in: folder)
    #expect(back.code == 0, "\(back.errors)")
    #expect(folder.events("b.espalier") == folder.events("a.espalier"))
  }

  @Test func `what is no run is refused, and nothing is left`() async throws {
    let folder = try Folder()
    try folder.write("{\"level 1\": 3}", to: "odd.json")
    let end = try await Program.run("import", "odd.json", "--run", "a.espalier", in: folder)
    #expect(end.code == 1)
    #expect(end.errors.contains("odd.json: \"Prompt\" of level 1 is missing"))
    #expect(!folder.exists("a.espalier"))
  }

  @Test func `an export that does not import says which one does`() async throws {
    let folder = try Folder()
    let made = try await Program.run(RunTests.small + ["--run", "a.espalier"], in: folder)
    #expect(made.code == 0)
    for format in ["json", "messages"] {
      let end = try await Program.run(
        "export", "a.espalier", "--format", format, "-o", "a.json", in: folder)
      #expect(end.code == 0)
      let back = try await Program.run("import", "a.json", "--run", "b.espalier", in: folder)
      #expect(back.code == 1 && back.errors.contains("with --format jsonl: that imports back"))
      #expect(back.errors.contains("a.json: It is what \"export --format \(format)\" writes"))
    }
    #expect(!folder.exists("b.espalier"))
  }

  /// The one who runs the tests may write everywhere, but for where the system itself has files.
  @Test func `an export that has no place names the folder`() async throws {
    let folder = try Folder()
    let made = try await Program.run(RunTests.small + ["--run", "a.espalier"], in: folder)
    #expect(made.code == 0)
    for (output, place) in [("nowhere/a.json", "nowhere"), ("/proc/a.json", "/proc")] {
      let end = try await Program.run(
        "export", "a.espalier", "--format", "json", "-o", output, in: folder)
      #expect(end.code == 1)
      #expect(
        end.errors.contains(
          "\(output) can't be written, as no file can be made in \(place): No such file"))
    }
  }

  @Test func `a damaged file is told from a sound one, and repaired`() async throws {
    let folder = try Folder()
    let made = try await Program.run(RunTests.small + ["--run", "a.espalier"], in: folder)
    #expect(made.code == 0)
    let sound = try await Program.run("file", "check", "a.espalier", in: folder)
    #expect(sound.code == 0 && sound.output.contains("Sound"))

    var bytes = try folder.bytes("a.espalier")
    for index in (bytes.count / 2)..<(bytes.count / 2 + 64) { bytes[index] ^= 0x55 }
    try bytes.write(to: URL(filePath: folder.path("b.espalier")))
    let damaged = try await Program.run("file", "check", "b.espalier", in: folder)
    #expect(damaged.code == 1 && damaged.output.contains("Damaged"))
    let repair = try await Program.run(
      "file", "repair", "b.espalier", "--into", "c.espalier", in: folder)
    #expect(repair.code == 0, "\(repair.errors)")
    #expect(try await Program.run("file", "check", "c.espalier", in: folder).code == 0)
    #expect(try folder.bytes("b.espalier") == bytes)
    let past = try #require(folder.events("c.espalier"))
    let events = try #require(folder.events("a.espalier"))
    #expect(past == Array(events.prefix(past.count)))
  }

  /// A budget must not be counted from a price that nobody paid.
  @Test func `with a changed call in its ledger a run is shown, and not gone on with`() async throws
  {
    let folder = try Folder()
    let made = try await Program.run(RunTests.small + ["--run", "a.espalier"], in: folder)
    #expect(made.code == 0)
    var bytes = try folder.bytes("a.espalier")
    let place = try #require(bytes.firstRange(of: Data("optimizersimulatedanswered".utf8)))
    bytes[place.upperBound - 1] ^= 1
    try bytes.write(to: URL(filePath: folder.path("a.espalier")))
    let resumed = try await Program.run("resume", "a.espalier", "--headless", in: folder)
    #expect(resumed.code == 1 && resumed.errors.contains("of its ledger is missing or has been"))
    #expect(resumed.errors.contains("espalier file repair a.espalier --into NEW"))
    #expect(try await Program.run("show", "a.espalier", in: folder).code == 0)
    let repair = try await Program.run(
      "file", "repair", "a.espalier", "--into", "b.espalier", in: folder)
    #expect(repair.code == 0 && repair.output.hasPrefix("Damaged: call "), "\(repair.output)")
    #expect(try await Program.run("file", "check", "b.espalier", in: folder).code == 0)
    #expect(folder.events("b.espalier") == folder.events("a.espalier"))
  }

  @Test func `of many lost texts a few are told`() async throws {
    let folder = try Folder()
    let made = try await Program.run(RunTests.small + ["--run", "a.espalier"], in: folder)
    #expect(made.code == 0)
    let bytes = try folder.bytes("a.espalier")
    try bytes.prefix(bytes.count * 2 / 3).write(to: URL(filePath: folder.path("b.espalier")))
    let check = try await Program.run("file", "check", "b.espalier", in: folder)
    let lines = check.output.split(separator: "\n").filter { $0.hasPrefix("Damaged: ") }
    #expect(check.code == 1 && lines.count { $0.contains("Damaged: text") } == 3, "\(lines)")
    #expect(lines.last?.hasSuffix("more texts.") == true)
    #expect(try folder.names().filter { $0.hasPrefix("b.") } == ["b.espalier"])
  }

  @Test func `a repair says when there is nothing to mend, and when nothing is left`() async throws
  {
    let folder = try Folder()
    let made = try await Program.run(RunTests.small + ["--run", "a.espalier"], in: folder)
    #expect(made.code == 0)
    let sound = try await Program.run(
      "file", "repair", "a.espalier", "--into", "b.espalier", in: folder)
    #expect(sound.code == 0 && sound.output.hasPrefix("Nothing is damaged.\n"))
    try folder.bytes("a.espalier").prefix(3_000).write(to: URL(filePath: folder.path("c.espalier")))
    let lost = try await Program.run(
      "file", "repair", "c.espalier", "--into", "d.espalier", in: folder)
    #expect(lost.code == 1 && lost.errors.contains("nothing of c.espalier can be recovered"))
    #expect(!folder.exists("d.espalier"))
    let odd = try await Program.run("import", "a.espalier", "--run", "d.espalier", in: folder)
    #expect(odd.code == 1 && odd.errors.contains("a.espalier is a database"))
  }

  @Test func `a compacted file is the same run`() async throws {
    let folder = try Folder()
    let made = try await Program.run(RunTests.small + ["--run", "a.espalier"], in: folder)
    #expect(made.code == 0)
    let events = folder.events("a.espalier")
    let before = try folder.bytes("a.espalier").count
    let end = try await Program.run("file", "compact", "a.espalier", "--drop-replies", in: folder)
    #expect(end.code == 0, "\(end.errors)")
    #expect(try folder.bytes("a.espalier").count < before)
    #expect(folder.events("a.espalier") == events)
  }

  @Test func `the base model answers under the best prompt and the initial one`() async throws {
    let folder = try Folder()
    let made = try await Program.run(RunTests.small + ["--run", "a.espalier"], in: folder)
    #expect(made.code == 0)
    let before = try folder.bytes("a.espalier")
    let best = try await Program.run("ask", "a.espalier", "How do I thaw fish?", in: folder)
    #expect(best.code == 0, "\(best.errors)")
    #expect(best.output.contains("fish"))
    #expect(best.errors.contains("SIMULATED"))
    let both = try await Program.run(
      "ask", "a.espalier", "How do I thaw fish?", "--compare", in: folder)
    #expect(both.code == 0)
    #expect(both.output.hasPrefix("--- under the initial prompt\n"))
    #expect(both.output.hasSuffix(best.output))
    #expect(try folder.bytes("a.espalier") == before)
    let port = try RefusingPort()
    let unreachable = try await Program.run(
      "ask", "a.espalier", "Why?", "--model", "m", "--url", port.url + "/v1", in: folder)
    #expect(unreachable.code == 1)
    #expect(
      unreachable.errors.ranges(of: "no connection").count == 1, "\(unreachable.errors)")
    let none = try await Program.run("ask", "a.espalier", " ", in: folder)
    #expect(none.code == 2)
  }

  @Test(.enabled(if: TmuxSession.isAvailable))
  func `open steps through the past`() async throws {
    let folder = try Folder()
    let made = try await Program.run(RunTests.small + ["--run", "a.espalier"], in: folder)
    #expect(made.code == 0)
    let events = try #require(folder.events("a.espalier"))
    let last = events.count - 1
    let screen = try TmuxSession(
      "sh -c 'cd \(folder.path) && \(Program.path) open a.espalier --at 10; echo left $?; read end'",
      size: Size(width: 120, height: 36), environment: ["HOME": folder.path])
    try await screen.see("event 10 of \(last)")
    try screen.type("]")
    try await screen.see("event 11 of \(last)")
    try screen.type("[[")
    try await screen.see("event 9 of \(last)")
    try screen.type("}")
    try await screen.see("kept, to be rewritten as")
    try screen.type("x")
    try await screen.see("This is a look at the file. The search is over")
    try screen.sendKeys("Escape")
    try await screen.see("FINISHED")
    try screen.type("q")
    try await screen.see("left 0")

    let beyond = try await Program.run("open", "a.espalier", "--at", "\(last + 1)", in: folder)
    #expect(beyond.code == 1)
    #expect(beyond.errors.contains("the last is \(last)"))
  }
}
