import GRDB
import GRDBSQLite

/// The columns of the row at which a statement stands, without a value made of each: what GRDB's own
/// `Row` makes takes longer than all the rest when there are hundreds of thousands.
///
/// The bytes are there until the statement goes on. SQLite turns another type into the one asked for.
struct StatementColumns {
  private let statement: OpaquePointer

  init(_ statement: Statement) { self.statement = statement.sqliteStatement }

  func int(_ column: Int32) -> Int { Int(sqlite3_column_int64(statement, column)) }

  func bits(_ column: Int32) -> UInt64 {
    UInt64(bitPattern: sqlite3_column_int64(statement, column))
  }

  func double(_ column: Int32) -> Double { sqlite3_column_double(statement, column) }

  /// Of a text or a blob; empty for NULL.
  func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
    // In this order: the first may change how the value is kept.
    let start = sqlite3_column_blob(statement, column)
    return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column)))
  }
}

extension Database {
  /// The bytes of a blob, read to where they stay: as a column of a row, megabytes would be put
  /// together elsewhere first.
  func wholeBlob(table: String, column: String, rowID: Int64) throws -> [UInt8] {
    var blob: OpaquePointer?
    func check(_ code: Int32) throws {
      if code != SQLITE_OK { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
    }
    defer { sqlite3_blob_close(blob) }
    try check(sqlite3_blob_open(sqliteConnection, "main", table, column, rowID, 0, &blob))
    let size = sqlite3_blob_bytes(blob)
    return try Array(unsafeUninitializedCapacity: Int(size)) { buffer, count in
      try check(sqlite3_blob_read(blob, buffer.baseAddress, size, 0))
      count = Int(size)
    }
  }
}
