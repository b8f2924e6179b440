import Tree

/// A call and when it ended, in seconds since 1970-01-01 UTC.
struct TimedCall: Hashable, Sendable {
  var record: CallRecord
  var time: Double
}

extension [TimedCall] {
  /// Over a ledger as an export tells it.
  var checksum: UInt64 {
    get throws {
      var hash = StableHash(seed: 6)
      for (index, call) in enumerated() {
        hash.combine(try CallRow(call, id: index + 1).checksum)
      }
      return hash.finalize()
    }
  }
}
