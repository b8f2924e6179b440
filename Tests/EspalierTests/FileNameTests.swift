import Glibc
import TestSupport
import Testing
import Tree

/// Names of files that are no files, or that something on the way takes for more than a name.
struct FileNameTests {
  static let commands: [[String]] = [
    ["show", "FILE"], ["log", "FILE"], ["export", "FILE", "--format", "json"], ["verify", "FILE"],
    ["file", "check", "FILE"], ["file", "repair", "FILE", "--into", "new"],
    ["file", "compact", "FILE"], ["open", "FILE"], ["resume", "FILE"], ["ask", "FILE", "Why?"],
    ["diff", "FILE", "FILE"], ["fork", "FILE", "--at", "1", "--run", "new"],
    ["control", "FILE", "pause"], ["run", "--headless", "--cache", "FILE"],
  ]

  @Test(arguments: commands)
  func `what is no file is told at once`(_ command: [String]) async throws {
    let folder = try Folder()
    #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
    #expect(mkdir(folder.path("a folder"), 0o700) == 0)
    for (name, words) in [
      ("pipe", "pipe is not a regular file"),
      ("a folder", "a folder is a folder. espalier runs 'a folder' lists"),
    ] {
      let arguments = command.map { $0 == "FILE" ? name : $0 }
      let end = try await Program(arguments, in: folder).end(within: .seconds(20))
      #expect(end.code == 1)
      #expect(end.errors.contains(words), "\(end.errors)")
      #expect(end.output.isEmpty)
      #expect(try folder.names(name == "pipe" ? "" : name).filter { $0.hasPrefix("new") } == [])
    }
    #expect(!folder.exists("runs"))
    let listed = try await Program.run("runs", "pipe", in: folder)
    #expect(listed.code == 1 && listed.errors.contains("pipe is not a regular file"))
  }

  @Test(arguments: ["file:foo?mode=memory", ":memory:", "a b?#%20.espalier", "-x.espalier"])
  func `a name is a name, whatever it looks like`(_ name: String) async throws {
    let folder = try Folder()
    let run = try await Program.run(RunTests.small + ["--run=\(name)"], in: folder)
    #expect(run.code == 0, "\(run.errors)")
    #expect(try folder.names().contains(name))
    for arguments in [
      ["resume", "--headless"], ["file", "check"], ["file", "compact"], ["verify"], ["show"],
    ] {
      let end = try await Program.run(arguments + ["--", name], in: folder)
      #expect(end.code == 0, "\(arguments) \(end.errors)")
    }
    // As a person would, with what the run itself has told.
    let advice = try #require(run.errors.split(separator: "\n").last)
    let word = try #require(advice.firstRange(of: "espalier open ")).upperBound
    let end = try await Program(
      [], in: folder, by: ["sh", "-c", "exec \"$0\" show \(advice[word...])"]
    ).end()
    #expect(end.code == 0 && end.output.contains("SIMULATED"), "\(advice): \(end.errors)")
  }

  @Test func `bytes that are not UTF-8 are refused, and make no file of another name`() async throws
  {
    let folder = try Folder()
    let script = #"name=$(printf 'a\377.espalier'); exec "$@" "$name""#
    for arguments in [RunTests.small + ["--run"], ["show"]] {
      let end = try await Program(arguments, in: folder, by: ["sh", "-c", script, "sh"]).end()
      #expect(end.code == 2)
      #expect(end.errors.contains("\"a\u{fffd}.espalier\" is not UTF-8"), "\(end.errors)")
    }
    let variable = #"ESPALIER_RUN=$(printf 'a\377.espalier') exec "$@""#
    let end = try await Program(
      RunTests.small, in: folder, by: ["sh", "-c", variable, "sh"]
    ).end()
    #expect(end.code == 1 && end.errors.contains("ESPALIER_RUN is not UTF-8"), "\(end.errors)")
    #expect(try folder.names().allSatisfy { !$0.contains("espalier") })
  }
}
