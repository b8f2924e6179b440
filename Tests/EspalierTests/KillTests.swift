import Foundation
import Glibc
import RunFile
import Simulation
import TestSupport
import Testing
import Tree

/// The program is killed at each change that it makes to the disk: just before it, or when it is half
/// written. By default at a part of them that is spread over all; `make soak` takes each, both ways.
struct KillTests {
  private static let search = [
    "run", "--headless", "--seed", "11", "--depth", "2", "--max-depth-increase", "0", "--beam", "1",
    "--actions", "1", "--k", "0", "--run", "disk/a.espalier", "--model", name,
  ]
  private static let name = "simulated-over-http"

  @Test func `killed at any change and resumed, a run is the same and pays for nothing twice`()
    async throws
  {
    let whole = try await Scene()
    let end = try await whole.run(Self.search + whole.flags, fault: nil)
    #expect(end.code == 0, "\(end.errors)")
    let changes = try whole.system().tally
    #expect(changes > 100)
    let calls = whole.requests
    let tree = try whole.folder.tree("disk/a.espalier")
    let completed = Set(whole.completions)

    let cases = (0..<changes).flatMap { number in
      [(number, FaultySystem.Fault.kill), (number, .tear)]
    }
    try await cases.sample(of: 100).forEachInPairs { number, fault in
      let what: Comment = "\(fault) at change \(number) of \(changes)"
      let scene = try await Scene()
      let killed = try await scene.run(Self.search + scene.flags, fault: fault, at: number)
      try scene.server.waitUntilLeft()
      let sent = scene.requests
      guard scene.folder.exists("disk/a.espalier") else {
        #expect(killed.code == 128 + SIGKILL && sent == 0, what)
        let again = try await Program.run(Self.search + scene.flags, in: scene.folder)
        #expect(again.code == 0 && again.output == end.output, what)
        return
      }
      // How many changes there are depends on which calls land together.
      #expect(killed.code == 128 + SIGKILL || number > changes / 2, what)
      let before = try #require(scene.folder.events("disk/a.espalier"), what)
      let paid = scene.completions
      #expect(Set(paid).count == paid.count && Set(paid).isSubset(of: completed), what)

      let resumed = try await Program.run(
        "resume", "disk/a.espalier", "--headless", in: scene.folder)
      #expect(resumed.code == 0 && resumed.output == end.output, "\(what): \(resumed.errors)")
      let after = try #require(scene.folder.events("disk/a.espalier"), what)
      #expect(Array(after.prefix(before.count)) == before, what)
      #expect(scene.requests - sent == calls - paid.count, "\(what): no finished call again")
      #expect(CallCounts(after).replies.values.allSatisfy { $0 == 1 }, what)
      #expect(try scene.folder.tree("disk/a.espalier") == tree, what)
      #expect(try scene.folder.names("disk") == ["a.espalier"], what)
    }
  }

  /// A folder with a disk in it, and a server.
  private struct Scene {
    let folder: Folder
    let server: LoopbackServer

    init() async throws {
      folder = try Folder(inMemory: true)
      try FileManager.default.createDirectory(
        atPath: folder.path("disk"), withIntermediateDirectories: false)
      server = try LoopbackServer(serving: [SimulatedModel(name: KillTests.name, latency: .none)])
    }

    var flags: [String] { ["--url", server.url + "/v1"] }
    var requests: Int { server.requests.count }

    /// The calls whose reply is in the file, each with what it said.
    var completions: [Completed] {
      (folder.events("disk/a.espalier") ?? []).compactMap { event in
        guard case .completed(let completion) = event else { return nil }
        return Completed(call: completion.call, outcome: completion.outcome)
      }
    }

    func system(_ fault: FaultySystem.Fault? = nil, at number: Int = 0) -> FaultySystem {
      FaultySystem(folder: folder.path("disk"), fault: fault, number: number)
    }

    func run(
      _ arguments: [String], fault: FaultySystem.Fault?, at number: Int = 0
    ) async throws -> Program.Ending {
      try await Program.run(
        arguments, environment: system(fault, at: number).environment, in: folder)
    }
  }

  private struct Completed: Hashable {
    var call: CallKey
    var outcome: Outcome
  }
}
