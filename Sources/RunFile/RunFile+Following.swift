import GRDB
import Locking
package import Tree

extension RunFile {
  /// The events from an ordinal on, and then each new one soon after it has been committed, by
  /// whatever process. Ends with an error of the file, or when the task that waits is cancelled.
  ///
  /// Batches are small enough that a first picture of a long run need not wait for the rest.
  ///
  /// - Parameter interval: how often to look; a look that finds nothing reads one row.
  package func follow(
    from ordinal: Int = 0, every interval: Duration = .milliseconds(50),
    clock: any Clock<Duration> = ContinuousClock()
  ) -> AsyncThrowingStream<[RecordedEvent], any Error> {
    let next = Locked(ordinal)
    return AsyncThrowingStream { [self] in
      while !Task.isCancelled {
        let from = next.withLock { $0 }
        if try count() > from {
          let events = try events(from: from, limit: Self.batch)
          next.withLock { $0 += events.count }
          return events
        }
        do {
          try await clock.sleep(for: interval)
        } catch {
          return nil
        }
      }
      return nil
    }
  }

  private static let batch = 2_000
}
