import Dispatch

/// Runs an actor, and the child tasks that prefer it, on one serial Dispatch queue.
///
/// `DispatchSerialQueue`, which would do this, is missing from Dispatch on Linux
/// (swift-corelibs-libdispatch issue 848).
final class QueueExecutor: SerialExecutor, TaskExecutor {
  private let queue: DispatchQueue

  init(label: String) {
    queue = DispatchQueue(label: label)
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async {
      job.runSynchronously(
        isolatedTo: self.asUnownedSerialExecutor(), taskExecutor: self.asUnownedTaskExecutor())
    }
  }

  func checkIsolated() {
    dispatchPrecondition(condition: .onQueue(queue))
  }
}
