import FoundationEssentials
import GRDB
import Tree

/// A row of the ledger, and by which sums it is known to be as it was written.
struct CallRow {
  /// Its place: from 1 on, without gaps.
  let id: Int
  let time: Double
  /// JSON.
  let call: String
  let request: UInt64
  let role: String
  let model: String
  let status: String
  let usage: Usage
  let reply: Data?
  /// Of the reply, when there was one; it stays where that has been dropped.
  let replyHash: UInt64?
  /// There is a reply, and it is not the one that was written, so that `reply` is nil.
  let isReplyDamaged: Bool

  init(_ timed: TimedCall, id: Int) throws {
    let record = timed.record
    self.id = id
    time = timed.time
    call = try EventCoding.encode(record.call)
    request = record.request
    role = record.call.step.role.rawValue
    // SQLite's texts end there.
    model = String(decoding: record.model.utf8.prefix { $0 != 0 }, as: UTF8.self)
    status = record.status.rawValue
    var usage = record.usage
    // What SQLite makes of it.
    if usage.cost?.isNaN == true { usage.cost = nil }
    self.usage = usage
    reply = record.reply.map { Data($0.utf8) }
    replyHash = reply.map(Self.hash)
    isReplyDamaged = false
  }

  /// As the file has it; with its reply, where that has been read too.
  ///
  /// - Throws: `ColumnFault` where it is not as it was written. What was written before version 5 is
  ///   believed when it has values of the right types.
  init(_ row: Row) throws {
    id = try row.checked("id")
    guard (1..<Int.max).contains(id) else { throw ColumnFault(column: "id") }
    time = try row.checked("time")
    call = try row.checked("call")
    request = try row.checkedBits("request")
    role = try row.checked("role")
    model = try row.checked("model")
    status = try row.checked("status")
    usage = Usage(
      input: try row.checked("input"), cachedInput: try row.checked("cachedInput"),
      output: try row.checked("output"), isEstimated: try row.checked("isEstimated"),
      requests: try row.checked("requests"), seconds: try row.checked("seconds"),
      cost: try row.checkedIfPresent("cost"))
    let isSummed = row.hasColumn("checksum")
    let found = Result { try Self.reply(in: row) }
    let kept = (try? found.get()) ?? nil
    let hash = kept.map(Self.hash)
    replyHash = isSummed ? try row.checkedBitsIfPresent("replyHash") : hash
    if case .failure = found {
      isReplyDamaged = true
    } else {
      isReplyDamaged = hash != nil && hash != replyHash
    }
    reply = isReplyDamaged ? nil : kept
    if isSummed, try checksum != row.checkedBits("checksum") {
      throw ColumnFault(column: "checksum")
    }
  }

  private static func reply(in row: Row) throws -> Data? {
    row.hasColumn("reply") ? try row.checkedIfPresent("reply") : nil
  }

  private static func hash(_ reply: Data) -> UInt64 {
    reply.withUnsafeBytes { Checksum.of($0, seed: 0) }
  }

  /// Over all of it but the reply, for which its hash stands.
  var checksum: UInt64 {
    var hash = StableHash(seed: 5)
    hash.combine(id)
    hash.combine(time)
    hash.combine(call)
    hash.combine(request)
    for text in [role, model, status] { hash.combine(text) }
    for count in [usage.input, usage.cachedInput, usage.output] { hash.combine(count) }
    hash.combine(usage.isEstimated ? 1 : 0)
    hash.combine(usage.requests)
    hash.combine(usage.seconds)
    hash.combine(usage.cost == nil ? 0 : 1)
    hash.combine(usage.cost ?? 0)
    hash.combine(replyHash == nil ? 0 : 1)
    hash.combine(replyHash ?? 0)
    return hash.finalize()
  }

  /// - Throws: where it names no call.
  var timed: TimedCall {
    get throws {
      TimedCall(
        record: CallRecord(
          call: try EventCoding.decode(CallKey.self, from: call), request: request, model: model,
          status: CallRecord.Status(rawValue: status) ?? .failed, usage: usage,
          reply: reply.map { String(decoding: $0, as: UTF8.self) }),
        time: time)
    }
  }
}

extension StableHash {
  /// SQLite keeps no sign of a zero.
  fileprivate mutating func combine(_ value: Double) {
    combine((value == 0 ? 0 : value).bitPattern)
  }
}
