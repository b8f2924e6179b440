extension RunFile {
  /// Beside a file, while it is written or after a crash.
  private static let companions = ["-wal", "-shm", "-lock", "-new", "-journal"]

  /// Whether a path is of a run, of another database, or of what belongs to one: by its name, or by what
  /// is there. Nothing else is ever to be written to it.
  ///
  /// Looks into nothing that SQLite has open here, of which `-shm` is a part: that would cost this
  /// process its locks.
  package static func isTaken(_ path: String) -> Bool {
    let owners = companions.filter(path.hasSuffix).map { String(path.dropLast($0.count)) }
    let all = owners + [path]
    return all.contains { $0.hasSuffix(suffix) || OpenFile.isOpen($0) }
      || all.contains { start(of: $0)?.isOfDatabase == true }
  }

  /// Where what belongs to a run or to another database lies while it is open, or will lie.
  package static func companions(of path: String) -> [String] {
    companions.map { PrivateFile.companion($0, of: path) }
  }

  /// Whether nobody misses what is at the path of a draft or a lock: nothing, or what one of us left that
  /// was killed. What has such a name by chance is another's.
  static func isLeftover(_ path: String) -> Bool {
    guard PrivateFile.exists(path) else { return true }
    guard let start = start(of: path) else { return false }
    return start.allSatisfy { $0 == 0 } || start.isOfDatabase
      || WriterLock.Mark(line: String(decoding: start, as: UTF8.self)) != nil
  }

  /// The first bytes; nil for what is no file, or can't be read.
  private static func start(of path: String) -> [UInt8]? {
    guard (try? PrivateFile.checkIsFile(path)) != nil else { return nil }
    return try? PrivateFile.start(of: path, count: 200)
  }
}

extension [UInt8] {
  /// Whether a file that begins so is one of SQLite's.
  var isOfDatabase: Bool { starts(with: "SQLite format 3\0".utf8) }
}
