import GRDB
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
    try rows(from: ordinal, limit: limit).map(decoded)
  }

  /// As `events`, each as it stands in the file.
  func rows(from ordinal: Int, limit: Int?) throws -> [EventRow] {
    try reporting(path) {
      try database.read { db in
        try EventReader(header: header, path: path).rows(db, from: ordinal, limit: limit)
      }
    }
  }

  func decoded(_ row: EventRow) throws -> RecordedEvent {
    do {
      return RecordedEvent(
        ordinal: row.ordinal, time: row.time,
        event: try EventCoding.decode(row.payload, kind: row.kind))
    } catch {
      throw RunFileError.damaged(path: path, .event(ordinal: row.ordinal))
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

/// Reads events and checks that each is the one that was written there.
struct EventReader {
  let header: Header
  let path: String

  func rows(_ db: Database, from first: Int, limit: Int?) throws -> [EventRow] {
    let tail = try Header.tail(db, path: path)
    guard first < tail.count else { return [] }
    let end = first + min(tail.count - first, max(0, limit ?? .max))
    var rows: [EventRow] = []
    var chain = try chain(db, before: first)
    let cursor = try Row.fetchCursor(
      db,
      sql: """
        SELECT ordinal, time, kind, payload, chain FROM event
        WHERE ordinal >= ? AND ordinal < ? ORDER BY ordinal
        """, arguments: [first, end])
    while let row = try cursor.next() {
      let expected = first + rows.count
      guard let row = try? EventRow(row) else {
        throw RunFileError.damaged(path: path, .event(ordinal: expected))
      }
      chain = chain.adding(
        ordinal: expected, time: row.time, kind: row.kind, payload: row.payload)
      guard row.ordinal == expected, row.chain == chain else {
        throw RunFileError.damaged(path: path, .event(ordinal: expected))
      }
      rows.append(row)
    }
    let next = first + rows.count
    if next < end { throw RunFileError.damaged(path: path, .event(ordinal: next)) }
    if next == tail.count, chain != tail.chain {
      throw RunFileError.damaged(path: path, .event(ordinal: next - 1))
    }
    return rows
  }

  private func chain(_ db: Database, before first: Int) throws -> Chain {
    if first == 0 { return header.origin }
    let value = try Int64.fetchOne(
      db, sql: "SELECT chain FROM event WHERE ordinal = ?", arguments: [first - 1])
    guard let value else { throw RunFileError.damaged(path: path, .event(ordinal: first - 1)) }
    return Chain(value: UInt64(bitPattern: value))
  }
}

// MARK: - Texts

extension RunFile: TextSource {
  /// The content, or nil when the file has none such or it can't be read; `text(_:)` says why.
  package func content(of id: TextID) -> String? { try? text(id) }

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
