import GRDB

// What a reader does for a writer that has closed the run while others had it open, and so could not
// take its log away.

extension RunFile {
  /// Whether the writer has closed the run and its log still lies beside it. One that crashed has not.
  var isLeftWithLog: Bool {
    PrivateFile.exists(PrivateFile.companion("-wal", of: path))
      && (try? database.read { try Self.isLeft($0, path: path) }) == true
  }

  private static func isLeft(_ db: Database, path: String) throws -> Bool {
    try writer(of: path) == nil && Bool.fetchOne(db, sql: "SELECT isOpen FROM tail") == false
  }

  /// Takes the log away, where nobody has the file open, this process may write it, and no writer has
  /// come. The file is complete without it, so that nothing is said where it must stay.
  static func takeLogAway(from path: String) {
    // SQLite would make an empty file where the run has been deleted.
    guard PrivateFile.exists(path) else { return }
    var configuration = sqlite(readonly: false)
    configuration.busyMode = .immediateError
    guard let database = try? DatabaseQueue(file: path, configuration: configuration) else {
      return
    }
    try? database.inDatabase { db in
      if try isLeft(db, path: path) { _ = try db.leaveLogMode(attempts: 1) }
    }
    try? database.close()
  }
}
