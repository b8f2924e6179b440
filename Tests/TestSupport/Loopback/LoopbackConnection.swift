import Glibc

/// One connection of the loopback server, served by a thread of its own.
package final class LoopbackConnection: Sendable {
  private let descriptor: Int32
  /// Readable once the server stops.
  private let stop: Int32

  init(descriptor: Int32, stop: Int32) {
    self.descriptor = descriptor
    self.stop = stop
  }

  /// - Returns: false when the client has left.
  package func send(_ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count > 0 {
        sent += count
      } else if count < 0 && errno == EAGAIN {
        guard wait(for: POLLOUT, seconds: nil) else { return false }
      } else {
        return false
      }
    }
    return true
  }

  /// Sleeps until there is something to read, or the time is over.
  ///
  /// - Returns: false when the server stops or the time is over.
  func wait(for events: Int32, seconds: Double?) -> Bool {
    var polled = [
      pollfd(fd: descriptor, events: Int16(events), revents: 0),
      pollfd(fd: stop, events: Int16(POLLIN), revents: 0),
    ]
    let count = poll(&polled, 2, seconds.map { Int32($0 * 1000) } ?? -1)
    return count > 0 && polled[1].revents == 0
  }

  /// - Returns: whether another descriptor became readable before the client left or the server
  ///   stopped.
  func waitUnlessLeft(for other: Int32) -> Bool {
    var isWatched = true
    while true {
      var polled = [
        pollfd(fd: other, events: Int16(POLLIN), revents: 0),
        pollfd(fd: stop, events: Int16(POLLIN), revents: 0),
        pollfd(fd: isWatched ? descriptor : -1, events: Int16(POLLIN), revents: 0),
      ]
      guard poll(&polled, 3, -1) > 0 else { continue }
      if polled[0].revents != 0 { return true }
      if polled[1].revents != 0 || !isOpen { return false }
      isWatched = false
    }
  }

  /// - Returns: nil when the client has left or the server stops.
  func read() -> [UInt8]? {
    while true {
      var buffer = [UInt8](repeating: 0, count: 65536)
      guard wait(for: POLLIN, seconds: nil) else { return nil }
      let count = recv(descriptor, &buffer, buffer.count, 0)
      if count > 0 { return Array(buffer[..<count]) }
      if count == 0 || errno != EAGAIN { return nil }
    }
  }

  /// Whether the client is still there; what it sends meanwhile is not taken.
  package var isOpen: Bool {
    var byte: UInt8 = 0
    let count = recv(descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT))
    return count > 0 || (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
  }

  /// - Returns: whether the connection goes on.
  package func perform(_ reply: LoopbackReply) -> Bool {
    for step in reply.steps {
      switch step {
      case .bytes(let bytes): if !send(bytes) { return false }
      case .pause(let duration): if !pause(duration) { return false }
      case .endlessly(let bytes, let every):
        while send(bytes), pause(every) {}
        return false
      case .hang:
        while pause(.seconds(3600)) {}
        return false
      case .reset:
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(
          descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
        return false
      case .close: return false
      }
    }
    return true
  }

  /// - Returns: false when the client leaves or the server stops meanwhile.
  package func pause(_ duration: Duration) -> Bool {
    let (seconds, attoseconds) = duration.components
    if wait(for: POLLIN, seconds: Double(seconds) + Double(attoseconds) * 1e-18) {
      return isOpen
    }
    var polled = pollfd(fd: stop, events: Int16(POLLIN), revents: 0)
    return poll(&polled, 1, 0) == 0
  }
}
