import Tree

/// A hash over everything up to a point of the history: SQLite's own check does not see a lost tail,
/// nor a page that was changed within its format.
struct Chain: Hashable, Sendable {
  let value: UInt64

  init(value: UInt64) { self.value = value }

  /// The start of the chain, over what the run row holds.
  init(runID: String, created: Double, configuration: String) {
    var hash = StableHash(seed: 3)
    hash.combine(runID)
    hash.combine(created.bitPattern)
    hash.combine(configuration)
    value = hash.finalize()
  }

  /// The chain with one more event.
  func adding(ordinal: Int, time: Double, kind: String, payload: String) -> Chain {
    var (kind, payload) = (kind, payload)
    return kind.withUTF8 { kind in
      payload.withUTF8 { payload in
        adding(
          ordinal: ordinal, time: time, kind: UnsafeRawBufferPointer(kind),
          payload: UnsafeRawBufferPointer(payload))
      }
    }
  }

  func adding(
    ordinal: Int, time: Double, kind: UnsafeRawBufferPointer, payload: UnsafeRawBufferPointer
  ) -> Chain {
    var hash = StableHash(seed: 4)
    hash.combine(value)
    hash.combine(ordinal)
    hash.combine(time.bitPattern)
    hash.combine(utf8: kind)
    hash.combine(utf8: payload)
    return Chain(value: hash.finalize())
  }
}

/// Where a history ends.
struct Tail: Hashable, Sendable {
  /// How many events there are; the ordinal of the next.
  var count: Int
  /// Over all of them.
  var chain: Chain
}
