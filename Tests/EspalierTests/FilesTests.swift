import Glibc
import Testing

@testable import espalier

@Suite struct FilesTests {
  @Test func `a new file is its owner's alone`() throws {
    let folder = try Folder()
    try Files.write("A prompt.", to: folder.path("new.md"))
    #expect(try folder.permissions("new.md") == 0o600)
    #expect(try folder.names() == ["new.md"])
  }

  @Test func `a file that is replaced keeps its mode`() throws {
    let folder = try Folder()
    let path = try folder.write("Old.", to: "a.md")
    #expect(chmod(path, 0o640) == 0)
    try Files.write("New.", to: path)
    #expect(try folder.text("a.md") == "New.")
    #expect(try folder.permissions("a.md") == 0o640)
  }
}
