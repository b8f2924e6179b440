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

  init(
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

// MARK: - Creating and closing

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
  static func draft(of path: String) -> String {
    PrivateFile.companion("-new", of: path)
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
  func stayKnown() { lock?.comeBack() }

  /// The process that writes the run at the moment; nil when none does.
  package static func writer(of path: String) -> Int32? { WriterLock.writer(of: path) }
}
