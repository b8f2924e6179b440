import Dispatch
import GRDB
import Locking
package import Tree

extension RunFile {
  /// The run as it is by now: from its snapshot, where there is one, and the events after it.
  ///
  /// The events before the snapshot are not looked at; `verify` does.
  /// - Parameter whole: false leaves what is known of the nodes in the file until somebody looks at
  ///   one of them.
  /// - Throws: `RunFileError.damaged`, naming the first event after it that is not as it was written.
  package func moment(whole: Bool = true) throws -> RunMoment {
    let (moment, damage) = try soundMoment(whole: whole)
    if let damage { throw damage }
    return moment
  }

  /// As `moment`; that of a damaged file is about as far as its events are good.
  package func soundMoment(
    whole: Bool = true
  ) throws -> (moment: RunMoment, damage: RunFileError?) {
    var moment = try snapshot(whole: whole) ?? RunMoment(configuration: configuration)
    do {
      try forEachBatch(from: moment.count, to: try count()) { events in
        for event in events { moment.take(event) }
      }
    } catch let error as RunFileError {
      guard case .damaged = error else { throw error }
      return (moment, error)
    }
    return (moment, nil)
  }

  /// The run as it was when its snapshot was taken; nil without a good one.
  func snapshot(whole: Bool) throws -> RunMoment? {
    let found: (snapshot: Snapshot, pages: [[UInt8]]?)? = try reporting(path) {
      try database.read { db in
        guard let snapshot = try Snapshot(db, header: header, path: path) else { return nil }
        return (snapshot, whole ? try snapshot.pages(db) : nil)
      }
    }
    guard let (snapshot, pages) = found else { return nil }
    let moment: RunMoment?
    if whole {
      guard let pages else { return nil }
      let packed = PackedMoment(head: snapshot.head, pages: pages)
      moment = try? RunMoment(configuration: configuration, packed: packed)
    } else {
      moment = try? RunMoment(
        configuration: configuration, head: snapshot.head, pages: StoredPages(self, snapshot))
    }
    guard let moment, moment.count == snapshot.count else { return nil }
    spared.withLock { $0 = max($0, moment.count) }
    return moment
  }

  /// Whether `moment` is there in an instant: most of the events are in the snapshot, or they are few.
  package func opensQuickly() throws -> Bool {
    let kept = try reporting(path) {
      try database.read { try snapshotCount($0) }
    }
    return try count() - kept <= Self.quickEvents
  }

  /// Events that are folded before one has blinked.
  private static let quickEvents = 20_000
  /// Fewer events after the last snapshot are not worth another.
  private static let fewestEvents = 2_000

  /// How many events are in the snapshot; 0 without one.
  private func snapshotCount(_ db: Database) throws -> Int {
    guard try db.tableExists("snapshot") else { return 0 }
    return try Int.fetchOne(
      db, sql: "SELECT count FROM snapshot WHERE version = ?",
      arguments: [RunMoment.packingVersion]) ?? 0
  }

  /// Takes a snapshot in the background when the history has doubled since the last: were the process
  /// killed now, the next to open the run would have to fold the other half only.
  func takeSnapshotSoon(count: Int) {
    let isDue = snapshotsDue.withLock { due in
      guard count >= due else { return false }
      due = 2 * count
      return true
    }
    guard isDue else { return }
    DispatchQueue.global(qos: .utility).async { [weak self] in self?.takeSnapshot() }
  }

  /// Takes a snapshot where enough has happened since the last. What goes wrong is no matter here: the
  /// file is complete without it.
  func takeSnapshot() {
    snapshotting.withLock { _ in
      guard writer.withLock({ $0.isOpen }) else { return }
      try? reporting(path) {
        let kept = try database.read { try snapshotCount($0) }
        guard try count() - kept >= Self.fewestEvents else { return }
        let moment = try moment()
        try database.write { db in
          let reader = EventReader(header: header, path: path)
          guard let chain = try reader.chain(db, of: moment.count - 1) else { return }
          try Snapshot.write(moment, chain: chain, to: db)
        }
      }
    }
  }
}
