import Glibc

/// A value behind a mutex.
///
/// Not `Synchronization.Mutex`: on Linux it waits by futexes inside an uninstrumented library, and the
/// thread sanitizer, by which the program is checked, reports races that are none.
package final class Locked<Value: Sendable>: @unchecked Sendable {
  // Unchecked: `value` is touched only between lock and unlock of `mutex`, which lives at a fixed
  // address until no reference is left.
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private var value: Value

  package init(_ value: Value) {
    self.value = value
    let code = pthread_mutex_init(mutex, nil)
    precondition(code == 0, "pthread_mutex_init: \(code)")
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  /// Never call out to unknown code from inside: the mutex isn't recursive.
  package func withLock<Result, Failure: Error>(
    _ body: (inout Value) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try body(&value)
  }
}
