package import Tree

/// Where the engine's events go before anything is built on them: a run file, or memory in tests.
package protocol EventSink: Sendable {
  /// Stores the events together, in order, or none of them, with what their calls took.
  ///
  /// - Returns: the events with their places in the log, once they are as safe as the sink makes
  ///   them.
  /// - Throws: when nothing was stored; the engine then keeps the events and tries again.
  func append(_ events: [RunEvent], records: [CallRecord]) async throws -> [RecordedEvent]
}

/// The ledger's line on one call that ended.
package struct CallRecord: Hashable, Sendable {
  package var call: CallKey
  /// The hash of the request as it was sent.
  package var request: TextID
  package var model: String
  /// `ok`, `unreadable` or `failed`.
  package var status: String
  package var usage: Usage
  /// The reply before it was read; nil where none came.
  package var raw: String?
}

/// A sink that keeps the log in memory.
package actor MemorySink: EventSink {
  package private(set) var log: [RecordedEvent] = []

  package init(log: [RecordedEvent] = []) { self.log = log }

  package func append(_ events: [RunEvent], records: [CallRecord]) -> [RecordedEvent] {
    let recorded = events.enumerated().map {
      RecordedEvent(ordinal: log.count + $0.offset, time: 0, event: $0.element)
    }
    log += recorded
    return recorded
  }
}
