import Foundation
import Glibc
import RunFile
import TestSupport
import Testing
import Tree

/// What a run file is for.
struct CrashTests {
  private static let search = ["run", "--headless", "--seed", "11", "--depth", "8"]

  private static func flags(_ server: LoopbackServer) -> [String] {
    ["--model", "simulated-over-http", "--url", server.url + "/v1"]
  }

  @Test(arguments: [0, 2, 20, 60])
  func `killed after some replies and resumed, a run ends with the tree of an uninterrupted one`(
    _ replies: Int
  ) async throws {
    let folder = try Folder()
    let whole = try await Program.run(
      Self.search + ["--latency", "0", "--run", "whole.espalier"], in: folder)
    #expect(whole.code == 0)

    let model = HaltingModel(after: replies)
    let server = try LoopbackServer(serving: [model])
    let program = try Program(
      Self.search + Self.flags(server) + ["--run", "killed.espalier"], in: folder)
    try await program.wait("\(replies) replies") { model.hasHalted ? true : nil }
    program.send(SIGKILL)
    #expect(try await program.end().code == 128 + SIGKILL)
    let before = try #require(folder.events("killed.espalier"))
    #expect(try folder.tree("killed.espalier").finish == nil)

    model.release()
    let resumed = try await Program.run("resume", "killed.espalier", "--headless", in: folder)
    #expect(resumed.code == 0, "\(resumed.errors)")
    #expect(resumed.output == whole.output)
    #expect(try folder.tree("killed.espalier") == folder.tree("whole.espalier"))

    let after = try #require(folder.events("killed.espalier"))
    #expect(Array(after.prefix(before.count)) == before, "history is only added to")
    #expect(CallCounts(after).replies.values.allSatisfy { $0 == 1 }, "no reply was paid for twice")
    let startedAgain = CallCounts(after.dropFirst(before.count)).started.keys
    #expect(Set(startedAgain).isDisjoint(with: CallCounts(before).replies.keys))
  }

  @Test func `a run has one writer, and a second is told which process that is`() async throws {
    let folder = try Folder()
    let model = HaltingModel(after: 6)
    let server = try LoopbackServer(serving: [model])
    let first = try Program(
      Self.search + Self.flags(server) + ["--run", "a.espalier"], in: folder)
    try await first.wait("the halt") { model.hasHalted ? true : nil }
    let second = try await Program.run("resume", "a.espalier", "--headless", in: folder)
    #expect(second.code == 1)
    #expect(second.errors.contains("is being written by process \(first.id)"))
    // To read it is no harm.
    #expect(try await Program.run("verify", "a.espalier", in: folder).code == 0)

    // The lock of a process that was killed holds nobody up.
    first.send(SIGKILL)
    _ = try await first.end()
    model.release()
    #expect(try await Program.run("resume", "a.espalier", "--headless", in: folder).code == 0)
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func `a signal lets what is in flight land, saves, and says how to go on`(
    _ signal: Int32
  ) async throws {
    let folder = try Folder()
    let model = HaltingModel(after: 12)
    let server = try LoopbackServer(serving: [model])
    let program = try Program(
      Self.search + Self.flags(server) + ["--run", "a.espalier"], in: folder)
    try await program.wait("the halt") { model.hasHalted ? true : nil }
    program.send(signal)
    try await program.wait("an answer to the signal") {
      program.errors.contains("Finishing what is in flight.") ? true : nil
    }
    model.release()
    let end = try await program.end()
    #expect(end.code == 130)
    #expect(end.errors.contains("interrupted, and saved"))
    #expect(end.errors.hasSuffix("Go on with it: espalier resume a.espalier\n"))
    #expect(!end.output.isEmpty, "the best so far")
    let tree = try folder.tree("a.espalier")
    #expect(tree.inFlight.isEmpty && tree.finish == nil)
    // What landed was stored: each call that was sent has its reply.
    let counts = CallCounts(folder.events("a.espalier") ?? [])
    #expect(counts.total > 12)
    let sent = Set(counts.started.keys).subtracting(counts.cancelled.keys)
    #expect(sent == Set(counts.replies.keys))
    #expect(sent.count >= 12)
  }

  @Test func `a second signal ends at once`() async throws {
    let folder = try Folder()
    let program = try Program(
      ["run", "--headless", "--latency", "600000", "--run", "a.espalier"], in: folder)
    try await program.wait("the start") {
      folder.events("a.espalier")?.isEmpty == false ? true : nil
    }
    program.send(SIGINT)
    try await program.wait("an answer to the first") {
      program.errors.contains("Finishing what is in flight.") ? true : nil
    }
    program.send(SIGINT)
    let end = try await program.end()
    #expect(end.code == 130)
    #expect(end.errors.hasSuffix("Go on with it: espalier resume a.espalier\n"))
    #expect(try folder.tree("a.espalier").inFlight.isEmpty)
    #expect(!folder.exists("a.espalier-wal"))
  }
}
