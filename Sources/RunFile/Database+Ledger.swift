import GRDB
import Tree

// The ledger as SQLite has it. Who reads it is told of the first call that is not as it was written;
// what is left of a damaged one, `Salvage` gathers.

extension Database {
  /// Adds a call at the end.
  /// - Parameter id: how many there are with it.
  func insert(_ call: TimedCall, id: Int) throws { try insert(CallRow(call, id: id)) }

  private func insert(_ row: CallRow) throws {
    let usage = row.usage
    try cachedStatement(
      sql: """
        INSERT INTO call (id, time, call, request, role, model, status, input, cachedInput, output,
          isEstimated, requests, seconds, cost, replyHash, checksum, reply)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      row.id, row.time, row.call, Int64(bitPattern: row.request), row.role, row.model, row.status,
      usage.input, usage.cachedInput, usage.output, usage.isEstimated, usage.requests,
      usage.seconds, usage.cost, row.replyHash.map { Int64(bitPattern: $0) },
      Int64(bitPattern: row.checksum), row.reply,
    ])
  }

  /// Fills the ledger with that of an earlier version. A row that can't be read is missing in it then.
  func copyCalls(from table: String) throws {
    var last = Int.min
    while true {
      let rows = try Row.fetchAll(
        self, sql: "SELECT * FROM \(table) WHERE id > ? ORDER BY id LIMIT 100", arguments: [last])
      if rows.isEmpty { return }
      for row in rows {
        last = try row.checked("id")
        if let call = try? CallRow(row) { try insert(call) }
      }
    }
  }

  /// How many calls the ledger must have; nil in a file of before version 5, which does not say it.
  func callCount() throws -> Int? {
    guard try hasLedgerSums() else { return nil }
    let count: Int? = try Row.fetchOne(self, sql: "SELECT calls FROM tail")?.checked("calls")
    if let count, !(0..<Int.max).contains(count) { throw ColumnFault(column: "calls") }
    return count
  }

  private func hasLedgerSums() throws -> Bool {
    try Int.fetchOne(self, sql: "PRAGMA user_version") ?? 0 >= 5
      || columns(in: "tail").contains { $0.name == "calls" }
  }

  /// How many calls there are, after a look at the last of them only.
  ///
  /// - Parameter noted: how many the lock file says there were.
  /// - Throws: `RunFileError.damaged` where their end is not where it should be.
  func checkedCallCount(path: String, noted: Int = 0) throws -> Int {
    let found = try Int.fetchOne(self, sql: "SELECT max(id) FROM call") ?? 0
    let count = max(try callCount() ?? found, noted)
    try checkLedgerEnd(found: found, count: count, path: path)
    return count
  }

  private func checkLedgerEnd(found: Int, count: Int, path: String) throws {
    if found < count { throw RunFileError.damaged(path: path, .calls(found + 1...count)) }
    if found > count { throw RunFileError.damaged(path: path, .callCount) }
  }

  /// Goes through the ledger, each call as it was written.
  ///
  /// - Parameter withReplies: read these too.
  /// - Throws: `RunFileError.damaged`, naming the first that is not; what `body` throws.
  func forEachCall(
    path: String, withReplies: Bool, _ body: (CallRow) throws -> Void
  ) throws {
    let sums = try hasLedgerSums() ? ", replyHash, checksum" : ""
    let rows = try Row.fetchCursor(
      self,
      sql: """
        SELECT id, time, call, request, role, model, status, input, cachedInput, output,
          isEstimated, requests, seconds, cost\(sums)\(withReplies ? ", reply" : "") FROM call
        ORDER BY id
        """)
    var found = 0
    while let row = try rows.next() {
      found += 1
      guard let call = try? CallRow(row), call.id == found else {
        throw RunFileError.damaged(path: path, .calls(found...found))
      }
      if call.isReplyDamaged { throw RunFileError.damaged(path: path, .reply(call: found)) }
      try body(call)
    }
    try checkLedgerEnd(found: found, count: callCount() ?? found, path: path)
  }
}
