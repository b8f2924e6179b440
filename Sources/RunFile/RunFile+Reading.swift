import FoundationEssentials
import GRDB
import Locking
package import Tree

extension RunFile {
  /// How many events have been committed; a read of one row, for those who wait for more.
  package func count() throws -> Int {
    try reporting(path) {
      try database.read { db in try Header.tail(db, path: path).count }
    }
  }

  /// The events from an ordinal on, in order, with their texts left in the file.
  ///
  /// - Parameter limit: at most so many; nil for all there are.
  /// - Throws: `RunFileError.damaged`, naming the first event that is not as it was written.
  package func events(from ordinal: Int = 0, limit: Int? = nil) throws -> [RecordedEvent] {
    let end = min(try count(), limit.map { ordinal &+ max(0, $0) } ?? .max)
    var events: [RecordedEvent] = []
    events.reserveCapacity(max(0, end - ordinal))
    try forEachBatch(from: ordinal, to: end) { events += $0 }
    return events
  }

  /// The events in batches: while one is looked at, the next are read and decoded, on all cores.
  func forEachBatch(
    from start: Int, to end: Int, _ body: ([RecordedEvent]) throws -> Void
  ) throws {
    var pending = ReadAhead(self, from: start, to: end)
    while let batch = try pending.next() { try body(batch) }
  }

  /// As `events`, each as it stands in the file.
  func rows(from ordinal: Int, limit: Int?) throws -> [EventRow] {
    try read(from: ordinal, limit: limit) { row in
      EventRow(
        ordinal: row.ordinal, time: row.time, kind: row.kind,
        payload: String(decoding: row.payload, as: UTF8.self), chain: row.chain)
    }
  }

  func decoded(from ordinal: Int, limit: Int) throws -> [RecordedEvent] {
    try read(from: ordinal, limit: limit) { row in
      RecordedEvent(
        ordinal: row.ordinal, time: row.time,
        event: try decoded(Array(row.payload), kind: row.kind, ordinal: row.ordinal))
    }
  }

  func decoded(_ row: EventRow) throws -> RecordedEvent {
    RecordedEvent(
      ordinal: row.ordinal, time: row.time,
      event: try decoded(Array(row.payload.utf8), kind: row.kind, ordinal: row.ordinal))
  }

  private func decoded(_ payload: [UInt8], kind: String, ordinal: Int) throws -> RunEvent {
    do {
      return try EventCoding.decode(utf8: payload, kind: kind)
    } catch {
      throw RunFileError.damaged(path: path, .event(ordinal: ordinal))
    }
  }

  private func read<Value>(
    from ordinal: Int, limit: Int?, _ make: (StoredEvent) throws -> Value
  ) throws -> [Value] {
    try reporting(path) {
      try database.read { db in
        var values: [Value] = []
        try EventReader(header: header, path: path).forEach(db, from: ordinal, limit: limit) {
          values.append(try make($0))
        }
        return values
      }
    }
  }

  /// Looks at the events that `moment` left unread, as a snapshot stood for them, whether each is the one
  /// that was written there.
  ///
  /// - Parameter goesOn: asked now and then whether anybody still wants to know.
  /// - Throws: `RunFileError.damaged`, naming the first that is not.
  package func verify(while goesOn: () -> Bool) throws {
    let end = spared.withLock { $0 }
    for start in stride(from: 0, to: end, by: 10_000) where goesOn() {
      _ = try read(from: start, limit: min(10_000, end - start)) { _ in () }
    }
  }
}

extension RunFile {
  /// Looks at every call of the ledger, without its reply, and at every text, whether it is as it was
  /// written: nobody reads them all otherwise.
  ///
  /// - Parameter goesOn: as for `verify`.
  /// - Throws: `RunFileError.damaged`, naming the first that is not.
  package func verifyRest(while goesOn: () -> Bool) throws {
    try reporting(path) {
      try database.read { try $0.forEachCall(path: path, withReplies: false) { _ in } }
      var last = Data()
      while goesOn() {
        let end = try database.read { db in
          let keys = try Data.fetchAll(
            db, sql: "SELECT id FROM text WHERE id > ? ORDER BY id LIMIT 100", arguments: [last])
          for key in keys { _ = try db.text(TextID(key: key), path: path) }
          return keys.last
        }
        guard let end else { return }
        last = end
      }
    }
  }
}

/// An event as it stands in the file.
struct EventRow: Hashable, Sendable {
  var ordinal: Int
  var time: Double
  var kind: String
  var payload: String
  var chain: Chain
}

