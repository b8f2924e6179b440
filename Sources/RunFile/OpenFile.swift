import Locking

/// Keeps a run file known as open in this process, from before SQLite opens it until this is let go.
///
/// A process that closes any descriptor of a file loses all its POSIX locks on that file, those of
/// SQLite included (sqlite.org/howtocorrupt.html, 2.2): a writer elsewhere would then believe that
/// nobody reads, and take the log away. So the first bytes of a file are looked at only where SQLite
/// does not have it open here.
final class OpenFile: Sendable {
  private static let counts = Locked<[PrivateFile.Identity: Int]>([:])
  private let identity: PrivateFile.Identity?

  /// - Throws: `RunFileError` when there is no such file, or it is no run.
  init(checking path: String) throws {
    let identity = PrivateFile.identity(of: path)
    self.identity = identity
    try Self.counts.withLock { counts in
      if identity.flatMap({ counts[$0] }) == nil { try Header.checkFormat(of: path) }
      if let identity { counts[identity, default: 0] += 1 }
    }
  }

  deinit {
    guard let identity else { return }
    Self.counts.withLock { counts in
      let left = counts[identity, default: 0] - 1
      counts[identity] = left > 0 ? left : nil
    }
  }
}
