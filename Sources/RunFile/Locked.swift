import Glibc

/// A value behind a mutex.
///
/// Of pthread and not of `Synchronization`: the thread sanitizer does not understand the latter on
/// Linux.
final class Locked<Value>: @unchecked Sendable {
  // Unchecked: `value` is touched only between lock and unlock of `mutex`, which lives at a fixed
  // address until no reference is left.
  private var value: Value
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>

  init(_ value: sending Value) {
    self.value = value
    mutex = .allocate(capacity: 1)
    mutex.initialize(to: pthread_mutex_t())
    pthread_mutex_init(mutex, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try body(&value)
  }
}
