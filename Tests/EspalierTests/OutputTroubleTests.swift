import TestSupport
import Testing

/// Standard output on a full disk, closed, or with nobody at its other end.
@Suite struct OutputTroubleTests {
  let folder: Folder

  init() async throws {
    folder = try Folder()
    let end = try await Program.run(RunTests.small + ["--run", "runs/a.espalier"], in: folder)
    try #require(end.code == 0, "\(end.errors)")
  }

  /// Where standard output leads.
  enum Place: String {
    case fullDisk = #"exec "$@" >page"#
    case closed = #"exec "$@" >&-"#
    /// Of a pipe without a reader.
    case closedPipe = #"mkfifo pipe; exec 4<>pipe 5>pipe; exec 4<&-; exec "$@" >&5"#
  }

  private func run(_ arguments: [String], to place: Place) async throws -> Program.Ending {
    try folder.write("", to: "page")
    let system = FaultySystem(folder: folder.path("page"), fault: .full)
    return try await Program(
      arguments, environment: place == .fullDisk ? system.environment : [:], in: folder,
      by: ["sh", "-c", place.rawValue, "sh"]
    ).end()
  }

  static let commands: [[String]] = [
    ["export", "runs/a.espalier", "--format", "jsonl"], ["show", "runs/a.espalier"],
    ["show", "runs/a.espalier", "--json"], ["log", "runs/a.espalier"], ["runs"],
    ["runs", "--json"],
    ["diff", "runs/a.espalier", "--node", "0", "--other-node", "1"],
    ["file", "check", "runs/a.espalier"], ["verify", "runs/a.espalier"], ["config"], ["estimate"],
    ["ask", "runs/a.espalier", "What is dew?"], ["--help"], ["--version"],
  ]

  @Test(arguments: commands)
  func `what is cut for a full disk is told, by the exit code too`(_ command: [String]) async throws
  {
    let end = try await run(command, to: .fullDisk)
    #expect(end.code == 1)
    let line = "Error: standard output could not be written whole: No space left on device.\n"
    #expect(end.errors.split(separator: line, omittingEmptySubsequences: false).count == 2)
  }

  @Test func `a closed output is one that can't be written`() async throws {
    let end = try await run(["config"], to: .closed)
    #expect(end.code == 1)
    #expect(end.errors.contains("could not be written whole: Bad file descriptor."))
  }

  @Test(arguments: commands)
  func `a pipe that nobody reads any more ends a command silently`(_ command: [String]) async throws
  {
    let end = try await run(command, to: .closedPipe)
    #expect(end.code == 141)
    #expect(!end.errors.contains("Error"), "\(end.errors)")
  }

  @Test func `what went wrong before counts for more`() async throws {
    let end = try await run(["show", "runs/a.espalier", "--node", "99999"], to: .closedPipe)
    #expect(end.code == 1)
  }

  @Test(arguments: [Place.fullDisk, .closed, .closedPipe], [[], ["--json"]])
  func `a run without a screen goes on, and is saved`(
    _ place: Place, _ display: [String]
  ) async throws {
    let end = try await run(
      RunTests.small + display + ["--run", "b.espalier", "--save-prompt", "best.txt"], to: place)
    #expect(end.code == (place == .closedPipe ? 141 : 1))
    #expect(end.errors.contains("could not be written whole") == (place != .closedPipe))
    #expect(end.errors.contains("Look at it: espalier open b.espalier"))
    #expect(try folder.tree("b.espalier") == folder.tree("runs/a.espalier"))
    let prompt = try await Program.run(
      "export", "b.espalier", "--format", "prompt", in: folder)
    #expect(try folder.text("best.txt") == prompt.output)
  }
}
