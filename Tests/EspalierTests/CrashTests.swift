import Foundation
import Glibc
import RunFile
import TestSupport
import Testing
import Tree

/// What a run file is for.
struct CrashTests {
  private static let search = ["run", "--headless", "--seed", "11", "--depth", "8"]

  @Test(arguments: [3, 20, 90, 200])
  func `killed after some events and resumed, a run ends with the tree of an uninterrupted one`(
    _ moment: Int
  ) async throws {
    let folder = try Folder()
    let whole = try await Program.run(
      Self.search + ["--latency", "0", "--run", "whole.espalier"], in: folder)
    #expect(whole.code == 0)

    let program = try Program(
      Self.search + ["--latency", "5", "--run", "killed.espalier"], in: folder)
    let reader = try await program.wait("the file") {
      try? RunFile.open(folder.path("killed.espalier"), for: .reading)
    }
    try await program.wait("event \(moment)") { (try? reader.count()) ?? 0 >= moment ? true : nil }
    reader.close()
    program.send(SIGKILL)
    #expect(try await program.end().code == 128 + SIGKILL)
    let before = try #require(folder.events("killed.espalier"))
    #expect(try folder.tree("killed.espalier").finish == nil)

    let resumed = try await Program.run(
      "resume", "killed.espalier", "--headless", "--latency", "0", in: folder)
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
    let first = try Program(
      ["run", "--headless", "--latency", "20", "--run", "a.espalier"], in: folder)
    try await first.wait("the first level") { first.errors.contains("level 1 of") ? true : nil }
    let second = try await Program.run("resume", "a.espalier", "--headless", in: folder)
    #expect(second.code == 1)
    #expect(second.errors.contains("is being written by process \(first.id)"))
    // To read it is no harm.
    #expect(try await Program.run("verify", "a.espalier", in: folder).code == 0)
    first.send(SIGINT)
    #expect(try await first.end().code == 130)

    // The lock of a process that was killed holds nobody up.
    let third = try Program(
      ["resume", "a.espalier", "--headless", "--latency", "20"], in: folder)
    try await third.wait("its start") { third.errors.contains("calls expected") ? true : nil }
    third.send(SIGKILL)
    _ = try await third.end()
    let fourth = try await Program.run(
      "resume", "a.espalier", "--headless", "--latency", "0", in: folder)
    #expect(fourth.code == 0)
  }
}
