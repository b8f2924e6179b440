import FoundationEssentials
import GRDB
import Tree

/// The run as it was after some of its events, kept in its file so that opening need not fold them
/// again. It is never needed: the events are the truth, and one that is absent, of another version,
/// damaged or not of these events is as if it were not there.
struct Snapshot {
  var moment: RunMoment
  /// With all the events that are in the moment.
  var chain: Chain

  /// - Returns: nil where there is none that can be trusted.
  init?(_ db: Database, header: Header, configuration: RunConfiguration, path: String) throws {
    guard try db.tableExists("snapshot"),
      let row = try Row.fetchOne(db, sql: "SELECT version, count, chain, checksum FROM snapshot"),
      try row.checked("version") == RunMoment.packingVersion
    else { return nil }
    let (count, chain): (Int, Chain) = (
      try row.checked("count"), Chain(value: try row.checkedBits("chain"))
    )
    let content = try db.wholeBlob(table: "snapshot", column: "content", rowID: 1)
    guard
      content.withUnsafeBytes({ Checksum.of($0, seed: chain.value) })
        == (try row.checkedBits("checksum")),
      let moment = try? RunMoment(configuration: configuration, packed: content),
      moment.count == count, count > 0, count <= (try Header.tail(db, path: path)).count,
      try EventReader(header: header, path: path).chain(db, of: count - 1) == chain
    else { return nil }
    self.moment = moment
    self.chain = chain
  }

  init(moment: RunMoment, chain: Chain) {
    self.moment = moment
    self.chain = chain
  }

  /// Stores it in the place of the one before.
  func write(_ db: Database) throws {
    let content = moment.packed()
    let checksum = content.withUnsafeBytes { Checksum.of($0, seed: chain.value) }
    try db.execute(
      sql: """
        INSERT OR REPLACE INTO snapshot (one, version, count, chain, checksum, content)
        VALUES (1, ?, ?, ?, ?, ?)
        """,
      arguments: [
        RunMoment.packingVersion, moment.count, Int64(bitPattern: chain.value),
        Int64(bitPattern: checksum), Data(content),
      ])
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
