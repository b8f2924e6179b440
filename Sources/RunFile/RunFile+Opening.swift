import GRDB

// What is looked at before a run is believed, and before it is written to.

extension RunFile {
  /// - Throws: `RunFileError`, also when the file is not a run, damaged, or has another writer.
  package static func open(_ path: String, for access: Access) throws -> RunFile {
    _ = try OpenFile(checking: path)
    guard case .writing(let durability) = access else { return try openForReading(path) }
    let lockPath = WriterLock.path(for: path)
    guard WriterLock.canBeOne(lockPath) else {
      throw RunFileError.inTheWay(of: path, path: lockPath)
    }
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

  /// - Parameter lock: that of the file, which is let go where this throws.
  static func open(
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
      // A call that can't be read would be lost on the way to the newest version.
      if try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0 < 5 {
        try db.forEachCall(path: path, withReplies: false) { _ in }
      }
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
}
