import Testing

@testable import RunFile

@Suite struct MemoryTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test func staysInTheFile() throws {
    let file = try scratch.create()
    try file.remember(["a": "1", "b": "2"])
    try file.remember(["b": "3"])
    file.close()
    let again = try RunFile.open(scratch.path(), for: .reading)
    defer { again.close() }
    #expect(try again.memory() == ["a": "1", "b": "3"])
    #expect(throws: RunFileError.self) { try again.remember(["c": ""]) }
  }
}
