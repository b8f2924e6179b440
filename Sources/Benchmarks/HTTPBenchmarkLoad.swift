import Glibc
import HTTP
import Models

/// A load of the HTTP benchmark, run by a process of its own:
/// `espalier-bench http-load KIND PORT WIDTH CALLS`.
struct HTTPBenchmarkLoad {
  enum Kind: String {
    /// By this program's client, with replies in one piece.
    case whole
    /// The same with replies as a stream of events.
    case streamed
    /// No client at all: request and reply are bytes, and nobody reads them. What the server can do.
    case bare
  }

  private let kind: Kind
  private let port: UInt16
  private let width: Int
  private let calls: Int

  /// - Parameter arguments: behind `http-load`.
  init?(_ arguments: some Collection<String>) {
    let arguments = Array(arguments)
    guard arguments.count == 4, let kind = Kind(rawValue: arguments[0]),
      let port = UInt16(arguments[1]), let width = Int(arguments[2]), let calls = Int(arguments[3])
    else { return nil }
    self.kind = kind
    self.port = port
    self.width = width
    self.calls = calls
  }

  func run() async throws {
    switch kind {
    case .whole: try await send(streams: false)
    case .streamed: try await send(streams: true)
    case .bare: try sendBare()
    }
  }

  /// As many callers as calls are to be in flight, each with one at a time.
  private func send(streams: Bool) async throws {
    let model = try Endpoints(client: HTTPClient()).model(
      OpenAIEndpoint.Configuration(
        baseURL: "http://127.0.0.1:\(port)", model: "m", streams: streams, maxConcurrency: width))
    let request = ModelRequest(messages: [.init(.user, Self.question)])
    try await withThrowingTaskGroup(of: Void.self) { group in
      for caller in 0..<width {
        group.addTask {
          for _ in stride(from: caller, to: calls, by: width) {
            _ = try await model.reply(to: request)
          }
        }
      }
      try await group.waitForAll()
    }
  }

  private func sendBare() throws {
    let request = Array(
      """
      POST /v1/chat/completions HTTP/1.1\r
      Host: 127.0.0.1\r
      Content-Length: 2\r
      \r
      {}
      """.utf8)
    var reply = [UInt8](repeating: 0, count: HTTPBenchmarkServer.whole.count)
    let connections = try (0..<width).map { _ in try Self.connection(to: port) }
    defer { for connection in connections { close(connection) } }
    for start in stride(from: 0, to: calls, by: width) {
      let batch = connections.prefix(calls - start)
      for connection in batch { _ = Glibc.send(connection, request, request.count, 0) }
      for connection in batch {
        guard recv(connection, &reply, reply.count, Int32(MSG_WAITALL)) == reply.count
        else { throw Failure.noReply }
      }
    }
  }

  private static func connection(to port: UInt16) throws -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in(loopbackPort: port)
    let code = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard code == 0 else { throw Failure.noReply }
    return descriptor
  }

  private enum Failure: Error { case noReply }

  static let question = "Is this answer helpful? Score it from 1 to 5 with a reason."
}

extension sockaddr_in {
  /// - Parameter loopbackPort: 0 for one that is free.
  init(loopbackPort: UInt16) {
    self.init()
    sin_family = sa_family_t(AF_INET)
    sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
    sin_port = loopbackPort.bigEndian
  }
}
