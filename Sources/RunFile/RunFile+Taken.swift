extension RunFile {
  /// Beside a file, while it is written or after a crash.
  private static let companions = ["-wal", "-shm", "-lock", "-new", "-journal"]

  /// Whether a path is of a run, of another database, or of what belongs to one: by its name, or by what
  /// is there. Nothing else is ever to be written to it.
  package static func isTaken(_ path: String) -> Bool {
    let owners = companions.filter(path.hasSuffix).map { String(path.dropLast($0.count)) }
    return ([path] + owners).contains {
      $0.hasSuffix(suffix) || OpenFile.isOpen($0) || start(of: $0)?.isOfDatabase == true
    }
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
