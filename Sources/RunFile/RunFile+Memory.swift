import GRDB
import Locking

// What was learned on the way and helps whoever goes on with the run, and is no part of its history:
// a run without it does the same, and learns it again.

extension RunFile {
  /// What is remembered, by name; empty in a file of an earlier version.
  package func memory() throws -> [String: String] {
    try reporting(path) {
      try database.read { db in
        guard try db.tableExists("memory") else { return [:] }
        let rows = try Row.fetchAll(db, sql: "SELECT name, value FROM memory")
        return try rows.reduce(into: [:]) { memory, row in
          memory[try row.checked("name", as: String.self)] = try row.checked("value")
        }
      }
    }
  }

  /// Remembers these; what is known by other names stays.
  package func remember(_ memory: [String: String]) throws {
    guard writer.withLock({ $0.isOpen }) else { throw RunFileError.notOpenForWriting(path: path) }
    try reporting(path) {
      try database.write { db in try db.remember(memory) }
    }
  }
}

extension Database {
  func remember(_ memory: [String: String]) throws {
    for (name, value) in memory.sorted(by: { $0.key < $1.key }) {
      try execute(
        sql: """
          INSERT INTO memory (name, value) VALUES (?, ?)
          ON CONFLICT (name) DO UPDATE SET value = excluded.value
          """, arguments: [name, value])
    }
  }
}
