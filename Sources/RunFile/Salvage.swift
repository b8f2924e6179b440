import FoundationEssentials
import GRDB
import Tree

/// What can still be read of a file, however damaged: nothing here trusts anything that it has not
/// checked, and nothing writes to the file.
struct Salvage {
  let path: String
  /// nil where the file does not even say what run it is.
  private(set) var header: Header?
  private(set) var configuration: RunConfiguration?
  /// The events up to the first that is not as it was written, or names a text that is not.
  private(set) var events: [RecordedEvent] = []
  /// Those of the ledger that are as they were written, without the replies that are not.
  var calls: [TimedCall] = []
  var damage: [RunFileError.Damage] = []

  let database: DatabaseQueue
  private let openFile: OpenFile
  private var spare: Spare?
  /// Texts that have been read and are as they were stored.
  private var good: Set<TextID> = []

  /// - Throws: `RunFileError` when there is no file, it is no run, or a newer one.
  init(path: String) throws {
    let isAlone = Self.isAlone(path)
    let salvage = try Salvage(path: path, isAlone: isAlone)
    // Somebody may have begun to write meanwhile, which one who reads without locks takes for damage.
    if isAlone, !salvage.damage.isEmpty, !Self.isAlone(path) {
      salvage.close()
      self = try Salvage(path: path, isAlone: false)
    } else if !isAlone, !salvage.damage.isEmpty, let whole = salvage.withoutLog() {
      salvage.close()
      self = whole
    } else {
      self = salvage
    }
  }

  private init(path: String, isAlone: Bool) throws {
    openFile = try OpenFile(checking: path)
    self.path = path
    database = try reporting(path) {
      var configuration = RunFile.sqlite(readonly: true)
      // SQLite refuses every page of a file that has been cut, except to who says that it may repair.
      configuration.prepareDatabase { try $0.execute(sql: "PRAGMA writable_schema = ON") }
      let database = try DatabaseQueue(
        path: isAlone ? Self.address(of: path) : plain(path), configuration: configuration)
      try database.read { try Schema.checkVersion($0, path: path) }
      return database
    }
    let isLogDamaged = RunFile.isLogDamaged(path)
    // What it notes is committed before, so that the events of the run at work go at least as far.
    let mark = WriterLock.mark(of: path)
    do {
      try database.read { db in
        try readHeader(db)
        try readEvents(db, notedBefore: mark)
        if isLogDamaged { damage.append(.damagedLog(found: events.count)) }
        readTexts(db)
        readCalls(db, notedBefore: mark)
      }
    } catch {
      note(RunFileError(error, path: path))
    }
  }

  /// The file by itself, where there is more in it than with the log that lies beside it: that is then
  /// another's.
  private func withoutLog() -> Salvage? {
    guard WriterLock.writer(of: path) == nil,
      var alone = try? Salvage(path: path, isAlone: true)
    else { return nil }
    guard alone.events.count > events.count else {
      alone.close()
      return nil
    }
    alone.damage.append(.foreignLog)
    return alone
  }

  func close() { try? database.close() }

  /// The content of a text that `init` found good.
  func content(of id: TextID) -> String? {
    (try? database.read { try $0.text(id, path: path) }) ?? spare?.texts[id]
  }

  private mutating func note(_ error: RunFileError) {
    if case .damaged(_, let damage) = error {
      self.damage.append(damage)
    } else {
      damage.append(.unreadable(reason: error.description))
    }
  }

  private mutating func readHeader(_ db: Database) throws {
    let fault = (try? String.fetchOne(db, sql: "PRAGMA integrity_check(1)")) ?? "no answer"
    // Behind a head line that says which database.
    let reason = fault.split(separator: "\n").last.map(String.init) ?? fault
    if reason != "ok" { damage.append(.unreadable(reason: reason)) }
    if let fault = try? Schema.fault(db) { damage.append(.schema(fault: fault)) }
    let isOpen = (try? Bool.fetchOne(db, sql: "SELECT isOpen FROM tail")) ?? false
    if isOpen == true, !RunFile.hasLog(path) { damage.append(.missingLog) }
    spare = Spare(db, path: path)
    let header = try readRun(db)
    let configuration = try header.decodeConfiguration(path: path)
    for text in configuration.texts where !isGood(text.id, db) {
      damage.append(.text(id: text.id.description))
    }
    if Spare.isExpected(db), spare?.header != header || spare?.has(configuration.texts) != true {
      damage.append(.spare)
    }
    self.header = header
    self.configuration = configuration
  }

  /// - Throws: `RunFileError` where neither copy can be trusted.
  private mutating func readRun(_ db: Database) throws -> Header {
    do {
      return try Header(db, path: path)
    } catch {
      guard let spare else { throw error }
      damage.append(.configuration)
      return spare.header
    }
  }

  /// - Parameter mark: what the lock file said before the transaction of `db` began.
  private mutating func readEvents(
    _ db: Database, notedBefore mark: WriterLock.Mark?
  ) throws {
    guard let header else { return }
    var chain = header.origin
    do {
      let cursor = try Row.fetchCursor(
        db, sql: "SELECT ordinal, time, kind, payload, chain FROM event ORDER BY ordinal")
      while let row = try cursor.next(), let event = try read(row, after: &chain, db) {
        events.append(event)
      }
    } catch {
      note(RunFileError(error, path: path))
    }
    let tail = try? Header.tail(db, path: path)
    let noted = mark.flatMap { $0.runID == header.id ? $0.tail.count : nil }
    let last = try? Int.fetchOne(db, sql: "SELECT max(ordinal) FROM event")
    let found = last.map { $0 &+ 1 } ?? 0
    let expected = max(tail?.count ?? 0, noted ?? 0, found)
    if events.count < found {
      damage.append(.event(ordinal: events.count))
    } else if events.count < expected {
      damage.append(.lostTail(found: events.count, expected: expected))
    } else if tail?.chain != chain {
      damage.append(.event(ordinal: max(0, events.count - 1)))
    }
  }

  /// - Returns: nil when the row is not the event that was written after the others.
  private mutating func read(
    _ row: Row, after chain: inout Chain, _ db: Database
  ) throws -> RecordedEvent? {
    guard let row = try? EventRow(row) else { return nil }
    let next = chain.adding(
      ordinal: events.count, time: row.time, kind: row.kind, payload: row.payload)
    guard row.ordinal == events.count, row.chain == next,
      let event = try? EventCoding.decode(row.payload, kind: row.kind)
    else { return nil }
    for text in event.texts where !isGood(text.id, db) {
      damage.append(.text(id: text.id.description))
      return nil
    }
    chain = next
    return RecordedEvent(ordinal: row.ordinal, time: row.time, event: event)
  }

  private mutating func isGood(_ id: TextID, _ db: Database) -> Bool {
    if good.contains(id) { return true }
    if (try? db.text(id, path: path)) == nil {
      guard spare?.texts[id] != nil else { return false }
      damage.append(.text(id: id.description))
    }
    good.insert(id)
    return true
  }

  /// Those that no good event names.
  private mutating func readTexts(_ db: Database) {
    let keys = (try? Data.fetchAll(db, sql: "SELECT id FROM text")) ?? []
    for key in keys {
      let id = TextID(key: key)
      if !isGood(id, db) { damage.append(.text(id: id.description)) }
    }
    var known: Set<RunFileError.Damage> = []
    damage = damage.filter { known.insert($0).inserted }
  }
}
