import FoundationEssentials
import GRDB
package import Tree

extension Database {
  func timedCalls() throws -> [TimedCall] {
    try Row.fetchAll(self, sql: "SELECT * FROM call ORDER BY id").map {
      TimedCall(record: try CallRecord($0), time: try $0.checked("time"))
    }
  }

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

/// A call and when it ended, in seconds since 1970-01-01 UTC.
struct TimedCall: Hashable, Sendable {
  var record: CallRecord
  var time: Double
}

extension RunFile {
  /// The ledger, in the order in which the calls ended.
  package func calls() throws -> [CallRecord] { try timedCalls().map(\.record) }

  func timedCalls() throws -> [TimedCall] {
    try reporting(path) { try database.read { try $0.timedCalls() } }
  }

  /// What calls that were called back may have taken, in all; their cost as far as it is known.
  package func lost() throws -> Usage {
    try reporting(path) {
      try database.read { db in
        let row = try Row.fetchOne(
          db,
          sql: """
            SELECT SUM(input) AS input, SUM(output) AS output, SUM(cost) AS cost FROM call
            WHERE status = 'cancelled'
            """)
        return Usage(
          input: try row?.checkedIfPresent("input") ?? 0,
          output: try row?.checkedIfPresent("output") ?? 0, isEstimated: true, requests: 0,
          cost: try row?.checkedIfPresent("cost") ?? 0)
      }
    }
  }

  /// The reply to the same request, where it was asked and answered before.
  package func reply(to request: UInt64) throws -> CachedReply? {
    try reporting(path) {
      try database.read { db in
        let row = try Row.fetchOne(
          db,
          sql: """
            SELECT reply, status FROM call
            WHERE request = ? AND status IN ('answered', 'cut') AND length(reply) > 0
            ORDER BY id DESC LIMIT 1
            """, arguments: [Int64(bitPattern: request)])
        guard let row else { return nil }
        let bytes: Data = try row.checked("reply")
        let status: String = try row.checked("status")
        return CachedReply(text: String(decoding: bytes, as: UTF8.self), isCut: status == "cut")
      }
    }
  }
}

extension CallRecord {
  init(_ row: Row) throws {
    let reply = try row.checkedIfPresent("reply", as: Data.self)
    self.init(
      call: try EventCoding.decode(CallKey.self, from: row.checked("call")),
      request: try row.checkedBits("request"), model: try row.checked("model"),
      status: Status(rawValue: try row.checked("status")) ?? .failed,
      usage: Usage(
        input: try row.checked("input"), cachedInput: try row.checked("cachedInput"),
        output: try row.checked("output"),
        isEstimated: try row.checked("isEstimated"), requests: try row.checked("requests"),
        seconds: try row.checked("seconds"),
        cost: try row.checkedIfPresent("cost")),
      reply: reply.map { String(decoding: $0, as: UTF8.self) })
  }
}
