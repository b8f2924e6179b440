import Glibc

/// The server of the HTTP benchmark: answers every request with the same small completion, from one
/// thread that does nothing else.
struct HTTPBenchmarkServer {
  let port: String
  var url: String { "http://127.0.0.1:\(port)" }
  private let process: ChildProcess

  /// Starts it as a process of its own.
  static func start() throws -> HTTPBenchmarkServer {
    let process = try ChildProcess(["/proc/self/exe", "http-server"])
    return HTTPBenchmarkServer(port: process.readLine(), process: process)
  }

  func stop() {
    process.endInput()
    _ = process.wait()
  }

  /// What that process does: prints its port and serves until its input ends, as it does with the
  /// process that started it.
  static func serve() -> Never {
    var watch = pthread_t()
    pthread_create(
      &watch, nil,
      { _ in
        var byte: UInt8 = 0
        while read(0, &byte, 1) > 0 {}
        exit(0)
      }, nil)
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in(loopbackPort: 0)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = bind(listener, $0, size)
        _ = listen(listener, 1024)
        _ = getsockname(listener, $0, &size)
      }
    }
    let line = Array("\(UInt16(bigEndian: address.sin_port))\n".utf8)
    _ = write(1, line, line.count)
    answer(listener)
  }

  /// A connection, with the request that has not come whole yet.
  private final class Connection {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    var held = 0
  }

  private static func answer(_ listener: Int32) -> Never {
    var watched = [pollfd(fd: listener, events: Int16(POLLIN), revents: 0)]
    var connections: [Int32: Connection] = [:]
    while true {
      poll(&watched, nfds_t(watched.count), -1)
      for index in watched.indices.dropFirst().reversed() where watched[index].revents != 0 {
        let descriptor = watched[index].fd
        if let connection = connections[descriptor], serve(descriptor, connection) { continue }
        connections[descriptor] = nil
        close(descriptor)
        watched.remove(at: index)
      }
      guard watched[0].revents != 0 else { continue }
      let accepted = accept(listener, nil, nil)
      guard accepted >= 0 else { continue }
      var on: Int32 = 1
      setsockopt(accepted, Int32(IPPROTO_TCP), TCP_NODELAY, &on, 4)
      connections[accepted] = Connection()
      watched.append(pollfd(fd: accepted, events: Int16(POLLIN), revents: 0))
    }
  }

  /// - Returns: whether the connection lives on.
  private static func serve(_ descriptor: Int32, _ connection: Connection) -> Bool {
    let held = connection.held
    return connection.bytes.withUnsafeMutableBytes { bytes in
      let count = recv(descriptor, bytes.baseAddress.map { $0 + held }, bytes.count - held, 0)
      guard count > 0 else { return false }
      let request = UnsafeRawBufferPointer(rebasing: bytes[..<(held + count)])
      guard let end = request.end(of: "\r\n\r\n", from: 0),
        let length = request.contentLength(before: end), request.count >= end + length
      else {
        connection.held = held + count
        return true
      }
      connection.held = 0
      let streams = request.end(of: "\"stream\":true", from: end) != nil
      let reply = streams ? streamed : whole
      return send(descriptor, reply, reply.count, Int32(MSG_NOSIGNAL)) == reply.count
    }
  }

  static let whole: [UInt8] = {
    let body = #"""
      {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"The answer is clear and kind, and it says what to do next: 4."},"finish_reason":"stop"}],"usage":{"prompt_tokens":20,"completion_tokens":16,"total_tokens":36}}
      """#
    let head =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
    return Array((head + body).utf8)
  }()

  private static let streamed: [UInt8] = {
    let words = ["The", " answer", " is", " clear", " and", " kind", ":", " 4", "."]
    let events =
      words.map { #"{"choices":[{"index":0,"delta":{"content":"\#($0)"}}]}"# } + [
        #"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#,
        #"{"choices":[],"usage":{"prompt_tokens":20,"completion_tokens":9}}"#, "[DONE]",
      ]
    var text =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
    for event in events {
      let data = "data: \(event)\n\n"
      text += String(data.utf8.count, radix: 16) + "\r\n" + data + "\r\n"
    }
    return Array((text + "0\r\n\r\n").utf8)
  }()
}

extension UnsafeRawBufferPointer {
  /// Where the first such text ends. The standard library's `firstRange(of:)` would take longer than
  /// all else that the server does.
  fileprivate func end(of text: StaticString, from start: Int) -> Int? {
    let wanted = text.utf8CodeUnitCount
    guard let base = baseAddress, count >= wanted else { return nil }
    let last = count - wanted
    var index = start
    while index <= last,
      let found = memchr(base + index, Int32(text.utf8Start[0]), last - index + 1)
    {
      index = UnsafeRawPointer(found) - base
      if memcmp(found, text.utf8Start, wanted) == 0 { return index + wanted }
      index += 1
    }
    return nil
  }

  fileprivate func contentLength(before end: Int) -> Int? {
    let head = UnsafeRawBufferPointer(rebasing: self[..<end])
    // curl writes it so; Python's clients may write it either way.
    guard
      let start = head.end(of: "Content-Length: ", from: 0)
        ?? head.end(of: "content-length: ", from: 0)
    else { return nil }
    return head[start...].prefix { (0x30...0x39).contains($0) }
      .reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }
}
