/// Keeps tasks back until it is opened, so that a test can look at a run while calls are in flight.
package actor Gate {
  private var isOpen: Bool
  private var waiting: [Int: CheckedContinuation<Void, any Error>] = [:]
  private var tickets = 0
  private var watchers: [(condition: Condition, continuation: CheckedContinuation<Void, Never>)] =
    []
  private var cancelled = 0

  /// How many wait, and how many were called back while they waited.
  package typealias Condition = @Sendable (_ waiting: Int, _ cancelled: Int) -> Bool

  package init(isOpen: Bool = false) { self.isOpen = isOpen }

  /// Waits until the gate opens.
  ///
  /// - Throws: `CancellationError`
  package func pass() async throws {
    guard !isOpen else { return }
    tickets += 1
    let ticket = tickets
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation {
        (continuation: CheckedContinuation<Void, any Error>) in
        guard !Task.isCancelled else {
          cancelled += 1
          tell()
          return continuation.resume(throwing: CancellationError())
        }
        waiting[ticket] = continuation
        tell()
      }
    } onCancel: {
      Task { await self.cancel(ticket) }
    }
  }

  package func open() {
    isOpen = true
    for continuation in waiting.values { continuation.resume() }
    waiting = [:]
  }

  package func close() { isOpen = false }

  /// Returns when it is so.
  package func until(_ condition: @escaping Condition) async {
    guard !condition(waiting.count, cancelled) else { return }
    await withCheckedContinuation { watchers.append((condition, $0)) }
  }

  private func cancel(_ ticket: Int) {
    guard let continuation = waiting.removeValue(forKey: ticket) else { return }
    cancelled += 1
    continuation.resume(throwing: CancellationError())
    tell()
  }

  private func tell() {
    let isDue = watchers.map { $0.condition(waiting.count, cancelled) }
    for (watcher, isDue) in zip(watchers, isDue) where isDue { watcher.continuation.resume() }
    watchers = zip(watchers, isDue).filter { !$1 }.map(\.0)
  }
}
