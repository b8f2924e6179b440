import FoundationEssentials
import GRDB
package import Tree

/// One model call in the ledger.
package struct CallRecord: Hashable, Sendable {
  package enum Status: String, Hashable, Sendable, CaseIterable {
    case answered, unreadable, failed, cancelled
  }

  package var call: CallKey
  /// A hash of all that was asked: by it the same request finds its reply again.
  package var request: UInt64
  package var model: String
  package var status: Status
  package var usage: Usage
  /// As the server gave it; nil where it is not kept.
  package var reply: String?

  package init(
    call: CallKey, request: UInt64, model: String, status: Status, usage: Usage, reply: String?
  ) {
    self.call = call
    self.request = request
    self.model = model
    self.status = status
    self.usage = usage
    self.reply = reply
  }
}

extension Database {
  func insert(_ record: CallRecord, at time: Double) throws {
    let usage = record.usage
    try cachedStatement(
      sql: """
        INSERT INTO call (time, call, request, role, model, status, input, cachedInput, output,
          isEstimated, requests, seconds, cost, reply)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      time, try EventCoding.encode(record.call), Int64(bitPattern: record.request),
      record.call.step.role.rawValue, record.model, record.status.rawValue, usage.input,
      usage.cachedInput, usage.output, usage.isEstimated, usage.requests, usage.seconds, usage.cost,
      record.reply.map { Data($0.utf8) },
    ])
  }
}

extension RunFile {
  /// The ledger, in the order in which the calls ended.
  package func calls() throws -> [CallRecord] {
    try reporting(path) {
      try database.read { db in
        try Row.fetchAll(db, sql: "SELECT * FROM call ORDER BY id").map { try CallRecord($0) }
      }
    }
  }

  /// The reply to the same request, where it was asked and answered before.
  package func reply(to request: UInt64) throws -> String? {
    try reporting(path) {
      try database.read { db in
        let bytes = try Data.fetchOne(
          db,
          sql: """
            SELECT reply FROM call WHERE request = ? AND status = 'answered' AND reply NOT NULL
            ORDER BY id DESC LIMIT 1
            """, arguments: [Int64(bitPattern: request)])
        return bytes.map { String(decoding: $0, as: UTF8.self) }
      }
    }
  }
}

extension CallRecord {
  init(_ row: Row) throws {
    let reply: Data? = row["reply"]
    self.init(
      call: try EventCoding.decode(CallKey.self, from: row["call"]),
      request: UInt64(bitPattern: row["request"] as Int64), model: row["model"],
      status: Status(rawValue: row["status"]) ?? .failed,
      usage: Usage(
        input: row["input"], cachedInput: row["cachedInput"], output: row["output"],
        isEstimated: row["isEstimated"], requests: row["requests"], seconds: row["seconds"],
        cost: row["cost"]), reply: reply.map { String(decoding: $0, as: UTF8.self) })
  }
}
