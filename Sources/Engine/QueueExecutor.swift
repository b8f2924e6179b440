import Dispatch

/// Runs an actor on a serial Dispatch queue.
///
/// `DispatchSerialQueue`, which would do this, is missing from Dispatch on Linux
/// (swift-corelibs-libdispatch issue 848).
final class QueueExecutor: SerialExecutor {
  private let queue: DispatchQueue

  init(label: String) {
    queue = DispatchQueue(label: label)
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async {
      // Not as a task executor, too: then each await of the actor on itself would go through the queue.
      job.runSynchronously(on: self.asUnownedSerialExecutor())
    }
  }

  func checkIsolated() {
    dispatchPrecondition(condition: .onQueue(queue))
  }
}
