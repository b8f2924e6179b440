import GRDB
import GRDBSQLite
import Glibc

extension Database {
  /// Whether the `-wal` stays beside the file when the last connection to it is closed.
  ///
  /// As a rule SQLite then takes it away. A file that says of itself that it is open must keep it,
  /// though, whoever closes it and for whatever reason: without it, it looks like a copy that was made
  /// without its log.
  func keepLog(_ isKept: Bool) throws {
    var flag: CInt = isKept ? 1 : 0
    let code = sqlite3_file_control(sqliteConnection, nil, SQLITE_FCNTL_PERSIST_WAL, &flag)
    guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
  }

  /// Has the file change to the mode of the log without a `-journal` beside it, which SQLite would make
  /// for that moment: a crash then would leave a file that nobody can open only to read.
  ///
  /// What is written to change the mode, here and back, is a few bytes within the first sector of the
  /// file, so that there is nothing to be rolled back.
  func enterLogModeWithoutJournal() throws {
    // In the mode of the log already, after a crash, it must stay there.
    guard try String.fetchOne(self, sql: "PRAGMA journal_mode") == "delete" else { return }
    try execute(sql: "PRAGMA journal_mode = MEMORY")
  }

  /// Without a writer the file stands alone: in the mode of the log even a reader would need files
  /// beside it, and leave them there. Not possible while somebody else has it open.
  ///
  /// - Parameter attempts: how often to try; 50 ms pass between two.
  /// - Returns: whether it was possible.
  func leaveLogMode(attempts: Int) throws -> Bool {
    try keepLog(false)
    try execute(sql: "PRAGMA busy_timeout = 0")
    for attempt in 0..<attempts {
      do {
        if attempt > 0 { usleep(50_000) }
        try execute(sql: "PRAGMA journal_mode = MEMORY")
        return true
      } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
        continue
      }
    }
    return false
  }

  /// Takes all of the log into the file, so that this is whole without it, as far as a reader that is
  /// in the midst of a read for more than a second lets it.
  func emptyLog() throws {
    try execute(sql: "PRAGMA busy_timeout = 1000")
    do {
      try checkpoint(.truncate)
    } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
      // The reader that closes the file last does the rest.
    }
  }
}
