import Dispatch
import GRDB
import Locking

/// The connections of a file to SQLite, which are closed when nobody uses them any more.
///
/// GRDB's pool lets a read begin while it closes, and SQLite then is asked about a connection that is
/// gone. Reads come from other threads here, and the process ends right after closing.
final class Connections: Sendable {
  private let pool: DatabasePool
  private let path: String
  private let isClosed = Locked(false)
  private let users = DispatchGroup()

  init(_ pool: DatabasePool, path: String) {
    self.pool = pool
    self.path = path
  }

  /// - Throws: what `body` throws; `RunFileError.closed` after `close`.
  func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try use { try $0.read(body) }
  }

  /// In a transaction. Throws as `read`.
  func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try use { try $0.write(body) }
  }

  /// Throws as `read`.
  func writeWithoutTransaction<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try use { try $0.writeWithoutTransaction(body) }
  }

  /// Does not wait: `body` is run when the writes before it are done.
  ///
  /// - Parameter prepare: run at once, and followed by `body` unless it throws.
  /// - Throws: what `prepare` throws; `RunFileError.closed` after `close`.
  func writeLater(
    _ prepare: () throws -> Void, then body: @escaping @Sendable (Database) -> Void
  ) throws {
    try enter()
    do {
      try prepare()
    } catch {
      users.leave()
      throw error
    }
    pool.asyncWriteWithoutTransaction { [users] db in
      body(db)
      users.leave()
    }
  }

  private func use<Value>(_ body: (DatabasePool) throws -> Value) throws -> Value {
    try enter()
    defer { users.leave() }
    return try body(pool)
  }

  private func enter() throws {
    try isClosed.withLock { isClosed in
      if isClosed { throw RunFileError.closed(path: path) }
      users.enter()
    }
  }

  /// Waits for those who use it; nobody can from now on. Closing again does nothing.
  ///
  /// - Parameter body: what is to be done last, alone.
  /// - Throws: what `body` throws, or SQLite on closing; it is closed all the same.
  func close(_ body: (DatabasePool) throws -> Void = { _ in }) throws {
    let wasClosed = isClosed.withLock { isClosed in
      defer { isClosed = true }
      return isClosed
    }
    if wasClosed { return }
    users.wait()
    do {
      try body(pool)
    } catch {
      try? pool.close()
      throw error
    }
    try pool.close()
  }
}
