import Foundation
import Glibc
import Simulation
import TestSupport
import Testing
import Tree

/// The program on a real disk that fills up.
@Suite(.enabled(if: TinyDisk.isPossible, TinyDisk.whyNot))
struct TinyDiskTests {
  private static let search = ["run", "--headless", "--seed", "11", "--depth", "4"]
  private static let name = "simulated-over-http"

  @Test(arguments: [false, true])
  func `on a full disk nothing new is paid for, and with room the run goes on`(
    isKilled: Bool
  ) async throws {
    let folder = try Folder()
    let whole = try await Program.run(
      Self.search + ["--latency", "0", "--run", "whole.espalier"], in: folder)
    #expect(whole.code == 0)
    let disk = try await TinyDisk(in: folder, kilobytes: 16_000)
    let server = try LoopbackServer(serving: [SimulatedModel(name: Self.name, latency: .none)])
    try disk.fill(leaving: 500_000)

    let run = try Program(
      Self.search + ["--model", Self.name, "--url", server.url + "/v1", "--run", disk.path("a")],
      in: folder, by: disk.wrapper)
    let advice = "The disk of \(disk.path("a")) is full. Nothing is lost; free some space there"
    try await run.wait("the full disk") { run.errors.contains(advice) ? true : nil }
    let before = try #require(folder.events(try disk.copy(to: folder)))
    #expect(server.requests.count <= CallCounts(before).total, "no call that is not in the file")

    if isKilled {
      run.send(SIGKILL)
      #expect(try await run.end().code == 128 + SIGKILL)
      #expect(folder.events(try disk.copy(to: folder)) == before)
      try disk.makeRoom()
      let resumed = try await Program(
        ["resume", disk.path("a"), "--headless"], in: folder, by: disk.wrapper
      ).end()
      #expect(resumed.code == 0 && resumed.output == whole.output, "\(resumed.errors)")
    } else {
      try disk.makeRoom()
      let end = try await run.end()
      #expect(end.code == 0 && end.output == whole.output, "\(end.errors)")
      #expect(end.errors.contains("The run can be saved again."))
    }
    let copy = try disk.copy(to: folder)
    let after = try #require(folder.events(copy))
    #expect(Array(after.prefix(before.count)) == before)
    #expect(CallCounts(after).replies.values.allSatisfy { $0 == 1 })
    #expect(try folder.tree(copy) == folder.tree("whole.espalier"))
  }
}

extension TinyDiskTests {
  @Test func `who leaves while the disk is full is told what is not saved`() async throws {
    let folder = try Folder()
    let disk = try await TinyDisk(in: folder, kilobytes: 16_000)
    try disk.fill(leaving: 300_000)
    let run = try Program(
      Self.search + ["--latency", "20", "--run", disk.path("a")], in: folder, by: disk.wrapper)
    try await run.wait("the full disk") { run.errors.contains("can't be saved") ? true : nil }
    run.send(SIGINT)
    try await run.wait("the advice") {
      run.errors.contains("Ctrl-C again leaves at once, without") ? true : nil
    }
    run.send(SIGINT)
    let end = try await run.end()
    #expect(end.code == 130)
    #expect(end.errors.contains("could not be saved, as the disk is full:"), "\(end.errors)")
    #expect(!end.errors.contains("and saved"))
    let kept = try folder.tree(try disk.copy(to: folder))
    #expect(kept.finish == nil)
  }
}

/// A small disk in memory. It is mounted in a namespace of its own, so that only the programs that are
/// started there see it, and it is gone with them, however the tests end.
private final class TinyDisk {
  static let whyNot: Comment = "a disk can't be mounted in a namespace here (unshare -Urm)"

  static let isPossible: Bool = {
    let sink = open("/dev/null", O_WRONLY | O_CLOEXEC)
    defer { close(sink) }
    let trial = try? ChildProcess(
      "unshare", ["-Urm", "mount", "-t", "tmpfs", "none", "/tmp"], output: sink, errors: sink)
    return trial?.wait() == 0
  }()

  /// Keeps the namespace.
  private let keeper: ChildProcess
  private let folder: String

  init(in folder: Folder, kilobytes: Int) async throws {
    self.folder = folder.path("disk")
    try FileManager.default.createDirectory(
      atPath: self.folder, withIntermediateDirectories: false)
    let script = """
      mount -t tmpfs -o size=\(kilobytes)k,mode=0700 none "$0" && : >"$0/ballast" && exec sleep 300
      """
    let sink = open("/dev/null", O_WRONLY | O_CLOEXEC)
    defer { close(sink) }
    keeper = try ChildProcess(
      "unshare", ["-Urm", "sh", "-c", script, self.folder], output: sink, errors: sink)
    let end = ContinuousClock.now + .seconds(20)
    while !FileManager.default.fileExists(atPath: outerPath("ballast")) {
      try #require(ContinuousClock.now < end, "no disk was mounted")
      try await Task.sleep(for: .milliseconds(2))
    }
  }

  deinit {
    keeper.send(SIGKILL)
    keeper.wait()
  }

  /// Starts a program there.
  var wrapper: [String] {
    ["nsenter", "--target=\(keeper.id)", "--user", "--mount", "--preserve-credentials"]
  }

  /// A path as the programs there see it.
  func path(_ name: String) -> String { "\(folder)/\(name).espalier" }

  /// The same place as it is seen from outside. SQLite takes such a path for another one.
  private func outerPath(_ name: String) -> String { "/proc/\(keeper.id)/root\(folder)/\(name)" }

  /// Copies the run there to where the tests can open it.
  /// - Returns: the name of the copy.
  func copy(to target: Folder) throws -> String {
    let name = "copy.espalier"
    for part in ["", "-wal", "-shm", "-lock"] {
      let (source, copy) = (outerPath("a.espalier" + part), target.path(name + part))
      try? FileManager.default.removeItem(atPath: copy)
      if FileManager.default.fileExists(atPath: source) {
        try FileManager.default.copyItem(atPath: source, toPath: copy)
      }
    }
    return name
  }

  /// Takes the space but so many bytes.
  func fill(leaving bytes: Int) throws {
    let attributes = try FileManager.default.attributesOfFileSystem(
      forPath: outerPath("ballast"))
    let free = try #require(attributes[.systemFreeSize] as? Int)
    try Data(count: free - bytes).write(to: URL(filePath: outerPath("ballast")))
  }

  func makeRoom() throws { try FileManager.default.removeItem(atPath: outerPath("ballast")) }
}
