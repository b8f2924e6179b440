import Glibc

/// A follower's end of what the writer tells besides the file. Used by one thread.
package final class AsideListener {
  private let descriptor: Int32
  private var unread: [UInt8] = []

  /// How long one look waits, so that who looks can end.
  private static let patience = 250
  /// No line of a writer is that long.
  private static let longestLine = 8 << 20

  /// - Returns: nil where nobody writes the run, or one who does not speak.
  package init?(_ file: RunFile) {
    guard let process = RunFile.writer(of: file.path),
      let descriptor = AsideSocket.connect(file.asideName(of: process), to: file.path)
    else { return nil }
    self.descriptor = descriptor
    AsideSocket.limit(SO_RCVTIMEO, of: descriptor, milliseconds: Self.patience)
  }

  deinit { close(descriptor) }

  /// What has been told since the last look; waits a moment where there is nothing.
  ///
  /// - Returns: nil when the writer has ended, or has left this one behind.
  package func next() -> [Aside]? {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    guard count > 0 else {
      return count < 0 && [EAGAIN, EINTR].contains(errno) ? [] : nil
    }
    unread += buffer[..<count]
    guard unread.count < Self.longestLine else { return nil }
    guard let end = unread.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
    defer { unread.removeFirst(end + 1) }
    return unread[..<end].split(separator: UInt8(ascii: "\n")).compactMap(Aside.init(line:))
  }
}
