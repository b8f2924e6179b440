import Glibc
import Screen
import TestSupport
import Testing
import Tree

/// A screen that follows a run which another process makes: it sees what that process sees.
@Suite(.enabled(if: TmuxSession.isAvailable)) struct FollowerTests {
  /// The base model is the server's, the others are the program's own.
  private func start(_ server: LoopbackServer, in folder: Folder) async throws -> Program {
    let run = try Program(
      [
        "run", "--headless", "--model", "m", "--url", server.url + "/v1", "--judge", "simulated",
        "--optimizer", "simulated", "--latency", "0", "--no-lift", "--run", "a.espalier",
      ], in: folder)
    try await run.wait("the first call") {
      let calls = CallCounts(folder.events("a.espalier") ?? []).started.keys
      return calls.contains { $0.step == .answer } ? true : nil
    }
    return run
  }

  private func follow(_ folder: Folder) throws -> TmuxSession {
    try TmuxSession(
      "sh -c 'cd \(folder.path) && \(Program.path) open a.espalier; echo left $?; read end'",
      size: Size(width: 120, height: 36), environment: ["HOME": folder.path])
  }

  @Test func `words are there before their reply is, and nothing is left of the way they came`()
    async throws
  {
    let folder = try Folder()
    let server = try LoopbackServer { _ in
      LoopbackReply([.head(), .chunk(Completion.delta("Dew is water that")), .hang])
    }
    let run = try await start(server, in: folder)
    let screen = try follow(folder)
    try screen.sendKeys("4")
    try await screen.see("Dew is water that")
    // A second one, who comes in the midst of it as well.
    let other = try follow(folder)
    try other.sendKeys("4")
    try await other.see("Dew is water that")
    #expect(
      CallCounts(folder.events("a.espalier") ?? []).replies.keys.allSatisfy { $0.step != .answer })

    run.send(SIGKILL)
    _ = try await run.end()
    try await screen.see("INTERRUPTED")
    try await screen.see("nothing in flight")
    try screen.sendKeys("x")
    try await screen.see("Its process is gone: go on with espalier resume a.espalier")
    for screen in [screen, other] {
      try screen.sendKeys("q")
      try await screen.see("left 0")
    }
    let parts = ["", "-lock", "-shm", "-wal"].map { "a.espalier" + $0 }
    #expect(try folder.names().filter { $0.hasPrefix("a.") } == parts)
    #expect(try folder.permissions("a.espalier") == 0o600)
  }

  @Test func `a process whose lock was removed is found again`() async throws {
    let folder = try Folder()
    let server = try LoopbackServer { _ in LoopbackReply([.head(), .hang]) }
    let run = try await start(server, in: folder)
    let screen = try follow(folder)
    try await screen.see("RUNNING")
    // Stopped, it can't make another.
    run.send(SIGSTOP)
    #expect(unlink(folder.path("a.espalier-lock")) == 0)
    try await screen.see("INTERRUPTED")
    run.send(SIGCONT)
    try await screen.see("A process is at work on the run again.")
    try await screen.see("RUNNING")
    try screen.type(":steer be brief")
    try screen.sendKeys("Enter")
    try await run.wait("the wish") {
      try folder.tree("a.espalier").isSteered ? true : nil
    }
    run.send(SIGKILL)
    _ = try await run.end()
  }

  @Test func `why a call waits is told`() async throws {
    let folder = try Folder()
    let server = try LoopbackServer { _ in
      .plain(503, headers: ["Retry-After": "60"], #"{"error":{"message":"too many at once"}}"#)
    }
    let run = try await start(server, in: folder)
    let screen = try follow(folder)
    try await screen.see("base waits, again in ")
    try await screen.see("too many at once")
    run.send(SIGKILL)
    _ = try await run.end()
  }
}
