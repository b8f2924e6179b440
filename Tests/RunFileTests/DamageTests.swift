import Foundation
import GRDB
import Testing
import Tree

@testable import RunFile

@Suite struct DamageTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// What is done to a good file, and what is then said of it when it is opened and read through.
  enum Case: String, CaseIterable, CustomTestStringConvertible {
    case changedPayload = "event 3 is missing or has been changed"
    case changedTime = "event 4 is missing or has been changed"
    case swappedEvents = "event 5 is missing or has been changed"
    case missingEvent = "event 6 is missing or has been changed"
    case lostTail = "it ends after 13 events of 15"
    case changedTail = "event 14 is missing or has been changed"
    case changedConfiguration = "its configuration has been changed or can't be read"
    case cut = "SQLite says \"database disk image is malformed\""

    var testDescription: String { rawValue }

    func apply(to path: String) throws {
      if self == .cut {
        let handle = try FileHandle(forUpdating: URL(filePath: path))
        try handle.truncate(atOffset: handle.seekToEnd() / 2)
        try handle.close()
        return
      }
      let queue = try DatabaseQueue(path: path)
      try queue.write { db in try db.execute(sql: sql) }
      try queue.close()
    }

    private var sql: String {
      switch self {
      case .changedPayload:
        "UPDATE event SET payload = replace(payload, '.', '!') || ' ' WHERE ordinal = 3"
      case .changedTime: "UPDATE event SET time = time + 1e-9 * 1024 WHERE ordinal = 4"
      case .swappedEvents:
        """
        UPDATE event SET ordinal = 99 WHERE ordinal = 5;
        UPDATE event SET ordinal = 5 WHERE ordinal = 6;
        UPDATE event SET ordinal = 6 WHERE ordinal = 99;
        """
      case .missingEvent: "DELETE FROM event WHERE ordinal = 6"
      case .lostTail: "DELETE FROM event WHERE ordinal > 12"
      case .changedTail: "UPDATE tail SET chain = chain + 1"
      case .changedConfiguration: "UPDATE run SET configuration = configuration || ' '"
      case .cut: ""
      }
    }
  }

  @Test(arguments: Case.allCases)
  func `damage is found, and the file left as it is`(damage: Case) throws {
    let path = try scratch.closedRun()
    try damage.apply(to: path)
    let before = try Data(contentsOf: URL(filePath: path))

    for access in [RunFile.Access.reading, .writing(.normal)]
    where access == .reading || isFoundOnOpen(damage) {
      let error = #expect(throws: RunFileError.self) {
        let file = try RunFile.open(path, for: access)
        defer { file.close() }
        return try file.events()
      }
      #expect(error?.description.contains(damage.rawValue) == true, "\(String(describing: error))")
      #expect(error?.description.contains("repair \(path) --into NEW") == true)
    }
    #expect(try Data(contentsOf: URL(filePath: path)) == before)
    #expect(try scratch.names == ["quiet-cedar.espalier"])
  }

  /// Of whatever table: a run is gone on with only where all are there.
  @Test func `a lost table is damage`() throws {
    let path = try scratch.closedRun()
    let tables = try change(path) { db in
      try String.fetchAll(
        db, sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    }
    #expect(tables.count == 11)
    for table in tables {
      let copy = scratch.path("\(table).espalier")
      try FileManager.default.copyItem(atPath: path, toPath: copy)
      try change(copy) { try $0.execute(sql: "DROP TABLE \(table)") }
      let before = try Data(contentsOf: URL(filePath: copy))
      #expect(try !RunFile.check(copy).isSound, "\(table)")
      let error = #expect(throws: RunFileError.self) {
        try RunFile.open(copy, for: .writing(.normal))
      }
      #expect(error?.description.contains("is damaged: ") == true, "\(table)")
      #expect(try Data(contentsOf: URL(filePath: copy)) == before)
    }
    #expect(try scratch.names.count == tables.count + 1)
  }

  @Test func `tables of a version that the file does not say are damage`() throws {
    let path = try scratch.closedRun()
    try change(path) { try $0.execute(sql: "DELETE FROM grdb_migrations WHERE identifier = '3'") }
    #expect(
      try RunFile.check(path).damage == [
        .schema(fault: "the table grdb_migrations is not that of version 5")
      ])
  }

  @Test func `to find that a log is missing leaves no trace`() throws {
    let file = try scratch.create()
    try file.append(Sample.events, at: 1)
    let copy = try scratch.copyOfLive([""])
    for access in [RunFile.Access.reading, .writing(.full)] {
      #expect(throws: RunFileError.damaged(path: copy, .missingLog)) {
        try RunFile.open(copy, for: access)
      }
    }
    #expect(try RunFile.check(copy).damage.contains(.missingLog))
    let names = try scratch.names(beside: copy)
    #expect(names == ["copy.espalier"])
    file.close()
  }

  @Test func `a log that is another's hides nothing of a run`() throws {
    let other = try scratch.create()
    try other.append(Sample.events, at: 1)
    let path = scratch.path("whole.espalier")
    let file = try RunFile.create(
      at: path, configuration: .small, durability: .normal, time: 2)
    let events = try file.append(Sample.events + Sample.answers(3), at: 3)
    file.close()
    try FileManager.default.copyItem(atPath: scratch.path() + "-wal", toPath: path + "-wal")
    other.close()

    let report = try RunFile.check(path)
    #expect(report.events == events.count && report.damage.contains(.foreignLog))
    let new = scratch.path("new.espalier")
    _ = try RunFile.repair(path, into: new)
    let repaired = try RunFile.open(new, for: .reading)
    #expect(try repaired.events() == events)
    repaired.close()
  }

  @Test func `what is damaged is not compacted`() throws {
    let path = try scratch.closedRun(calls: Sample.calls)
    try change(path) { try $0.execute(sql: "UPDATE event SET time = time + 1 WHERE ordinal = 4") }
    let before = try Data(contentsOf: URL(filePath: path))
    #expect(throws: RunFileError.damaged(path: path, .event(ordinal: 4))) {
      try RunFile.compact(path, droppingReplies: true)
    }
    #expect(try Data(contentsOf: URL(filePath: path)) == before)
  }

  @Test(arguments: [
    ("UPDATE call SET cost = 9 WHERE id = 2", RunFileError.Damage.calls(2...2)),
    (
      "UPDATE text SET content = zeroblob(3) WHERE content = CAST('Third?' AS BLOB)",
      .text(id: TextID(of: "Third?").description)
    ),
  ])
  func `who looks at a run for long is told of all damage`(
    sql: String, damage: RunFileError.Damage
  ) throws {
    let path = try scratch.closedRun(calls: Sample.calls)
    let sound = try RunFile.open(path, for: .reading)
    try sound.verifyRest { true }
    sound.close()
    try change(path) { try $0.execute(sql: sql) }
    let file = try RunFile.open(path, for: .reading)
    defer { file.close() }
    _ = try file.events()
    #expect(throws: RunFileError.damaged(path: path, damage)) { try file.verifyRest { true } }
  }

  private func isFoundOnOpen(_ damage: Case) -> Bool {
    [.lostTail, .changedTail, .changedConfiguration, .cut].contains(damage)
  }

  @Test func `a text that was changed is not passed on`() throws {
    let path = try scratch.closedRun()
    let queue = try DatabaseQueue(path: path)
    try queue.write {
      try $0.execute(
        sql: "UPDATE text SET content = CAST('bad' AS BLOB) WHERE content = CAST('First?' AS BLOB)")
    }
    try queue.close()
    let file = try RunFile.open(path, for: .reading)
    let id = TextID(of: "First?")
    #expect(throws: RunFileError.damaged(path: path, .text(id: id.description))) {
      try file.text(id)
    }
    #expect(throws: RunFileError.self) { try file.resolvedConfiguration() }
    #expect(file.content(of: id) == nil)
  }

  @Test(
    arguments: [
      ("not there", nil, "There is no run file PATH."),
      ("empty", Data(), "PATH is empty: no run was ever recorded in it."),
      (
        "text", Data(String(repeating: "Hello. ", count: 99).utf8), "PATH is not a run of espalier."
      ),
      ("short", Data("SQLite format 3\u{0}".utf8), "PATH is not a run of espalier."),
    ] as [(String, Data?, String)])
  func `what is no run is called so`(name: String, content: Data?, text: String) throws {
    let path = scratch.path()
    try content?.write(to: URL(filePath: path))
    for access in [RunFile.Access.reading, .writing(.full)] {
      let error = #expect(throws: RunFileError.self) { try RunFile.open(path, for: access) }
      #expect(error?.description.hasPrefix(text.replacing("PATH", with: path)) == true)
    }
    #expect(try scratch.names == (content == nil ? [] : ["quiet-cedar.espalier"]))
  }

  @Test func `what is no file is not opened, and called so`() throws {
    try FileManager.default.createDirectory(
      atPath: scratch.path("folder.espalier"), withIntermediateDirectories: false)
    #expect(mkfifo(scratch.path("pipe.espalier"), 0o600) == 0)
    for (path, isFolder) in [
      (scratch.path("folder.espalier"), true), (scratch.path("pipe.espalier"), false),
    ] {
      let error = RunFileError.notAFile(path: path, isFolder: isFolder)
      for access in [RunFile.Access.reading, .writing(.full)] {
        #expect(throws: error) { try RunFile.open(path, for: access) }
      }
      #expect(throws: error) { try RunFile.check(path) }
      #expect(throws: error) { try RunControl(path: path) }
      #expect(throws: error) { try ReplyCache(path: path) }
    }
    #expect(try RunFile.list(in: scratch.folder.path).count == 2)
    #expect(try scratch.names == ["folder.espalier", "pipe.espalier"])
  }

  @Test func `another program's database is no run`() throws {
    let queue = try DatabaseQueue(path: scratch.path())
    try queue.write { try $0.execute(sql: "CREATE TABLE run (id)") }
    try queue.close()
    #expect(throws: RunFileError.notARun(path: scratch.path())) {
      try RunFile.open(scratch.path(), for: .writing(.full))
    }
  }

  @Test func `a newer file is not touched`() throws {
    let path = try scratch.closedRun()
    let queue = try DatabaseQueue(path: path)
    try queue.write { try $0.execute(sql: "PRAGMA user_version = 9") }
    try queue.close()
    for access in [RunFile.Access.reading, .writing(.full)] {
      #expect(throws: RunFileError.newer(path: path, version: 9, known: Schema.version)) {
        try RunFile.open(path, for: access)
      }
    }
  }

  @Test func `on a full disk nothing is lost, and the run goes on when there is room`() throws {
    let file = try scratch.create()
    try file.append(Sample.events, at: 1)
    try limitPages(of: file, to: 40)
    let long = Text(String(repeating: "a long answer ", count: 20_000))
    let answer = Sample.completed(
      CallKey(node: .root, step: .answer, query: 0), .answered(Answer(response: long, examples: []))
    )
    let error = #expect(throws: RunFileError.diskFull(path: scratch.path())) {
      try file.append([answer], at: 2)
    }
    #expect(error?.description.contains("free some space there to go on") == true)
    #expect(try file.count() == Sample.events.count)

    try limitPages(of: file, to: 1_000_000)
    #expect(try file.append([answer], at: 3).map(\.ordinal) == [Sample.events.count])
    #expect(try file.text(long.id) == long.content)
    file.close()
    #expect(try RunFile.check(scratch.path()).isSound)
  }

  private func limitPages(of file: RunFile, to count: Int) throws {
    try file.database.writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA max_page_count = \(count)")
    }
  }

  // MARK: What a crash leaves

  @Test func `a killed writer's run is whole and free`() throws {
    let file = try scratch.create()
    let recorded = try file.append(Sample.events, at: 1)
    let copy = try scratch.copyOfLive(["", "-wal", "-shm", "-lock"])
    let again = try RunFile.open(copy, for: .writing(.full))
    #expect(try again.events() == recorded)
    again.close()
    let names = try scratch.names(beside: copy)
    #expect(names == ["copy.espalier"])
  }

  @Test(arguments: [1, 5_000, 50_000])
  func `the log's lost end is recognised`(fromEnd: Int) throws {
    let file = try scratch.create()
    for event in Sample.events { try file.append([event], at: 1) }
    let copy = try scratch.copyOfLive(["", "-wal", "-lock"])
    let log = URL(filePath: copy + "-wal")
    var bytes = try Data(contentsOf: log)
    bytes[bytes.count - fromEnd] ^= 4
    try bytes.write(to: log)

    let error = #expect(throws: RunFileError.self) { try RunFile.open(copy, for: .reading) }
    #expect(error?.description.contains("events of 15") == true, "\(String(describing: error))")
    #expect(try Data(contentsOf: log) == bytes)
  }
}
