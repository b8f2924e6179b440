import Foundation
import HTTP
import Models
import RunFile
import Simulation
import TestSupport
import Testing
import Tree

/// The program against servers, over real HTTP.
struct ServerTests {
  /// What the tests call the model that the server plays.
  private static let name = "simulated-over-http"

  private static func server(_ faults: SimulatedFaults = .none) throws -> LoopbackServer {
    try LoopbackServer(serving: [
      SimulatedModel(name: name, latency: .none, faults: faults)
    ])
  }

  private static func flags(_ server: LoopbackServer) -> [String] {
    ["--model", name, "--url", server.url + "/v1"]
  }

  /// All that can be told of a run: its standard streams and its file.
  private static func traces(_ end: Program.Ending, _ name: String, in folder: Folder) throws
    -> Data
  {
    Data((end.output + end.errors).utf8) + (try folder.bytes(name))
  }

  @Test func `over HTTP a search is the same as with the embedded model`() async throws {
    let folder = try Folder()
    let embedded = try await Program.run(RunTests.paper + ["--run", "a.espalier"], in: folder)
    let server = try Self.server()
    let served = try await Program.run(
      RunTests.paper.filter { $0 != "--latency" && $0 != "0" } + Self.flags(server)
        + ["--run", "b.espalier"], in: folder)
    #expect(embedded.code == 0 && served.code == 0, "\(served.errors)")
    #expect(served.output == embedded.output)
    #expect(try folder.tree("b.espalier") == folder.tree("a.espalier"))
    #expect(!served.errors.contains("SIMULATED"))
    #expect(server.requests.count == CallCounts(folder.events("b.espalier") ?? []).total)
  }

  @Test func `of a server that fails a call in twenty comes the same prompt`() async throws {
    let folder = try Folder()
    let search = ["run", "--headless", "--seed", "7", "--depth", "8"]
    let embedded = try await Program.run(
      search + ["--latency", "0", "--run", "a.espalier"], in: folder)
    let server = try Self.server(SimulatedFaults(unavailable: 0.05))
    let served = try await Program.run(
      search + Self.flags(server) + ["--run", "b.espalier"], in: folder)
    #expect(embedded.code == 0 && served.code == 0, "\(served.errors)")
    #expect(served.output == embedded.output)
    #expect(try folder.tree("b.espalier") == folder.tree("a.espalier"))
    #expect(server.requests.count > CallCounts(folder.events("b.espalier") ?? []).total)
  }

  @Test func `a server that gives several replies is asked once for the rewrites of a prompt`()
    async throws
  {
    let folder = try Folder()
    let server = try LoopbackServer(
      serving: [SimulatedModel(name: Self.name, latency: .none)], givesSeveral: true)
    let end = try await Program.run(
      ["run", "--headless", "--depth", "4", "--run", "a.espalier"] + Self.flags(server), in: folder)
    #expect(end.code == 0, "\(end.errors)")
    let events = folder.events("a.espalier") ?? []
    let openings = events.reduce(0) { count, event in
      guard case .decided(.open(let opening)) = event, !opening.skips else { return count }
      return count + opening.numbers.count - 1
    }
    #expect(openings > 0)
    #expect(server.requests.count == CallCounts(events).total - openings)
  }

  // MARK: Keys

  private static let key = "sk-test-0123456789abcdef"
  private static let short = ["run", "--headless", "--depth", "2", "--run", "a.espalier"]

