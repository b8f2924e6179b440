import Foundation
import GRDB
import Testing
import Tree

@testable import RunFile

/// A run of each version of the schema, as the program of its time wrote it: they stay readable, and
/// become new when they are written to.
///
/// `Stored/version-N.sql` is what SQLite's `.dump` says of such a file after `file compact
/// --drop-replies`, with its two numbers before it. Whoever adds a migration adds such a file with
/// the program as it is then.
@Suite struct StoredVersionsTests {
  static let versions = 1...Schema.version

  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private static func dump(_ version: Int) throws -> String {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Stored")
    return try String(
      contentsOf: folder.appending(path: "version-\(version).sql"), encoding: .utf8)
  }

  /// The path of a file of that version.
  private func stored(_ version: Int) throws -> String {
    let path = scratch.path("old.espalier")
    let database = try DatabaseQueue(path: path)
    try database.writeWithoutTransaction { try $0.execute(sql: Self.dump(version)) }
    try database.close()
    return path
  }

  private func userVersion(_ path: String) throws -> Int? {
    let database = try DatabaseQueue(path: path)
    defer { try? database.close() }
    return try database.read { try Int.fetchOne($0, sql: "PRAGMA user_version") }
  }

  /// Each is of the same search: seed 3, two levels, and a person who paused, set, steered, locked,
  /// pinned, took that back, overrode and let it go on.
  private func expectTheRun(_ file: RunFile) throws {
    let events = try file.events()
    #expect(events.count == 24)
    let tree = SearchTree(configuration: file.configuration, events: events.map(\.event))
    #expect(tree.ignored == 0)
    #expect(tree.configuration.seed == 3)
    #expect(
      tree.configuration.settings
        == SearchSettings(beam: 1, actions: 1, depth: 2, maxDepthIncrease: 0, examplesShown: 0))
    #expect(tree.settings.maxCalls == 60 && tree.settings.maxTokens == nil)
    #expect(tree.finish?.why == .depth && tree.result.number == 1)
    #expect(tree.result.pathReward == 4)
    #expect(tree.result.prompt.map(file.string)?.hasPrefix("You help.\n- ") == true)
    #expect(tree.root.overrides == ["Factuality": 2])
    #expect(tree.wish.map(file.string) == "Be_brief." && tree.locks.map(file.string) == ["You"])
    #expect(!tree.result.isPinned && tree.interventions == 8)
    #expect(tree.totals.started == 7)
    #expect(try file.timedCalls().count == 7)
    let resolved = try file.resolvedConfiguration()
    #expect(resolved.queries.map(file.string) == ["Who was Ada?", "What is dew?"])
  }

  @Test(arguments: versions) func `it is read as it is`(version: Int) throws {
    let path = try stored(version)
    let before = try Data(contentsOf: URL(filePath: path))
    let file = try RunFile.open(path, for: .reading)
    try expectTheRun(file)
    #expect(try file.memory().isEmpty)
    file.close()
    #expect(try RunFile.check(path).isSound)
    guard case .finished(.depth) = RunFile.summary(of: path).state else {
      Issue.record("\(RunFile.summary(of: path).state)")
      return
    }
    #expect(try Data(contentsOf: URL(filePath: path)) == before)
    #expect(try scratch.names == ["old.espalier"])
  }

  @Test(arguments: versions) func `it is gone on with, as one of the newest`(version: Int) throws {
    let path = try stored(version)
    #expect(try userVersion(path) == version)
    let file = try RunFile.open(path, for: .writing(.full))
    try expectTheRun(file)
    let more = Intervention(.set(SearchSettings(maxTokens: 9)), by: .person("ada"))
    #expect(try file.append([.intervened(more)], at: 5).map(\.ordinal) == [24])
    try file.remember(["a": "1"])
    #expect(try file.memory() == ["a": "1"])
    file.close()
    #expect(try userVersion(path) == Schema.version)
    let report = try RunFile.check(path)
    #expect(report.isSound && report.events == 25)
  }

  @Test(arguments: versions) func `gone on with, it has two copies of what it is`(
    version: Int
  ) throws {
    let path = try stored(version)
    try RunFile.open(path, for: .writing(.full)).close()
    let database = try DatabaseQueue(path: path)
    try database.write {
      try $0.execute(
        sql: "DELETE FROM run; DELETE FROM text WHERE content = CAST('What is dew?' AS BLOB)")
    }
    try database.close()
    let new = scratch.path("new.espalier")
    #expect(try RunFile.repair(path, into: new).events == 24)
    let file = try RunFile.open(new, for: .reading)
    defer { file.close() }
    try expectTheRun(file)
  }

  /// The newest form has no place for it, so that it would be gone.
  @Test(arguments: versions.dropLast(), ["input = 'many'", "id = \(Int.max)"])
  func `a call that can't be read is not lost on the way`(version: Int, change: String) throws {
    let path = try stored(version)
    let database = try DatabaseQueue(path: path)
    try database.write { db in
      // Columns of these tables take values of their own types only.
      try db.execute(
        sql: """
          PRAGMA writable_schema = ON;
          UPDATE sqlite_schema SET sql = replace(sql, 'STRICT', '') WHERE name = 'call';
          """)
    }
    try database.close()
    let again = try DatabaseQueue(path: path)
    try again.write { try $0.execute(sql: "UPDATE call SET \(change) WHERE id = 7") }
    try again.close()
    let before = try Data(contentsOf: URL(filePath: path))
    #expect(throws: RunFileError.damaged(path: path, .calls(7...7))) {
      try RunFile.open(path, for: .writing(.full))
    }
    #expect(try !RunFile.check(path).isSound)
    #expect(try Data(contentsOf: URL(filePath: path)) == before)
  }

  @Test(arguments: versions) func `gone on with, it has a ledger that can be checked`(
    version: Int
  ) throws {
    let path = try stored(version)
    let before = try RunFile.open(path, for: .reading)
    let calls = try before.timedCalls()
    before.close()
    let file = try RunFile.open(path, for: .writing(.full))
    #expect(try file.timedCalls() == calls)
    file.close()
    let database = try DatabaseQueue(path: path)
    try database.write {
      try $0.execute(sql: "UPDATE call SET output = 1 WHERE id = 3; DELETE FROM call WHERE id = 7")
    }
    try database.close()
    #expect(try RunFile.check(path).damage == [.calls(3...3), .calls(7...7)])
  }

  @Test(arguments: versions) func `its export imports as an equal run`(version: Int) throws {
    let file = try RunFile.open(try stored(version), for: .reading)
    var lines: [String] = []
    try file.exportLines { lines.append($0) }
    file.close()
    let copy = scratch.path("copy.espalier")
    try RunFile.importLines(lines, to: copy)
    let imported = try RunFile.open(copy, for: .reading)
    try expectTheRun(imported)
    imported.close()
  }

  @Test(arguments: versions) func `it is forked`(version: Int) throws {
    let path = try stored(version)
    let new = scratch.path("new.espalier")
    try RunFile.fork(path, before: 12, named: "new-elm", to: new, time: 9)
    let report = try RunFile.check(new)
    #expect(report.isSound && report.events == 12)
    #expect(try userVersion(new) == Schema.version && userVersion(path) == version)
  }
}
