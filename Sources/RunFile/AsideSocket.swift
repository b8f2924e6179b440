import Glibc

/// Stream sockets between a writer and its followers on one machine.
///
/// Their names are abstract ones of Linux (unix(7)), drawn from the run and its writer's process: they
/// have no file, so that nothing is left of them however a process ends. As such a name has no
/// permissions either, each end looks who is at the other: nobody but those who may read the file.
enum AsideSocket {
  /// - Returns: a descriptor that listens; nil where that can't be had.
  static func listen(_ name: String) -> Int32? {
    open(name) { descriptor, address, length in
      bind(descriptor, address, length) == 0 && Glibc.listen(descriptor, 8) == 0
    }
  }

  /// - Returns: a descriptor; nil where nobody listens whom the owner of the file would trust.
  static func connect(_ name: String, to path: String) -> Int32? {
    open(name) { descriptor, address, length in
      Glibc.connect(descriptor, address, length) == 0 && isTrusted(descriptor, with: path)
    }
  }

  /// - Returns: nil where nobody waits, or somebody who may not read the file.
  static func accept(_ listener: Int32, for path: String) -> Int32? {
    let descriptor = Glibc.accept(listener, nil, nil)
    guard descriptor >= 0 else { return nil }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    guard isTrusted(descriptor, with: path) else {
      close(descriptor)
      return nil
    }
    return descriptor
  }

  /// - Parameter option: `SO_RCVTIMEO` or `SO_SNDTIMEO`.
  static func limit(_ option: Int32, of descriptor: Int32, milliseconds: Int) {
    var time = timeval(tv_sec: milliseconds / 1000, tv_usec: milliseconds % 1000 * 1000)
    setsockopt(descriptor, SOL_SOCKET, option, &time, socklen_t(MemoryLayout<timeval>.size))
  }

  private static func open(
    _ name: String, _ use: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Bool
  ) -> Int32? {
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    let descriptor = socket(AF_UNIX, kind, 0)
    guard descriptor >= 0 else { return nil }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    // Behind a NUL, which makes it abstract.
    let bytes = Array(name.utf8.prefix(MemoryLayout.size(ofValue: address.sun_path) - 1))
    withUnsafeMutableBytes(of: &address.sun_path) { path in
      for (index, byte) in bytes.enumerated() { path[index + 1] = byte }
    }
    let length = MemoryLayout<sa_family_t>.size + 1 + bytes.count
    let isGood = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        use(descriptor, $0, socklen_t(length))
      }
    }
    if isGood { return descriptor }
    close(descriptor)
    return nil
  }

  /// Whether the process at the other end is the owner's of the file, or the system's.
  private static func isTrusted(_ descriptor: Int32, with path: String) -> Bool {
    // As `struct ucred`, which the Glibc module hides: process, user, group.
    var peer: [UInt32] = [0, .max, .max]
    var length = socklen_t(peer.count * MemoryLayout<UInt32>.size)
    var file = stat()
    guard getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0,
      stat(path, &file) == 0
    else { return false }
    return peer[1] == 0 || peer[1] == file.st_uid
  }
}

extension RunFile {
  /// Where the process that writes the run speaks.
  func asideName(of process: Int32) -> String { "espalier/\(header.id)/\(process)" }
}
