import Glibc
import Locking

/// Keeps a run file known as open in this process, from before SQLite opens it until this is let go.
///
/// A process that closes any descriptor of a file loses all its POSIX locks on that file, those of
/// SQLite included (sqlite.org/howtocorrupt.html, 2.2): a writer elsewhere would then believe that
/// nobody reads, and take the log away. So the first bytes of a file are looked at only where SQLite
/// does not have it open here, and the descriptor of a writer's claim is closed with the last.
final class OpenFile: Sendable {
  /// What is known here of a file that is open.
  private struct Use {
    var wasInLogMode: Bool
    var count = 0
    /// Of the file itself, once somebody here has written it.
    var descriptor: Int32?
    var writer: ObjectIdentifier?
  }

  private static let uses = Locked<[PrivateFile.Identity: Use]>([:])
  private let identity: PrivateFile.Identity?
  /// When it was opened here, SQLite read the file with a log beside it.
  let wasInLogMode: Bool

  /// - Throws: `RunFileError` when there is no such file, or it is no run.
  convenience init(checking path: String) throws {
    try self.init(path, look: Header.checkFormat(of:))
  }

  /// - Parameter look: at the file, where it is not open yet; says whether it is in log mode.
  init(_ path: String, look: (String) throws -> Bool) throws {
    let identity = PrivateFile.identity(of: path)
    self.identity = identity
    wasInLogMode = try Self.uses.withLock { uses in
      let known = identity.flatMap { uses[$0] }
      var use = try known ?? Use(wasInLogMode: look(path))
      use.count += 1
      if let identity { uses[identity] = use }
      return use.wasInLogMode
    }
  }

  /// Whether it is open in this process, by whatever path.
  static func isOpen(_ path: String) -> Bool {
    guard let identity = PrivateFile.identity(of: path) else { return false }
    return uses.withLock { $0[identity] != nil }
  }

  deinit {
    release()
    guard let identity else { return }
    Self.uses.withLock { uses in
      uses[identity]?.count -= 1
      guard let use = uses[identity], use.count <= 0 else { return }
      if let descriptor = use.descriptor { close(descriptor) }
      uses[identity] = nil
    }
  }

  /// Takes the file itself for one writer: the lock beside it may be removed by hand, and a hard link
  /// has another. Until `release`, or the end of the process.
  ///
  /// - Returns: false where somebody else has it.
  /// - Throws: `RunFileError` where it can't be written.
  func claim(_ path: String) throws -> Bool {
    guard let identity else { return false }
    return try Self.uses.withLock { uses in
      guard uses[identity]?.writer == nil else { return false }
      let descriptor = try uses[identity]?.descriptor ?? Self.descriptor(of: path)
      uses[identity]?.descriptor = descriptor
      // A file system that does not lock so far leaves it to the lock beside the file.
      if FileLock.take(descriptor, at: Self.claimed) == .held { return false }
      uses[identity]?.writer = ObjectIdentifier(self)
      return true
    }
  }

  /// Lets another writer have the file.
  func release() {
    guard let identity else { return }
    Self.uses.withLock { uses in
      guard let use = uses[identity], use.writer == ObjectIdentifier(self),
        let descriptor = use.descriptor
      else { return }
      FileLock.free(descriptor, at: Self.claimed)
      uses[identity]?.writer = nil
    }
  }

  /// The byte that is locked, far behind any that there is and those that SQLite locks.
  private static let claimed: off_t = 1 << 62

  private static func descriptor(of path: String) throws -> Int32 {
    let descriptor = open(path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { throw PrivateFile.writeFault(path) }
    return descriptor
  }
}
