import GRDB
import Locking
package import Tree

/// One run in one SQLite file: its configuration, its events, and the texts these name.
///
/// There is one writer, which a lock keeps alone; readers, in this process or another, see what has
/// been committed. Every method may be called from any thread and blocks until it is done.
package final class RunFile: Sendable {
  /// How sure a commit is.
  package enum Durability: Hashable, Sendable {
    /// Survives a loss of power: for calls that cost money.
    case full
    /// Survives a crash of the program; a loss of power may take the last commits.
    case normal
  }

  package enum Access: Hashable, Sendable {
    case reading
    case writing(Durability)
  }

  /// How a path of a run ends.
  package static let suffix = ".espalier"

  package let path: String
  /// Seconds since 1970-01-01 UTC.
  package let created: Double
  /// With its texts left in the file: `string(_:)` and `resolvedConfiguration()` bring them.
  package let configuration: RunConfiguration

  let header: Header
  let database: Connections
  let writer: Locked<Writer>
  let cache = Locked(TextCache(capacity: 8 << 20))
  /// Why the first text that somebody wanted and did not get could not be had.
  let textFault = Locked<(any Error)?>(nil)
  /// How many events a snapshot stood for, so that they were not read.
  let spared = Locked(0)
  /// Held by who takes a snapshot.
  let snapshotting = Locked(())
  /// The count of events at which the next snapshot is taken while the run goes on.
  let snapshotsDue: Locked<Int>
  private let lock: WriterLock?
  private let openFile: OpenFile

  private init(
    path: String, header: Header, database: DatabasePool, writer: Writer, lock: WriterLock?,
    openFile: OpenFile
  ) throws {
    self.openFile = openFile
    self.path = path
    self.header = header
    created = header.created
    configuration = try header.decodeConfiguration(path: path)
    self.database = Connections(database, path: path)
    self.writer = Locked(writer)
    self.lock = lock
    snapshotsDue = Locked(max(Self.firstSnapshot, 2 * writer.tail.count))
  }

  /// Events before the first snapshot of a run at work.
  private static let firstSnapshot = 20_000

  /// What only the writer knows.
  struct Writer {
    var tail: Tail
    /// How many calls are in the ledger.
    var calls = 0
    var isOpen: Bool
    /// Waiting for the next commit.
    var batches: [Batch] = []
  }
}

// MARK: - Creating, opening, closing

extension RunFile {
  /// Makes the file of a new run, and its folder where there is none.
  ///
  /// The file appears under its name when it is complete; where it can't be made or opened, nothing is
  /// left of it.
  /// - Parameter time: now, in seconds since 1970-01-01 UTC.
  /// - Throws: `RunFileError`; `.exists` when there is a file of that name.
  package static func create(
    at path: String, configuration: RunConfiguration, durability: Durability, time: Double
  ) throws -> RunFile {
    let header = try reporting(path) {
      try Header(configuration: configuration, created: time)
    }
    let lock = try make(path) { try header.write(to: $0, texts: configuration.texts) }
    do {
      return try open(path, durability: durability, lock: lock)
    } catch {
      for part in ["", "-wal", "-shm"] { PrivateFile.remove(path + part) }
      lock.remove()
      throw error
    }
  }

  /// Makes a file, and its folder where there is none.
  ///
  /// - Parameter write: writes it whole to the path it is given; it gets its name afterwards.
  /// - Returns: the lock of the file.
  static func make(_ path: String, _ write: (String) throws -> Void) throws -> WriterLock {
    if PrivateFile.exists(path) {
      throw writer(of: path).map { RunFileError.inUse(path: path, process: $0) }
        ?? RunFileError.exists(path: path)
    }
    for part in [draft(of: path), WriterLock.path(for: path)] where !isLeftover(part) {
      throw RunFileError.inTheWay(of: path, path: part)
    }
    try PrivateFile.makeFolder(PrivateFile.parent(of: path))
    let lock = try WriterLock(for: path)
    do {
      let draft = draft(of: path)
      defer { PrivateFile.remove(draft) }
      try PrivateFile.makeAnew(draft)
      try reporting(path) { try write(draft) }
      try PrivateFile.place(draft, at: path)
      return lock
    } catch {
      lock.remove()
      throw error
    }
  }

