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
