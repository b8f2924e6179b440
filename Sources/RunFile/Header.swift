import GRDB
import Glibc
import Tree

/// What a run file says of its run as a whole.
struct Header: Hashable, Sendable {
  /// Drawn for each run, so that what lies beside a file is known to belong to it.
  let id: String
  let created: Double
  /// JSON, as it stands in the file.
  let configuration: String

  init(configuration: RunConfiguration, created: Double) throws {
    self.configuration = try EventCoding.encode(configuration)
    self.created = created
    var hash = StableHash(seed: UInt64(bitPattern: Int64(getpid())))
    hash.combine(created.bitPattern)
    hash.combine(self.configuration)
    id = String(hash.finalize(), radix: 16)
  }

  /// Of a run that another file or an export holds.
  init(configuration: RunConfiguration, created: Double, id: String) throws {
    self.configuration = try EventCoding.encode(configuration)
    self.created = created
    self.id = id
  }

  /// As the file has it.
  ///
  /// - Parameter table: `run`, or `spare` for the second copy.
  /// - Throws: `RunFileError.damaged`.
  init(_ db: Database, table: String = "run", path: String) throws {
    let sql = "SELECT id, created, configuration, chain FROM \(table)"
    guard let row = try Row.fetchOne(db, sql: sql) else {
      throw RunFileError.damaged(path: path, .configuration)
    }
    id = try row.checked("id")
    created = try row.checked("created")
    configuration = try row.checked("configuration")
    guard try origin.value == row.checkedBits("chain") else {
      throw RunFileError.damaged(path: path, .configuration)
    }
  }

  /// The chain before the first event.
  var origin: Chain { Chain(runID: id, created: created, configuration: configuration) }

  func mark(of tail: Tail, calls: Int) -> WriterLock.Mark {
    WriterLock.Mark(process: getpid(), runID: id, tail: tail, calls: calls)
  }

  func decodeConfiguration(path: String) throws -> RunConfiguration {
    do {
      return try EventCoding.decode(RunConfiguration.self, from: configuration)
    } catch {
      throw RunFileError.damaged(path: path, .configuration)
    }
  }

  /// Where the history ends, after a look at its last event only: what opens a run must be quick, and
  /// who reads the events finds what is wrong with them.
  func checkedTail(_ db: Database, path: String) throws -> Tail {
    let tail = try Self.tail(db, path: path)
    let last = try Row.fetchOne(
      db, sql: "SELECT ordinal, chain FROM event ORDER BY ordinal DESC LIMIT 1")
    let found = try last.map { try $0.checked("ordinal", as: Int.self) &+ 1 } ?? 0
    guard found == tail.count else {
      throw RunFileError.damaged(path: path, .lostTail(found: found, expected: tail.count))
    }
    let chain = try last.map { Chain(value: try $0.checkedBits("chain")) } ?? origin
    guard chain == tail.chain else {
      throw RunFileError.damaged(path: path, .event(ordinal: max(0, found - 1)))
    }
    return tail
  }

  static func tail(_ db: Database, path: String) throws -> Tail {
    guard let row = try Row.fetchOne(db, sql: "SELECT count, chain FROM tail") else {
      throw RunFileError.damaged(path: path, .unreadable(reason: "there is no tail"))
    }
    return Tail(
      count: try row.checked("count"), chain: Chain(value: try row.checkedBits("chain")))
  }

  /// Makes a complete file of a run. Nobody knows of it before it has its name, so that it is made safe
  /// once, at the end.
  ///
  /// - Parameters:
  ///   - texts: those of the configuration.
  ///   - fill: adds what has happened, and returns where it ends.
  func write(
    to path: String, texts: [Text], fill: (Database, Tail) throws -> Tail = { $1 }
  ) throws {
    var sqlite = GRDB.Configuration()
    sqlite.prepareDatabase { db in
      try db.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
    }
    let database = try DatabaseQueue(file: path, configuration: sqlite)
    try Schema.migrator(for: path).migrate(database)
    try database.write { db in
      try db.execute(
        sql: "INSERT INTO run (one, id, created, configuration, chain) VALUES (1, ?, ?, ?, ?)",
        arguments: [id, created, configuration, Int64(bitPattern: origin.value)])
      for text in texts { try db.store(text, path: path) }
      try Spare.write(to: db, path: path)
      let tail = try fill(db, Tail(count: 0, chain: origin))
      try db.execute(
        sql: """
          INSERT INTO tail (one, count, chain, isOpen, calls)
          VALUES (1, ?, ?, 0, (SELECT coalesce(max(id), 0) FROM call))
          """, arguments: [tail.count, Int64(bitPattern: tail.chain.value)])
    }
    try database.close()
    try PrivateFile.synchronize(path)
  }

  /// Looks at the first bytes, before SQLite gets to see what may be any file.
  ///
  /// - Throws: `RunFileError.missing`, `.notAFile`, `.notReadable`, `.empty` or `.notARun`.
  /// - Returns: whether SQLite reads it with a log beside it (sqlite.org/fileformat2.html, 1.3.3).
  static func checkFormat(of path: String) throws -> Bool {
    try PrivateFile.checkIsFile(path)
    if PrivateFile.size(of: path) == 0 { throw RunFileError.empty(path: path) }
    let bytes = try PrivateFile.start(of: path, count: 72)
    guard bytes.count == 72, bytes.isOfDatabase,
      bytes[68..<72].reduce(0, { $0 << 8 | Int32($1) }) == Schema.applicationID
    else { throw RunFileError.notARun(path: path) }
    return bytes[19] == 2
  }
}
