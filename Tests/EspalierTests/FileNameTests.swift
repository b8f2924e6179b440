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
}
