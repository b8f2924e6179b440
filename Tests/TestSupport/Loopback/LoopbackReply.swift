/// What the loopback server does with a request, step by step.
package struct LoopbackReply: Sendable {
  package enum Step: Sendable {
    case bytes([UInt8])
    case pause(Duration)
    /// Sends these bytes again and again, until the client leaves.
    case endlessly([UInt8], every: Duration)
    /// Says nothing more until the client leaves.
    case hang
    /// Breaks the connection with a TCP reset.
    case reset
    /// Ends the connection in the ordinary way.
    case close
  }

  package var steps: [Step]

  /// After the last step the connection serves the next request.
  package init(_ steps: [Step]) { self.steps = steps }

  /// A whole reply with a length.
  package static func plain(
    _ status: Int = 200, type: String = "application/json", headers: [String: String] = [:],
    _ body: String
  ) -> LoopbackReply {
    plain(status, type: type, headers: headers, Array(body.utf8))
  }

  package static func plain(
    _ status: Int = 200, type: String = "application/json", headers: [String: String] = [:],
    _ body: [UInt8]
  ) -> LoopbackReply {
    var all = headers
    all["Content-Length"] = "\(body.count)"
    return LoopbackReply([.bytes(head(status, type: type, all) + body)])
  }

  /// A stream with each piece in a chunk of its own, ended as it should be.
  package static func events(
    _ pieces: [String], headers: [String: String] = [:]
  ) -> LoopbackReply {
    LoopbackReply([.head(headers)] + pieces.map { .chunk($0) } + [.lastChunk])
  }

  static func head(_ status: Int, type: String, _ headers: [String: String]) -> [UInt8] {
    var text = "HTTP/1.1 \(status) \(status < 400 ? "OK" : "Not OK")\r\nContent-Type: \(type)\r\n"
    for (name, value) in headers.sorted(by: { $0.key < $1.key }) { text += "\(name): \(value)\r\n" }
    return Array((text + "\r\n").utf8)
  }
}

extension LoopbackReply.Step {
  package static func text(_ text: String) -> Self { .bytes(Array(text.utf8)) }

  /// The head of a stream in chunks.
  package static func head(_ headers: [String: String] = [:]) -> Self {
    var all = headers
    all["Transfer-Encoding"] = "chunked"
    return .bytes(LoopbackReply.head(200, type: "text/event-stream", all))
  }

  package static func chunk(_ text: String) -> Self { chunk(Array(text.utf8)) }

  package static func chunk(_ bytes: [UInt8]) -> Self {
    .bytes(
      Array(String(bytes.count, radix: 16).utf8) + [0x0d, 0x0a] + bytes + [0x0d, 0x0a])
  }

  package static var lastChunk: Self { .text("0\r\n\r\n") }
}
