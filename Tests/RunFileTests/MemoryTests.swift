import GRDB
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

  /// A file of the first version is read as it is, and has the table once somebody writes it.
  @Test func comesToOlderFiles() throws {
    let path = try scratch.closedRun()
    let database = try DatabaseQueue(path: path)
    try database.write { db in
      try db.execute(
        sql: """
          DROP TABLE memory;
          DELETE FROM grdb_migrations WHERE identifier = '2';
          PRAGMA user_version = 1;
          """)
    }
    try database.close()
    let old = try RunFile.open(path, for: .reading)
    #expect(try old.memory().isEmpty)
    #expect(try old.events().count == Sample.events.count)
    old.close()
    let file = try RunFile.open(path, for: .writing(.normal))
    defer { file.close() }
    try file.remember(["a": "1"])
    #expect(try file.memory() == ["a": "1"])
    #expect(try file.events().count == Sample.events.count)
  }
}
