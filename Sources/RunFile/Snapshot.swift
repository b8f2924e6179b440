import FoundationEssentials
import GRDB
import Locking
import Tree

/// The run as it was after some of its events, kept in its file so that opening need not fold them
/// again. It is never needed: the events are the truth, and one that is absent, of another version,
/// damaged or not of these events is as if it were not there.
struct Snapshot {
  /// How many events are in it.
  let count: Int
  /// With all of them.
  let chain: Chain
  /// As `PackedMoment` calls it.
  private(set) var head: [UInt8]

  /// Whether there is one of this version, for what it is worth.
  static func isThere(_ db: Database) throws -> Bool {
    guard try db.tableExists("snapshot"), try db.tableExists("snapshotPage"),
      let row = try Row.fetchOne(db, sql: "SELECT version FROM snapshot")
    else { return false }
    return try row.checked("version") == RunMoment.packingVersion
  }

  /// - Returns: nil where there is none that can be trusted.
  init?(_ db: Database, header: Header, path: String) throws {
    guard try Self.isThere(db),
      let row = try Row.fetchOne(db, sql: "SELECT count, chain, checksum FROM snapshot")
    else { return nil }
    count = try row.checked("count")
    chain = Chain(value: try row.checkedBits("chain"))
    head = try db.wholeBlob(table: "snapshot", column: "content", rowID: 1)
    guard try Self.checksum(head, chain) == row.checkedBits("checksum"),
      count > 0, count <= (try Header.tail(db, path: path)).count,
      try EventReader(header: header, path: path).chain(db, of: count - 1) == chain
    else { return nil }
  }

  /// For who asks for pages only, and must not keep the megabytes of the rest.
  var withoutHead: Snapshot {
    var copy = self
    copy.head = []
    return copy
  }

  /// All its pages; nil where one is lost or damaged.
  func pages(_ db: Database) throws -> [[UInt8]]? {
    var pages: [[UInt8]] = []
    let statement = try db.cachedStatement(
      sql: "SELECT number, checksum, content FROM snapshotPage ORDER BY number")
    let rows = try Row.fetchCursor(statement)
    while try rows.next() != nil {
      guard StatementColumns(statement).int(0) == pages.count,
        let page = page(pages.count, at: statement)
      else { return nil }
      pages.append(page)
    }
    return pages
  }

  /// One page; nil where it is lost, damaged, or that of another snapshot.
  func page(_ number: Int, _ db: Database) throws -> [UInt8]? {
    let statement = try db.cachedStatement(
      sql: "SELECT number, checksum, content FROM snapshotPage WHERE number = ?")
    let rows = try Row.fetchCursor(statement, arguments: [number])
    return try rows.next() == nil ? nil : page(number, at: statement)
  }

  private func page(_ number: Int, at statement: Statement) -> [UInt8]? {
    let row = StatementColumns(statement)
    let content = Array(row.bytes(2))
    return Self.checksum(content, chain, page: number) == row.bits(1) ? content : nil
  }

  /// Stores a moment in the place of the one before.
  ///
  /// - Parameter chain: with all the events that are in it.
  static func write(_ moment: RunMoment, chain: Chain, to db: Database) throws {
    let packed = moment.packed()
    try db.execute(
      sql: """
        INSERT OR REPLACE INTO snapshot (one, version, count, chain, checksum, content)
        VALUES (1, ?, ?, ?, ?, ?)
        """,
      arguments: [
        RunMoment.packingVersion, moment.count, Int64(bitPattern: chain.value),
        Int64(bitPattern: checksum(packed.head, chain)), Data(packed.head),
      ])
    try db.execute(sql: "DELETE FROM snapshotPage")
    let statement = try db.cachedStatement(
      sql: "INSERT INTO snapshotPage (number, checksum, content) VALUES (?, ?, ?)")
    for (number, page) in packed.pages.enumerated() {
      try statement.execute(arguments: [
        number, Int64(bitPattern: checksum(page, chain, page: number)), Data(page),
      ])
    }
  }

  /// - Parameter page: its number; nil for the head.
  private static func checksum(_ bytes: [UInt8], _ chain: Chain, page: Int? = nil) -> UInt64 {
    let place = UInt64(bitPattern: Int64((page ?? -1) + 1))
    return bytes.withUnsafeBytes { Checksum.of($0, seed: chain.value &+ place) }
  }
}

extension Salvage {
  /// Folds the events once more, to compare.
  func snapshotState() -> RunFileReport.SnapshotState {
    guard let header, let configuration else { return .none }
    let state = try? database.read { db -> RunFileReport.SnapshotState in
      guard try Snapshot.isThere(db) else { return .none }
      guard let snapshot = try? Snapshot(db, header: header, path: path),
        let pages = try? snapshot.pages(db)
      else { return .damaged }
      guard snapshot.count <= events.count else { return .none }
      let told = RunMoment(
        configuration: configuration, events: events.prefix(snapshot.count)
      ).packed()
      guard pages.count == told.pages.count else { return .damaged }
      return told == PackedMoment(head: snapshot.head, pages: pages) ? .good : .untrue
    }
    return state ?? .none
  }
}

/// Pages of a snapshot that stay in the file until somebody asks for them.
final class StoredPages: RecordPages {
  private let file: RunFile
  private let snapshot: Snapshot
  private let known = Locked(Known())

  private struct Known {
    var pages: [Int: [UInt8]] = [:]
    /// The same moment told by the events, once a page could not be had.
    var told: [[UInt8]]?
  }

  init(_ file: RunFile, _ snapshot: Snapshot) {
    self.file = file
    self.snapshot = snapshot.withoutHead
  }

  func page(_ number: Int) -> [UInt8] {
    known.withLock { known in
      if let page = known.pages[number] { return page }
      let page = (try? file.database.read { try snapshot.page(number, $0) }) ?? told(number, &known)
      known.pages[number] = page
      return page
    }
  }

  /// Another snapshot has taken the place of this one, or the page is damaged.
  private func told(_ number: Int, _ known: inout Known) -> [UInt8] {
    let pages = known.told ?? fold()
    known.told = pages
    return pages.indices.contains(number) ? pages[number] : []
  }

  /// Empty where the events can't be read either; who verifies the file tells of that.
  private func fold() -> [[UInt8]] {
    guard let events = try? file.events(limit: snapshot.count) else { return [] }
    return RunMoment(configuration: file.configuration, events: events).packed().pages
  }
}

/// A hash for megabytes that are read in a moment: against damage, not against forgery.
enum Checksum {
  /// In four lanes, each word mixed as in `StableHash`'s FNV-1a but eight bytes at a time.
  static func of(_ bytes: UnsafeRawBufferPointer, seed: UInt64) -> UInt64 {
    let prime: UInt64 = 0x9e37_79b9_7f4a_7c15
    var lanes = SIMD4<UInt64>(seed, seed &+ 1, seed &+ 2, seed &+ 3)
    let whole = bytes.count / 32 * 32
    for offset in stride(from: 0, to: whole, by: 32) {
      lanes ^= bytes.loadUnaligned(fromByteOffset: offset, as: SIMD4<UInt64>.self)
      lanes = lanes &* SIMD4(repeating: prime)
      lanes ^= lanes &>> SIMD4(repeating: 29)
    }
    var hash = StableHash(seed: UInt64(bytes.count))
    for lane in lanes.indices { hash.combine(lanes[lane]) }
    hash.combine(utf8: UnsafeRawBufferPointer(rebasing: bytes[whole...]))
    return hash.finalize()
  }
}
