import GRDB
package import Tree

extension RunFile {
  /// The ledger, in the order in which the calls ended.
  /// - Throws: `RunFileError.damaged`, naming the first call that is not as it was written.
  package func calls() throws -> [CallRecord] { try timedCalls().map(\.record) }

  /// Throws as `calls`.
  func timedCalls() throws -> [TimedCall] {
    var calls: [TimedCall] = []
    try forEachCall(withReplies: true) { row in
      guard let call = try? row.timed else {
        throw RunFileError.damaged(path: path, .calls(row.id...row.id))
      }
      calls.append(call)
    }
    return calls
  }

  private func forEachCall(withReplies: Bool, _ body: (CallRow) throws -> Void) throws {
    try reporting(path) {
      try database.read { try $0.forEachCall(path: path, withReplies: withReplies, body) }
    }
  }

  /// What calls that were called back may have taken, in all; their cost as far as it is known.
  ///
  /// The whole ledger is looked at: a call that was one of them may not say so any more.
  /// - Throws: `RunFileError.damaged`, as a budget must not count on what was never written.
  package func lost() throws -> Usage {
    var lost = Usage(isEstimated: true, requests: 0, cost: 0)
    try forEachCall(withReplies: false) { row in
      guard row.status == CallRecord.Status.cancelled.rawValue else { return }
      lost.input &+= row.usage.input
      lost.output &+= row.usage.output
      lost.cost = (lost.cost ?? 0) + (row.usage.cost ?? 0)
    }
    return lost
  }

  /// The reply to the same request, where it was asked and answered before. One that is not as it was
  /// written is none.
  package func reply(to request: UInt64) throws -> CachedReply? {
    try reporting(path) {
      try database.read { db in
        let rows = try Row.fetchCursor(
          db,
          sql: """
            SELECT * FROM call
            WHERE request = ? AND status IN ('answered', 'cut') AND length(reply) > 0
            ORDER BY id DESC
            """, arguments: [Int64(bitPattern: request)])
        while let row = try rows.next() {
          guard let call = try? CallRow(row), let reply = call.reply else { continue }
          return CachedReply(
            text: String(decoding: reply, as: UTF8.self),
            isCut: call.status == CallRecord.Status.cut.rawValue)
        }
        return nil
      }
    }
  }
}
