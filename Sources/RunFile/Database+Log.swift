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
  /// beside it, and leave them there. Not possible while somebody reads; the log then stays.
  func leaveLogMode() throws {
    try keepLog(false)
    try execute(sql: "PRAGMA busy_timeout = 0")
    // A reader that only looked in is gone in a moment, and SQLite itself does not wait for it here; a
    // follower stays, and keeps the log.
    for attempt in 0..<6 {
      do {
        if attempt > 0 { usleep(50_000) }
        return try execute(sql: "PRAGMA journal_mode = MEMORY")
      } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
        continue
      }
    }
  }
}
