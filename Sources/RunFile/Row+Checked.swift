import GRDB

/// A column of a damaged file does not hold what the schema promises.
struct ColumnFault: Error {
  var column: String
}

extension Row {
  /// The value of the column. GRDB's own subscripts stop the program where a damaged page has
  /// another type of value.
  /// - Throws: `ColumnFault`.
  func checked<Value: DatabaseValueConvertible>(
    _ column: String, as type: Value.Type = Value.self
  ) throws -> Value {
    guard let value = try checkedIfPresent(column, as: type) else {
      throw ColumnFault(column: column)
    }
    return value
  }

  /// The value of the column, or nil where there is none.
  func checkedIfPresent<Value: DatabaseValueConvertible>(
    _ column: String, as type: Value.Type = Value.self
  ) throws -> Value? {
    guard let stored = self[column] as DatabaseValue? else { throw ColumnFault(column: column) }
    if stored.isNull { return nil }
    guard let value = Value.fromDatabaseValue(stored) else { throw ColumnFault(column: column) }
    return value
  }

  /// The value of a hash, whose 64 bits SQLite keeps as a signed number.
  func checkedBits(_ column: String) throws -> UInt64 {
    UInt64(bitPattern: try checked(column, as: Int64.self))
  }

  /// The same, or nil where there is none.
  func checkedBitsIfPresent(_ column: String) throws -> UInt64? {
    try checkedIfPresent(column, as: Int64.self).map { UInt64(bitPattern: $0) }
  }
}
