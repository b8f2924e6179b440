import Glibc

/// The server of the HTTP benchmark: answers every request with the same small completion, as fast as
/// a thread a connection can.
struct HTTPBenchmarkServer {
  let url: String
  private let process: ChildProcess

  /// Starts it as a process of its own.
  static func start() throws -> HTTPBenchmarkServer {
    let process = try ChildProcess(["/proc/self/exe", "http-server"])
    return HTTPBenchmarkServer(url: "http://127.0.0.1:\(process.readLine())", process: process)
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
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
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
    while true {
      let descriptor = accept(listener, nil, nil)
      guard descriptor >= 0 else { continue }
      var on: Int32 = 1
      setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, 4)
      var thread = pthread_t()
      pthread_create(
        &thread, nil,
        { context in
          HTTPBenchmarkServer.serve(Int32(Int(bitPattern: context)))
          return nil
        }, UnsafeMutableRawPointer(bitPattern: Int(descriptor)))
      pthread_detach(thread)
    }
  }

  private static func serve(_ descriptor: Int32) {
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var held = 0
    while true {
      let count = buffer.withUnsafeMutableBytes { bytes in
        recv(descriptor, bytes.baseAddress.map { $0 + held }, bytes.count - held, 0)
      }
      guard count > 0 else { return }
      held += count
      guard let (length, streams) = request(buffer[..<held]), held >= length else { continue }
      held = 0
      let reply = streams ? streamed : whole
      guard send(descriptor, reply, reply.count, Int32(MSG_NOSIGNAL)) == reply.count else { return }
    }
  }

  /// The length of the request at the start of the bytes, once its head is there.
  private static func request(_ bytes: ArraySlice<UInt8>) -> (length: Int, streams: Bool)? {
    guard let end = bytes.firstRange(of: [0x0d, 0x0a, 0x0d, 0x0a]) else { return nil }
    let head = bytes[..<end.lowerBound]
    let name = Array("content-length: ".utf8)
    let found =
      head.firstRange(of: Array("Content-Length: ".utf8)) ?? head.firstRange(of: name)
    let digits = found.map { head[$0.upperBound...].prefix { (0x30...0x39).contains($0) } } ?? []
    let length = Int(String(decoding: digits, as: UTF8.self)) ?? 0
    let streams = bytes[end.upperBound...].firstRange(of: Array("\"stream\":true".utf8)) != nil
    return (end.upperBound + length, streams)
  }

  private static let whole: [UInt8] = {
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
