import GRDB

// SQLite takes some names for more: `file:a?mode=memory` for an address, `:memory:` and nothing for no
// file at all. Here a name is the name of a file, whatever it is.

extension DatabasePool {
  /// Opens the file of this name, in log mode where it may be written.
  convenience init(file path: String, configuration: GRDB.Configuration) throws {
    try self.init(path: plain(path), configuration: configuration)
  }
}

extension DatabaseQueue {
  /// Opens the file of this name.
  convenience init(file path: String, configuration: GRDB.Configuration) throws {
    try self.init(path: plain(path), configuration: configuration)
  }
}

/// The same file by a path that SQLite takes for nothing but a path.
func plain(_ path: String) -> String { path.utf8.first == UInt8(ascii: "/") ? path : "./" + path }