extension EventRow {
  /// - Throws: `ColumnFault`.
  init(_ row: Row) throws {
    ordinal = try row.checked("ordinal")
    time = try row.checked("time")
    kind = try row.checked("kind")
    payload = try row.checked("payload")
    chain = Chain(value: try row.checkedBits("chain"))
  }
}

/// As `EventRow`, but its payload is only there as long as it is looked at.
struct StoredEvent {
  var ordinal: Int
  var time: Double
  var kind: String
  var payload: UnsafeRawBufferPointer
  var chain: Chain
}

/// Reads events and checks that each is the one that was written there.
struct EventReader {
  let header: Header
  let path: String

  func forEach(
    _ db: Database, from first: Int, limit: Int?, _ body: (StoredEvent) throws -> Void
  ) throws {
    let tail = try Header.tail(db, path: path)
    guard first < tail.count else { return }
    let end = first + min(tail.count - first, max(0, limit ?? .max))
    var next = first
    var chain = try chain(db, before: first)
    let statement = try db.cachedStatement(
      sql: """
        SELECT ordinal, time, kind, payload, chain FROM event
        WHERE ordinal >= ? AND ordinal < ? ORDER BY ordinal
        """)
    let cursor = try Row.fetchCursor(statement, arguments: [first, end])
    while try cursor.next() != nil {
      let row = StatementColumns(statement)
      let (time, kind, payload) = (row.double(1), row.bytes(2), row.bytes(3))
      // What a damaged page holds in place of a number is some number here, and breaks the chain.
      chain = chain.adding(ordinal: next, time: time, kind: kind, payload: payload)
      guard row.int(0) == next, row.bits(4) == chain.value else {
        throw RunFileError.damaged(path: path, .event(ordinal: next))
      }
      try body(
        StoredEvent(
          ordinal: next, time: time, kind: String(decoding: kind, as: UTF8.self),
          payload: payload, chain: chain))
      next += 1
    }
    if next < end { throw RunFileError.damaged(path: path, .event(ordinal: next)) }
    if next == tail.count, chain != tail.chain {
      throw RunFileError.damaged(path: path, .event(ordinal: next - 1))
    }
  }

  private func chain(_ db: Database, before first: Int) throws -> Chain {
    if first == 0 { return header.origin }
    guard let chain = try self.chain(db, of: first - 1) else {
      throw RunFileError.damaged(path: path, .event(ordinal: first - 1))
    }
    return chain
  }

  /// The chain with this event, as it stands there; nil where there is no such event.
  func chain(_ db: Database, of ordinal: Int) throws -> Chain? {
    try Int64.fetchOne(db, sql: "SELECT chain FROM event WHERE ordinal = ?", arguments: [ordinal])
      .map { Chain(value: UInt64(bitPattern: $0)) }
  }
}

// MARK: - Texts

extension RunFile: TextSource {
  /// The content, or nil when the file has none such or it can't be read; `checkTexts` says why.
  package func content(of id: TextID) -> String? {
    do {
      return try text(id)
    } catch {
      textFault.withLock { $0 = $0 ?? error }
      return nil
    }
  }

  /// - Throws: why somebody who asked for the content of a text did not get it; for the first such.
  package func checkTexts() throws {
    if let fault = textFault.withLock({ $0 }) { throw fault }
  }

  /// - Throws: `RunFileError.damaged` when the file has no such text, or it is not as it was stored.
  package func text(_ id: TextID) throws -> String {
    if let content = cache.withLock({ $0[id] }) { return content }
    let content = try reporting(path) {
      try database.read { db in try db.text(id, path: path) }
    }
    guard let content else {
      throw RunFileError.damaged(path: path, .text(id: id.description))
    }
    cache.withLock { $0.insert(content, for: id) }
    return content
  }

  /// The configuration with all its texts: what an engine needs to go on.
  /// - Throws: `RunFileError.damaged` when one of them is lost.
  package func resolvedConfiguration() throws -> RunConfiguration {
    func resolved(_ text: Text) throws -> Text { Text(try self.text(text.id)) }
    var configuration = configuration
    configuration.initialPrompt = try resolved(configuration.initialPrompt)
    configuration.queries = try configuration.queries.map(resolved)
    configuration.examples = try configuration.examples.map {
      Example(query: try resolved($0.query), response: try resolved($0.response))
    }
    return configuration
  }
}
