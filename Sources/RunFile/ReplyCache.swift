import FoundationEssentials
import GRDB
import Tree

/// Replies of models that several runs share: a file of its own, which any number of processes may use
/// at the same time.
package final class ReplyCache: Sendable {
  /// "EspC", in the header of the file.
  private static let applicationID: Int32 = 0x4573_7043

  package let path: String
  private let database: DatabasePool
  private let openFile: OpenFile

  /// Opens the file, or makes it.
  /// - Throws: `RunFileError`, also when the file is of another kind.
  package init(path: String) throws {
    self.path = path
    if !PrivateFile.exists(path) { try PrivateFile.makeAnew(path) }
    openFile = try OpenFile(path) {
      try PrivateFile.checkIsFile($0)
      return false
    }
    database = try Self.open(path)
  }

  /// - Throws: `RunFileError.notACache` for a database of another kind, and for what is none.
  private static func open(_ path: String) throws -> DatabasePool {
    do {
      return try opened(path)
    } catch RunFileError.notARun {
      throw RunFileError.notACache(path: path)
    }
  }

  private static func opened(_ path: String) throws -> DatabasePool {
    try reporting(path) {
      // Before what is another's is put into log mode.
      let reader = try DatabaseQueue(file: path, configuration: RunFile.sqlite(readonly: true))
      try reader.read { try check($0, path) }
      try reader.close()
      let database = try DatabasePool(
        file: path, configuration: RunFile.sqlite(readonly: false, keepsLog: false))
      try database.write { db in
        try check(db, path)
        try db.execute(
          sql: """
            PRAGMA application_id = \(Self.applicationID);
            -- `request` is a hash of 128 bits of all that was asked.
            CREATE TABLE IF NOT EXISTS reply (
              request BLOB PRIMARY KEY NOT NULL,
              text BLOB NOT NULL,
              isCut INTEGER NOT NULL
            ) STRICT;
            """)
      }
      return database
    }
  }

  private static func check(_ db: Database, _ path: String) throws {
    let application = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    let isEmpty = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") == 0
    guard application == applicationID || isEmpty else {
      throw RunFileError.notACache(path: path)
    }
  }

  /// The reply to a request, by its canonical bytes; nil also where the file can't be read.
  package func reply(to request: [UInt8]) -> CachedReply? {
    try? database.read { db in
      let row = try Row.fetchOne(
        db, sql: "SELECT text, isCut FROM reply WHERE request = ?", arguments: [Self.key(request)])
      guard let row else { return nil }
      let text: Data = try row.checked("text")
      return CachedReply(
        text: String(decoding: text, as: UTF8.self), isCut: try row.checked("isCut"))
    }
  }

  /// The first reply stays. Where the file can't be written, the next run asks again.
  package func keep(_ reply: CachedReply, to request: [UInt8]) {
    try? database.write { db in
      try db.execute(
        sql: "INSERT INTO reply (request, text, isCut) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        arguments: [Self.key(request), Data(reply.text.utf8), reply.isCut])
    }
  }

  package func close() { try? database.close() }

  private static func key(_ request: [UInt8]) -> Data {
    var first = StableHash(seed: 1)
    var second = StableHash(seed: 2)
    first.combine(request)
    second.combine(request)
    second.combine(request.count)
    return TextID(high: first.finalize(), low: second.finalize()).key
  }
}

/// What a model said to a request that was asked before.
package struct CachedReply: Hashable, Sendable {
  package var text: String
  /// It ran into the limit of tokens.
  package var isCut: Bool

  package init(text: String, isCut: Bool) {
    self.text = text
    self.isCut = isCut
  }
}
