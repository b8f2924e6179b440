import Glibc

/// A port of 127.0.0.1 where every connection is refused: held, so that nobody else gets it, and not
/// listened at.
package final class RefusingPort: Sendable {
  package let port: Int
  private let descriptor: Int32

  package var url: String { "http://127.0.0.1:\(port)" }

  package init() throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw LoopbackError.system("socket", errno) }
    keepFromChildren(descriptor)
    guard let port = bindToLoopback(descriptor) else {
      let code = errno
      close(descriptor)
      throw LoopbackError.system("bind", code)
    }
    self.descriptor = descriptor
    self.port = port
  }

  deinit { close(descriptor) }
}

/// - Returns: the free port that the system chose, nil when it would not.
func bindToLoopback(_ descriptor: Int32) -> Int? {
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
  var size = socklen_t(MemoryLayout<sockaddr_in>.size)
  let isBound = withUnsafeMutablePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
    }
  }
  return isBound ? Int(UInt16(bigEndian: address.sin_port)) : nil
}

/// - Returns: whether there is somebody.
func connectToLoopback(_ descriptor: Int32, port: Int) -> Bool {
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
  address.sin_port = in_port_t(port).bigEndian
  return withUnsafePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
    }
  }
}
