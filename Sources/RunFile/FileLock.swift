import Glibc

/// Locks of open file descriptions (fcntl(2)): the system frees one when the last descriptor of its
/// description is closed, however the process ends; and unlike a plain POSIX lock it is not lost when
/// another part of the process opens and closes the same file.
enum FileLock {
  // From <asm-generic/fcntl.h>; the Glibc module hides what needs `_GNU_SOURCE`.
  private static let getLock: Int32 = 36
  private static let setLock: Int32 = 37

  enum Outcome {
    case taken
    /// Another has it.
    case held
    /// `errno` says why.
    case failed
  }

  /// Locks one byte, or from the start all that there is or will be.
  static func take(_ descriptor: Int32, at byte: off_t? = nil) -> Outcome {
    var lock = whole(byte)
    if fcntl(descriptor, setLock, &lock) == 0 { return .taken }
    return errno == EAGAIN || errno == EACCES ? .held : .failed
  }

  static func free(_ descriptor: Int32, at byte: off_t? = nil) {
    var lock = whole(byte)
    lock.l_type = Int16(F_UNLCK)
    _ = fcntl(descriptor, setLock, &lock)
  }

  /// Whether another description has it locked.
  static func isTaken(_ descriptor: Int32) -> Bool {
    var lock = whole(nil)
    return fcntl(descriptor, getLock, &lock) == 0 && Int32(lock.l_type) != F_UNLCK
  }

  private static func whole(_ byte: off_t?) -> flock {
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    lock.l_whence = Int16(SEEK_SET)
    if let byte { (lock.l_start, lock.l_len) = (byte, 1) }
    return lock
  }
}
