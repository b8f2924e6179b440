import Testing

@testable import espalier

@Suite struct FilesTests {
  @Test func `a text may begin with the mark of some editors`() throws {
    let folder = try Folder()
    #expect(try Files.text(try folder.write("\u{feff}{\"a\": 1}", to: "a.json")) == "{\"a\": 1}")
    #expect(try Files.text(try folder.write("", to: "empty")) == "")
  }
}
