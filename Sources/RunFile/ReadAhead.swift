import Dispatch
import Locking
import Tree

/// Batches of events in their order, of which the next are read on other threads while one is used.
struct ReadAhead {
  private let file: RunFile
  private let end: Int
  private var upcoming: Int
  private var pending: [Promise] = []

  /// Events a batch: enough to be worth a thread, and few enough to begin soon.
  private static let batch = 8_192
  /// Batches at once: SQLite has as many readers.
  private static let width = 3

  /// A batch on its way.
  private final class Promise: Sendable {
    private let result = Locked<Result<[RecordedEvent], any Error>>(.success([]))
    private let isDone = DispatchSemaphore(value: 0)

    init(_ file: RunFile, from start: Int, limit: Int) {
      DispatchQueue.global(qos: .userInitiated).async { [self] in
        let events = Result { try file.decoded(from: start, limit: limit) }
        result.withLock { $0 = events }
        isDone.signal()
      }
    }

    func value() throws -> [RecordedEvent] {
      isDone.wait()
      return try result.withLock { $0 }.get()
    }
  }

  init(_ file: RunFile, from start: Int, to end: Int) {
    self.file = file
    self.end = end
    upcoming = start
  }

  /// - Returns: nil after the last.
  mutating func next() throws -> [RecordedEvent]? {
    // A few are sooner read than handed over.
    if pending.isEmpty, end - upcoming <= Self.batch {
      defer { upcoming = end }
      return upcoming < end ? try file.decoded(from: upcoming, limit: end - upcoming) : nil
    }
    while pending.count < Self.width, upcoming < end {
      let count = min(Self.batch, end - upcoming)
      pending.append(Promise(file, from: upcoming, limit: count))
      upcoming += count
    }
    return pending.isEmpty ? nil : try pending.removeFirst().value()
  }
}
