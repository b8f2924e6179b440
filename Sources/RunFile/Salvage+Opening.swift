import GRDBSQLite

extension Salvage {
  /// Whether nobody writes the file and all of it is in it, so that it can be read as one that does not
  /// change: that leaves no trace beside it, and works where nothing can be written.
  static func isAlone(_ path: String) -> Bool {
    sqlite3_compileoption_used("USE_URI") != 0 && WriterLock.writer(of: path) == nil
      && !RunFile.hasLog(path)
  }

  /// By which SQLite opens a file that does not change.
  static func address(of path: String) -> String {
    let escapes: [Character: String] = ["%": "%25", "?": "%3f", "#": "%23"]
    let name = path.reduce(into: "") { $0 += escapes[$1] ?? String($1) }
    return "file:" + (path.hasPrefix("/") ? "//" : "") + name + "?immutable=1"
  }
}
