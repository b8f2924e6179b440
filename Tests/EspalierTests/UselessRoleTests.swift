import Foundation
import Locking
import Models
import Simulation
import TestSupport
import Testing
import Tree

/// The program with a model that gives nothing that can be used: no success is claimed, and nothing
/// is lost.
struct UselessRoleTests {
  /// - Parameter isFaulty: the optimizer says nothing that can be read as long as this holds.
  private static func server(_ isFaulty: Locked<Bool>) throws -> LoopbackServer {
    let model = SimulatedModel(latency: .none)
    return try LoopbackServer(serving: [
      ScriptedModel { request in
        if isFaulty.withLock({ $0 }), isRewriting(request) { return "I would say so." }
        // By now it may be taken for a server that knows no formats, and is asked by words alone.
        var asked = request
        if request.messages.contains(where: { $0.content.contains("JSON") }) {
          asked.format = .json
        }
        return try await model.reply(to: asked).text
      }
    ])
  }

  private static func isRewriting(_ request: ModelRequest) -> Bool {
    request.messages.contains { $0.content.contains("<current-prompt") }
  }

  private static func flags(_ server: LoopbackServer) -> [String] {
    ["--model", "scripted", "--url", server.url + "/v1"]
  }

  @Test func `a run without a usable rewrite is paused, and goes on when that is mended`()
    async throws
  {
    let folder = try Folder()
    let isFaulty = Locked(true)
    let server = try Self.server(isFaulty)
    let search = ["--depth", "2", "--beam", "1", "--actions", "2", "--max-depth-increase", "0"]
    let end = try await Program.run(
      ["run", "--headless", "--run", "a.espalier"] + search + Self.flags(server), in: folder)
    #expect(end.code == 1)
    #expect(end.errors.contains("replies of the optimizer in a row"), "\(end.errors)")
    #expect(end.errors.contains("espalier resume a.espalier"), "\(end.errors)")
    isFaulty.withLock { $0 = false }
    let again = try await Program.run(
      ["resume", "a.espalier", "--headless"] + Self.flags(server), in: folder)
    #expect(again.code == 0, "\(again.errors)")
    #expect(try folder.tree("a.espalier").finish?.why == .depth)
    #expect(try folder.tree("a.espalier").result.number != 0)
  }

  @Test func `an end without any score is no success`() async throws {
    let folder = try Folder()
    let end = try await Program.run(
      [
        "run", "--headless", "--depth", "3", "--latency", "0", "--max-calls", "2", "--run",
        "a.espalier",
      ], in: folder)
    #expect(end.code == 1)
    #expect(end.errors.contains("No prompt has a score after 2 calls"), "\(end.errors)")
    #expect(!end.errors.contains("Best prompt"), "\(end.errors)")
  }
}