  @Test func `OPENAI_API_KEY goes to no server but OpenAI's and that of OPENAI_BASE_URL`()
    async throws
  {
    let folder = try Folder()
    let server = try Self.server()
    let end = try await Program.run(
      Self.short + Self.flags(server),
      environment: [
        "OPENAI_API_KEY": Self.key, "OPENAI_BASE_URL": "http://127.0.0.1:1/v1",
      ], in: folder)
    #expect(end.code == 0, "\(end.errors)")
    #expect(!server.requests.isEmpty)
    for request in server.requests {
      #expect(!request.headers.values.contains { $0.contains(Self.key) })
      #expect(request.headers["authorization"] == nil)
    }
    #expect(
      try Self.traces(end, "a.espalier", in: folder).firstRange(of: Data(Self.key.utf8)) == nil)
  }

  @Test(arguments: ["ESPALIER_API_KEY", "OPENAI_API_KEY"])
  func `a key goes to its server and leaves no trace`(_ variable: String) async throws {
    let folder = try Folder()
    let server = try Self.server()
    var environment = [variable: Self.key]
    if variable == "OPENAI_API_KEY" { environment["OPENAI_BASE_URL"] = server.url }
    let end = try await Program.run(
      Self.short + Self.flags(server), environment: environment, in: folder)
    #expect(end.code == 0, "\(end.errors)")
    #expect(!server.requests.isEmpty)
    #expect(server.requests.allSatisfy { $0.headers["authorization"] == "Bearer \(Self.key)" })
    #expect(
      try Self.traces(end, "a.espalier", in: folder).firstRange(of: Data(Self.key.utf8)) == nil)
  }

  @Test func `a wrong key pauses the run, after a single try, and never shows`() async throws {
    let folder = try Folder()
    let key = Self.key
    let server = try LoopbackServer { _ in
      .plain(401, #"{"error":{"message":"Incorrect API key provided: \#(key)"}}"#)
    }
    let end = try await Program.run(
      Self.short + Self.flags(server), environment: ["ESPALIER_API_KEY": key], in: folder)
    #expect(end.code == 1)
    #expect(end.errors.contains("refused the key (401); check ESPALIER_API_KEY"))
    #expect(end.errors.contains("paused. "))
    #expect(end.errors.hasSuffix("Go on with it: espalier resume a.espalier\n"))
    // The root's answer, and the aspects of the first two queries: in flight together.
    #expect(server.requests.count <= 3)
    #expect(try Self.traces(end, "a.espalier", in: folder).firstRange(of: Data(key.utf8)) == nil)
  }

  @Test func `a key that is refused elsewhere is to be set in the role's own variable`()
    async throws
  {
    let folder = try Folder()
    let (server, other) = (
      try Self.server(), try LoopbackServer { _ in .plain(401, #"{"error":"no key"}"#) }
    )
    let models = Self.flags(server) + ["--judge", "j", "--judge-url", other.url]
    let key = ["ESPALIER_API_KEY": Self.key]
    let run = try await Program.run(Self.short + models, environment: key, in: folder)
    #expect(run.errors.contains("set ESPALIER_JUDGE_API_KEY"), "\(run.errors)")
    let doctor = try await Program.run(["doctor"] + models, environment: key, in: folder)
    #expect(doctor.output.contains("ESPALIER_JUDGE_API_KEY"), "\(doctor.output)")
  }

  @Test func `an empty account is told once`() async throws {
    let folder = try Folder()
    let server = try LoopbackServer { _ in
      .plain(429, #"{"error":{"message":"You are broke.","code":"insufficient_quota"}}"#)
    }
    defer { server.stop() }
    let end = try await Program.run(Self.short + Self.flags(server), in: folder)
    #expect(end.code == 1)
    #expect(end.errors.contains("paused. "))
    #expect(end.errors.components(separatedBy: "You are broke.").count == 2, "\(end.errors)")
  }

  @Test func `a file of certificates that holds none is refused before there is a run`()
    async throws
  {
    let folder = try Folder()
    try Data("no certificate".utf8).write(to: URL(filePath: folder.path("ca.pem")))
    let models = ["--model", "m", "--url", "https://127.0.0.1:1/v1"]
    for (flags, environment, words) in [
      (["--ca-file", "ca.pem"], [:], "--ca-file names ca.pem, which holds no certificate"),
      ([], ["SSL_CERT_FILE": "gone.pem"], "SSL_CERT_FILE: gone.pem can't be read"),
    ] {
      let end = try await Program.run(
        Self.short + models + flags, environment: environment, in: folder)
      #expect(end.code == 1)
      #expect(end.errors.contains(words), "\(end.errors)")
      #expect(folder.events("a.espalier") == nil)
    }
    // Where nothing goes over https it does not matter.
    let server = try Self.server()
    let end = try await Program.run(
      Self.short + Self.flags(server), environment: ["SSL_CERT_FILE": "gone.pem"], in: folder)
    #expect(end.code == 0, "\(end.errors)")
    let ask = try await Program.run(
      ["ask", "a.espalier", "Why?"] + models + ["--ca-file", "gone.pem"], in: folder)
    #expect(ask.errors.contains("--ca-file: gone.pem can't be read"), "\(ask.errors)")
  }

  // MARK: Servers that are of no use

  @Test func `a server that asks for an hour is not asked before, and the run can be gone on with`()
    async throws
  {
    let folder = try Folder()
    let busy = try LoopbackServer { _ in
      .plain(429, headers: ["Retry-After": "3600"], #"{"error":{"message":"slow down"}}"#)
    }
    defer { busy.stop() }
    let end = try await Program.run(Self.short + Self.flags(busy), in: folder)
    #expect(end.code == 1)
    #expect(end.errors.contains("“slow down”; it may be asked again in 1 h (at "), "\(end.errors)")
    #expect(end.errors.contains("paused. "))
    #expect(end.errors.hasSuffix("Go on with it: espalier resume a.espalier\n"))
    // The root's answer, and the aspects of the first two queries: in flight together.
    #expect(busy.requests.count <= 3)

    let server = try Self.server()
    let resumed = try await Program.run(
      ["resume", "a.espalier", "--headless"] + Self.flags(server), in: folder)
    #expect(resumed.code == 0, "\(resumed.errors)")
  }

  @Test func `a server that is not there is told, and the run can be gone on with`() async throws {
    let folder = try Folder()
    let gone = try Self.server()
    gone.stop()
    let end = try await Program.run(Self.short + Self.flags(gone), in: folder)
    #expect(end.code == 1)
    #expect(end.errors.contains("no connection to 127.0.0.1"))
    #expect(end.errors.contains("is the server running?"))
    #expect(end.errors.contains("paused. "))
    // By the first attempt and by the result; and nothing of a cost that is not known.
    #expect(end.errors.components(separatedBy: "is the server running?").count == 3)
    #expect(!end.errors.contains("$0.00"))
    #expect(end.errors.hasSuffix("Go on with it: espalier resume a.espalier\n"))

    let server = try Self.server()
    let resumed = try await Program.run(
      ["resume", "a.espalier", "--headless"] + Self.flags(server), in: folder)
    #expect(resumed.code == 0, "\(resumed.errors)")
    let whole = try await Program.run(
      ["run", "--headless", "--depth", "2", "--latency", "0", "--run", "b.espalier"], in: folder)
    #expect(resumed.output == whole.output)
  }

  @Test func `a server that talks gibberish pauses the run, and is quoted`() async throws {
    let folder = try Folder()
    let server = try LoopbackServer { _ in
      .events(Completion.stream(["blue ", "gravel ", "hums"]))
    }
    let end = try await Program.run(
      ["run", "--headless", "--run", "a.espalier"] + Self.flags(server), in: folder)
    #expect(end.code == 1)
    #expect(end.errors.contains("replies of the judge in a row could not be used"))
    #expect(end.errors.contains("there is no JSON object in it"))
    #expect(end.errors.contains("blue gravel hums"))
    #expect(end.errors.hasSuffix("Go on with it: espalier resume a.espalier\n"))
    #expect(server.requests.count < 20, "a server like this must not cost a whole search")

    // Nobody has done anything about it: the run pauses again, with the same words.
    let again = try await Program.run("resume", "a.espalier", "--headless", in: folder)
    #expect(again.code == 1)
    #expect(again.errors.contains("blue gravel hums"))
  }
}
