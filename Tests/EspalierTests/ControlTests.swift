import Foundation
import RunFile
import Screen
import TestSupport
import Testing
import Tree

/// A live run and those who step into it from other processes.
struct ControlTests {
  /// A search that takes minutes when nobody ends it.
  static let slow = [
    "run", "--headless", "--latency", "500", "--seed", "3", "--depth", "40", "--run", "a.espalier",
  ]

  /// Starts the run and waits until it has grown some levels.
  private func start(_ folder: Folder, levels: Int = 1) async throws -> Program {
    let run = try Program(Self.slow, in: folder)
    try await run.wait("the run to grow") {
      guard folder.exists("a.espalier"), let tree = try? folder.tree("a.espalier") else {
        return nil as Bool?
      }
      return tree.levels.count > levels ? true : nil
    }
    return run
  }

  private struct Answer: Decodable {
    var done: Bool
    var event: Int?
    var what: String?
    var refused: String?
  }

  private func control(_ words: String..., in folder: Folder) async throws -> Answer {
    let end = try await Program.run(
      ["control", "a.espalier", "--json"] + words, environment: ["USER": "ada"], in: folder)
    let answer = try JSONDecoder().decode(Answer.self, from: Data(end.output.utf8))
    #expect(end.code == (answer.done ? 0 : 1), "\(end.errors)")
    return answer
  }

  @Test func `what is asked is done, recorded and answered`() async throws {
    let folder = try Folder()
    let run = try await start(folder)
    let paused = try await control("pause", "--reason", "Look first.", in: folder)
    #expect(paused.done)
    let again = try await control("pause", in: folder)
    #expect(
      again.refused == "The run is paused already. \"continue\" lets it go on." && !again.done)

    let tree = try folder.tree("a.espalier")
    let victim = try #require(tree.nodes.last { $0.isAlive })
    let pruned = try await control("prune", "\(victim.number)", "--reason", "Rambles.", in: folder)
    #expect(pruned.done && pruned.what == "pruned node \(victim.number)")
    let undone = try await control("undo", "--reason", "A slip.", in: folder)
    #expect(undone.what == "took a step back: restored node \(victim.number)")
    #expect(try await control("redo", in: folder).done)
    #expect(try await control("steer", "Keep", "it", "short.", in: folder).done)
    // Two at one instant: neither overwrites the other.
    async let calls = control("set", "max-calls", "500", in: folder)
    async let beam = control("set", "beam", "4", in: folder)
    #expect(try await calls.what == "set at most 500 calls")
    #expect(try await beam.what == "set beam 4")
    #expect(try await !control("prune", "0", in: folder).done)
    #expect(try await control("continue", in: folder).done)
    let stop = try await control("stop", "--reason", "Enough.", in: folder)

