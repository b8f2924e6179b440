import GRDBSQLite

extension Salvage {
  /// Whether nobody writes the file and all of it is in it, so that it can be read as one that does not
  /// change: that leaves no trace beside it, and works where nothing can be written.
  ///
  /// - Parameter isOurs: it is this process that may write.
  static func isAlone(_ path: String, isOurs: Bool = false) -> Bool {
    sqlite3_compileoption_used("USE_URI") != 0 && !RunFile.hasLog(path)
      && (isOurs || WriterLock.writer(of: path) == nil)
  }

  /// By which SQLite opens a file that does not change.
  static func address(of path: String) -> String {
    let escapes: [Character: String] = ["%": "%25", "?": "%3f", "#": "%23"]
    let name = plain(path).reduce(into: "") { $0 += escapes[$1] ?? String($1) }
    return "file:" + (path.hasPrefix("/") ? "//" : "") + name + "?immutable=1"
  }
}
