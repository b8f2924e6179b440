import GRDB
import Locking
package import Tree

/// Events that are committed together, and who is to be told.
struct Batch: Sendable {
  var rows: [Row]
  /// Each with when it ended.
  var calls: [TimedCall]
  var done: @Sendable (Result<[RecordedEvent], any Error>) -> Void

  struct Row: Sendable {
    var time: Double
    var event: RunEvent
    var kind: String
    var payload: String
    var texts: [Text]

    /// - Parameter texts: those the event names, where they are not in it.
    init(_ event: RunEvent, at time: Double, texts: [Text]? = nil) throws {
      self.time = time
      self.event = event
      kind = EventCoding.kind(of: event).rawValue
      payload = try EventCoding.encode(event)
      self.texts = texts ?? event.texts
    }
  }
}

extension RunFile {
  /// Adds events at the end of the history, with the texts they carry. When this returns they are
  /// committed; when it throws, none is.
  ///
  /// - Parameters:
  ///   - calls: what the ledger gets to know of the calls behind the events.
  ///   - time: now, in seconds since 1970-01-01 UTC.
  /// - Throws: `RunFileError`.
  @discardableResult
  package func append(
    _ events: [RunEvent], calls: [CallRecord] = [], at time: Double
  ) throws -> [RecordedEvent] {
    try append(try rows(of: events, at: time), calls: timed(calls, at: time))
  }

  /// As the other `append`, each row and call with its own time.
  @discardableResult
  func append(_ rows: [Batch.Row], calls: [TimedCall]) throws -> [RecordedEvent] {
    let outcome = Locked<Result<[RecordedEvent], any Error>>(.success([]))
    try database.writeWithoutTransaction { db in
      try enqueue(Batch(rows: rows, calls: calls) { result in outcome.withLock { $0 = result } })
      commitBatches(db)
    }
    return try outcome.withLock { try $0.get() }
  }

  /// As the other `append`, without blocking. What arrives while a commit is under way is committed
  /// together by the next.
  @discardableResult
  package func append(
    _ events: [RunEvent], calls: [CallRecord] = [], at time: Double
  ) async throws -> [RecordedEvent] {
    let rows = try rows(of: events, at: time)
    let calls = timed(calls, at: time)
    return try await withCheckedThrowingContinuation { continuation in
      do {
        try database.writeLater {
          try enqueue(Batch(rows: rows, calls: calls) { continuation.resume(with: $0) })
        } then: { [self] db in
          commitBatches(db)
        }
      } catch {
        continuation.resume(throwing: error)
      }
    }
  }

  private func rows(of events: [RunEvent], at time: Double) throws -> [Batch.Row] {
    try reporting(path) { try events.map { try Batch.Row($0, at: time) } }
  }

  private func timed(_ calls: [CallRecord], at time: Double) -> [TimedCall] {
    calls.map { TimedCall(record: $0, time: time) }
  }

  private func enqueue(_ batch: Batch) throws {
    try writer.withLock { writer in
      guard writer.isOpen else { throw RunFileError.notOpenForWriting(path: path) }
      writer.batches.append(batch)
    }
  }

  /// Commits what is waiting. A batch that can't be stored does not keep the others back.
  private func commitBatches(_ db: Database) {
    let batches = writer.withLock { writer in
      defer { writer.batches = [] }
      return writer.batches
    }
    if batches.isEmpty { return }
    do {
      try commit(batches, in: db)
    } catch {
      if batches.count == 1 {
        batches[0].done(.failure(RunFileError(error, path: path)))
        return
      }
      for batch in batches {
        do {
          try commit([batch], in: db)
        } catch {
          batch.done(.failure(RunFileError(error, path: path)))
        }
      }
    }
  }

  private func commit(_ batches: [Batch], in db: Database) throws {
    var (newTail, calls) = writer.withLock { ($0.tail, $0.calls) }
    var recorded: [[RecordedEvent]] = []
    try db.inTransaction {
      for batch in batches {
        recorded.append(try Self.insert(batch.rows, after: &newTail, in: db, path: path))
        for call in batch.calls {
          calls += 1
          try db.insert(call, id: calls)
        }
      }
      try db.cachedStatement(sql: "UPDATE tail SET count = ?, chain = ?, calls = ?")
        .execute(arguments: [newTail.count, Int64(bitPattern: newTail.chain.value), calls])
      return .commit
    }
    writer.withLock { ($0.tail, $0.calls) = (newTail, calls) }
    noteTail(newTail, calls: calls)
    takeSnapshotSoon(count: newTail.count)
    for (batch, events) in zip(batches, recorded) { batch.done(.success(events)) }
  }

  /// Adds the rows with their texts, and moves the tail on.
  @discardableResult
  static func insert(
    _ rows: [Batch.Row], after tail: inout Tail, in db: Database, path: String
  ) throws -> [RecordedEvent] {
    let insertion = try db.cachedStatement(
      sql: "INSERT INTO event (ordinal, time, kind, payload, chain) VALUES (?, ?, ?, ?, ?)")
    var recorded: [RecordedEvent] = []
    for row in rows {
      for text in row.texts { try db.store(text, path: path) }
      let chain = tail.chain.adding(
        ordinal: tail.count, time: row.time, kind: row.kind, payload: row.payload)
      try insertion.execute(arguments: [
        tail.count, row.time, row.kind, row.payload, Int64(bitPattern: chain.value),
      ])
      recorded.append(RecordedEvent(ordinal: tail.count, time: row.time, event: row.event))
      tail = Tail(count: tail.count + 1, chain: chain)
    }
    return recorded
  }
}