    let end = try await run.end()
    #expect(end.code == 0)
    #expect(end.errors.contains("pruned node \(victim.number) (by ada): Rambles."))
    let file = try RunFile.open(folder.path("a.espalier"), for: .reading)
    defer { file.close() }
    let events = try file.events()
    let after = SearchTree(configuration: file.configuration, events: events.map(\.event))
    #expect(after.finish?.why == .stopped)
    #expect(after[victim.id]?.prunedBy == .person("ada"))
    #expect(after.wish.map(file.string) == "Keep it short.")
    #expect(after.settings.maxCalls == 500 && after.settings.beam == 4)
    let reasons = events.compactMap { event -> String? in
      guard case .intervened(let intervention) = event.event else { return nil }
      #expect(intervention.author == .person("ada"))
      return intervention.reason.map(file.string)
    }
    #expect(reasons == ["Look first.", "Rambles.", "A slip.", "Enough."])
    let ordinal = try #require(stop.event)
    guard case .intervened(let last) = events[ordinal].event else {
      Issue.record("event \(ordinal) is \(events[ordinal])")
      return
    }
    #expect(last.action == .stop)
  }

  @Test func `without a live run there is nobody to ask`() async throws {
    let folder = try Folder()
    let made = try await Program.run(RunTests.small + ["--run", "a.espalier"], in: folder)
    #expect(made.code == 0)
    let before = try folder.bytes("a.espalier")
    let end = try await Program.run("control", "a.espalier", "pause", in: folder)
    #expect(end.code == 1)
    #expect(end.errors.contains("espalier resume a.espalier"))
    #expect(try folder.bytes("a.espalier") == before)
  }

  @Test(arguments: [
    (["pause"], 1, "No process is at work on a.espalier"),
    (["prune"], 2, "the number of a node is missing after \"prune\"."),
    (["prune", "3", "--why"], 2, "Unknown option '--why'"),
    ([], 2, "an action is missing."),
    (["prune", "-1"], 2, "\"-1\" after \"prune\" is not the number of a node, such as 12."),
    (["set", "max-usd", "-1"], 1, "No process is at work on a.espalier"),
    (["steer", "- Be brief."], 1, "No process is at work on a.espalier"),
  ])
  func `whoever reads JSON gets every refusal as JSON`(
    words: [String], code: Int32, text: String
  ) async throws {
    let folder = try Folder()
    let made = try await Program.run(RunTests.small + ["--run", "a.espalier"], in: folder)
    #expect(made.code == 0)
    let end = try await Program.run(["control", "a.espalier", "--json"] + words, in: folder)
    #expect(end.code == code && end.errors.isEmpty, "\(end.errors)")
    let answer = try JSONDecoder().decode(Answer.self, from: Data(end.output.utf8))
    #expect(!answer.done && answer.refused?.contains(text) == true, "\(end.output)")
  }

  @Test(.enabled(if: TmuxSession.isAvailable))
  func `a follower, a controller and the file agree`() async throws {
    let folder = try Folder()
    let run = try await start(folder)
    let screen = try TmuxSession(
      "sh -c 'cd \(folder.path) && \(Program.path) open a.espalier; echo left $?; read end'",
      size: Size(width: 120, height: 36), environment: ["USER": "bob", "HOME": folder.path])
    try await screen.see("RUNNING")

    // What the controller does, the follower sees.
    #expect(try await control("pause", in: folder).done)
    try await screen.see("PAUSED")
    // What the follower does, the run does.
    try screen.sendKeys("p")
    try await screen.see("RUNNING")
    try screen.type(":steer Be brief.")
    try screen.sendKeys("Enter")
    try await screen.see("told your wish")
    try screen.sendKeys("p")
    try await screen.see("PAUSED")
    // What the run refuses, the follower is told: nothing can be undone of a pause.
    try screen.sendKeys("p")
    try await screen.see("RUNNING")
    let tree = try folder.tree("a.espalier")
    #expect(tree.wish != nil)

    // Leaving leaves the run alone.
    try screen.sendKeys("q")
    try await screen.see("left 0")
    let asked = try await control("stop", in: folder)
    #expect(asked.done)
    #expect(try await run.end().code == 0)
    let authors = try #require(folder.events("a.espalier")).compactMap { event -> String? in
      guard case .intervened(let intervention) = event,
        case .person(let name) = intervention.author
      else { return nil }
      return name
    }
    #expect(authors == ["ada", "bob", "bob", "bob", "bob", "ada"])
  }

  @Test(.enabled(if: TmuxSession.isAvailable))
  func `a follower sees the end, and whoever goes on`() async throws {
    let folder = try Folder()
    let run = try await start(folder)
    let screen = try TmuxSession(
      "sh -c 'cd \(folder.path) && \(Program.path) open a.espalier; echo left $?; read end'",
      size: Size(width: 120, height: 36), environment: ["HOME": folder.path])
    try await screen.see("RUNNING")
    run.send(SIGTERM)
    _ = try await run.end()
    try await screen.see("INTERRUPTED")
    let resumed = try Program(
      ["resume", "a.espalier", "--headless", "--latency", "500"], in: folder)
    try await screen.see("RUNNING")
    #expect(try await control("stop", in: folder).done)
    #expect(try await resumed.end().code == 0)
    try await screen.see("FINISHED (stopped)")
    try screen.sendKeys("q")
    try await screen.see("left 0")
  }
}
