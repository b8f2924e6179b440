import GRDB

extension Salvage {
  /// Gathers what is good of the ledger, also behind what is not.
  ///
  /// - Parameter mark: as for the events.
  mutating func readCalls(_ db: Database, notedBefore mark: WriterLock.Mark?) {
    var good: [Int: TimedCall] = [:]
    var next = Int.min
    let found = (try? Int.fetchOne(db, sql: "SELECT max(id) FROM call")) ?? nil
    let count = readCallCount(db)
    let last = lastCall(found ?? count ?? 0)
    repeat {
      do {
        let rows = try Row.fetchCursor(
          db, sql: "SELECT * FROM call WHERE id >= ? ORDER BY id", arguments: [next])
        while let row = try rows.next() {
          next = max(next, try row.checked("id", as: Int.self) &+ 1)
          guard let call = try? CallRow(row), let timed = try? call.timed else { continue }
          good[call.id] = timed
          if call.isReplyDamaged { damage.append(.reply(call: call.id)) }
        }
        break
      } catch {
        // Its page can't be read, and the next call may be in another.
        next = max(next, 0) &+ 1
      }
    } while next <= last
    calls = good.sorted { $0.key < $1.key }.map(\.value)

    var expected = 1
    for id in good.keys.sorted() {
      if expected < id { damage.append(.calls(expected...id - 1)) }
      expected = id + 1
    }
    let noted = mark.flatMap { $0.runID == header?.id ? $0.calls : nil }
    let end = max(count ?? last, noted ?? 0)
    if expected <= end { damage.append(.calls(expected...end)) }
    // A row too many is no call of its own where one is missed that it may have been.
    let isComplete = expected > end && good.count == end
    if let count, count < max(expected - 1, isComplete ? found ?? 0 : 0) {
      damage.append(.callCount)
    }
  }

  /// How many calls there must be; nil where nothing says it.
  private mutating func readCallCount(_ db: Database) -> Int? {
    do {
      return try db.callCount()
    } catch is ColumnFault {
      damage.append(.callCount)
    } catch {
      // The table can't be read, which is told of the events.
    }
    return nil
  }

  /// The last call that there may be; never more than the file and its log can hold.
  private func lastCall(_ told: Int) -> Int {
    let bytes = ["", "-wal"].reduce(0) {
      $0 + (PrivateFile.size(of: PrivateFile.companion($1, of: path)) ?? 0)
    }
    let fewestBytes = 40
    return min(told, bytes / fewestBytes)
  }
}