  /// Where a file is made.
  private static func draft(of path: String) -> String {
    PrivateFile.companion("-new", of: path)
  }

  /// - Throws: `RunFileError`, also when the file is not a run, damaged, or has another writer.
  package static func open(_ path: String, for access: Access) throws -> RunFile {
    _ = try OpenFile(checking: path)
    guard case .writing(let durability) = access else { return try openForReading(path) }
    let lock = try WriterLock(for: path)
    // By one that was killed when the file had just got its name.
    if isLeftover(draft(of: path)) { PrivateFile.remove(draft(of: path)) }
    do {
      return try open(path, durability: durability, lock: lock)
    } catch {
      if lock.earlierMark == nil { lock.remove() }
      throw error
    }
  }

  private static func open(
    _ path: String, durability: Durability, lock: WriterLock
  ) throws -> RunFile {
    let openFile = try OpenFile(checking: path)
    guard try openFile.claim(path) else { throw RunFileError.inUse(path: path, process: 0) }
    return try reporting(path) {
      try checkBeforeWriting(path)
      var configuration = sqlite(readonly: false)
      configuration.prepareDatabase { try $0.enterLogModeWithoutJournal() }
      let database = try DatabasePool(file: path, configuration: configuration)
      try Schema.migrator(for: path).migrate(database)
      let (header, writer) = try database.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA synchronous = \(durability == .full ? "FULL" : "NORMAL")")
        let header = try Header(db, path: path)
        let writer = Writer(
          tail: try header.checkedTail(db, path: path),
          calls: try db.checkedCallCount(path: path), isOpen: true)
        try Spare.renew(in: db, header: header, path: path)
        try db.execute(sql: "UPDATE tail SET isOpen = 1")
        try refuseStale(db)
        try db.checkpoint(.full)
        return (header, writer)
      }
      lock.note(header.mark(of: writer.tail, calls: writer.calls))
      return try RunFile(
        path: path, header: header, database: database, writer: writer, lock: lock,
        openFile: openFile)
    }
  }

  /// What is damaged is not written to, not even by the recovery of its log.
  private static func checkBeforeWriting(_ path: String) throws {
    let reader = try openForReading(path, isOurs: true)
    defer { reader.close() }
    let mark = WriterLock.mark(of: path)
    let noted = mark?.runID == reader.header.id ? mark?.calls : nil
    try reader.database.read { db in
      if let fault = try Schema.fault(db) {
        throw RunFileError.damaged(path: path, .schema(fault: fault))
      }
      _ = try db.checkedCallCount(path: path, noted: noted ?? 0)
    }
  }

  /// Whether nobody writes the run, and its log is damaged.
  static func isLogDamaged(_ path: String) -> Bool {
    // One that came in the meantime has changed it while it was looked at.
    writer(of: path) == nil && Log.isDamaged(of: path) && writer(of: path) == nil
  }

  /// - Parameter isOurs: this process has it for writing, so that nobody else does.
  private static func openForReading(_ path: String, isOurs: Bool = false) throws -> RunFile {
    let hadLog = hasLog(path)
    let isLogDamaged = isOurs ? Log.isDamaged(of: path) : isLogDamaged(path)
    let openFile = try OpenFile(checking: path)
    return try reporting(path) {
      if openFile.wasInLogMode, isWithoutItsLog(path, isOurs: isOurs) {
        throw RunFileError.damaged(path: path, .missingLog)
      }
      let database = try DatabasePool(file: path, configuration: sqlite(readonly: true))
      let mark = WriterLock.mark(of: path)
      let (header, tail) = try database.read { db in
        try Schema.checkVersion(db, path: path)
        let header = try Header(db, path: path)
        let tail = try header.checkedTail(db, path: path)
        let isOpen = try Bool.fetchOne(db, sql: "SELECT isOpen FROM tail") ?? false
        // A writer that opened it just now has made the log in the meantime.
        if isOpen, !hadLog, !hasLog(path) {
          throw RunFileError.damaged(path: path, .missingLog)
        }
        return (header, tail)
      }
      if let mark, mark.runID == header.id, mark.tail.count > tail.count {
        throw RunFileError.damaged(
          path: path, .lostTail(found: tail.count, expected: mark.tail.count))
      }
      if isLogDamaged { throw RunFileError.damaged(path: path, .damagedLog(found: tail.count)) }
      return try RunFile(
        path: path, header: header, database: database,
        writer: Writer(tail: tail, isOpen: false), lock: nil, openFile: openFile)
    }
  }

  /// Whether its writer has not closed the file, and the log is gone. Looked at as a file that does not
  /// change, for else SQLite would make a log to read it.
  private static func isWithoutItsLog(_ path: String, isOurs: Bool) -> Bool {
    guard Salvage.isAlone(path, isOurs: isOurs),
      let database = try? DatabaseQueue(
        path: Salvage.address(of: path), configuration: sqlite(readonly: true))
    else { return false }
    defer { try? database.close() }
    let isOpen = try? database.read { try Bool.fetchOne($0, sql: "SELECT isOpen FROM tail") }
    return isOpen == true && Salvage.isAlone(path, isOurs: isOurs)
  }

  /// Whether there is something in the `-wal`.
  static func hasLog(_ path: String) -> Bool {
    (PrivateFile.size(of: PrivateFile.companion("-wal", of: path)) ?? 0) > 0
  }

  /// - Parameter keepsLog: as `Database.keepLog`, where the connection is one that writes.
  static func sqlite(readonly: Bool, keepsLog: Bool = true) -> GRDB.Configuration {
    var configuration = GRDB.Configuration()
    configuration.readonly = readonly
    configuration.label = "espalier.runfile"
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { db in
      // Files come from others too: nothing that is written in their schema is to be run.
      try db.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON")
      if !readonly, keepsLog { try db.keepLog(true) }
    }
    return configuration
  }

  /// Ends the use of the file, when reads that are under way on other threads have ended. A writer that
  /// closes leaves nothing beside it; where others have it open, the last of them does. Closing again
  /// does nothing. A file that is let go without it is as after a crash: complete, with its log beside it.
  package func close() {
    takeSnapshot()
    let wasWriting = writer.withLock { writer in
      defer { writer.isOpen = false }
      return writer.isOpen
    }
    guard wasWriting else {
      let isLeft = isLeftWithLog
      try? database.close()
      if isLeft { Self.takeLogAway(from: path) }
      return
    }
    defer {
      openFile.release()
      lock?.release()
    }
    // Where this fails (a full disk, say) the log stays beside the file with all that is in it, and
    // with the lock file, and the next one to open the run finds both.
    do {
      try database.close { pool in
        pool.invalidateReadOnlyConnections()
        try pool.writeWithoutTransaction { db in
          try db.execute(sql: "UPDATE tail SET isOpen = 0")
          // A reader that only looked in is gone in a moment; a follower stays.
          if try !db.leaveLogMode(attempts: 6) { try db.emptyLog() }
        }
      }
      lock?.remove()
    } catch {
      // Told by what lies beside the file.
    }
  }

  /// Tells the lock file how far the history and the ledger go.
  func noteTail(_ tail: Tail, calls: Int) { lock?.note(header.mark(of: tail, calls: calls)) }

  /// Looks whether others can still see that the run has a writer.
  func stayKnown() {
    let (tail, calls) = writer.withLock { ($0.tail, $0.calls) }
    lock?.comeBack(saying: header.mark(of: tail, calls: calls))
  }

  /// The process that writes the run at the moment; nil when none does.
  package static func writer(of path: String) -> Int32? { WriterLock.writer(of: path) }
}
