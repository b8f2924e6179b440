import HTTP
import TestSupport
import Testing

@Suite struct HTTPClientTests {
  /// Connections are kept however slowly a busy machine goes from one call to the next.
  private let client = HTTPClient(HTTPClient.Configuration(localIdleLimit: 3_600))
  private let quick = HTTPTimeouts(
    connect: .seconds(10), idle: .milliseconds(150), total: .milliseconds(600))

  @Test func sendsAndReceives() async throws {
    let server = try LoopbackServer { request in
      .plain(201, headers: ["X-Way": "a: b "], request.method + request.path + "|")
    }
    defer { server.stop() }
    let response = try await client.send(
      HTTPRequest(
        .post(Array("body".utf8)), url: server.url + "/v1?x=1", headers: [HTTPHeader("X-A", "b")]))
    #expect(response.status == 201)
    #expect(response.head["x-way"] == "a: b")
    #expect(String(decoding: response.body, as: UTF8.self) == "POST/v1?x=1|")
    let seen = try #require(server.requests.first)
    #expect(seen.headers["x-a"] == "b")
    #expect(seen.headers["expect"] == nil)
    #expect(String(decoding: seen.body, as: UTF8.self) == "body")
  }

  @Test func sendsEmptyAndLargeBodies() async throws {
    let server = try LoopbackServer { .plain(200, "\($0.body.count)") }
    defer { server.stop() }
    for size in [0, 1, 3_000_000] {
      let body = [UInt8](repeating: 0x61, count: size)
      let response = try await client.send(HTTPRequest(.post(body), url: server.url))
      #expect(String(decoding: response.body, as: UTF8.self) == "\(size)")
    }
  }

  @Test func usesConnectionsAgain() async throws {
    let server = try LoopbackServer { _ in .plain(200, "ok") }
    defer { server.stop() }
    for _ in 0..<20 { _ = try await client.send(HTTPRequest(.get, url: server.url)) }
    #expect(server.requests.count == 20)
    #expect(server.connections == 1)
  }

  /// libcurl does that unasked, when a kept connection turns out to be dead.
  @Test(arguments: [0, 10, 300_000]) func countsWhatLibcurlSendsAgain(_ size: Int) async throws {
    let server = try LoopbackServer { request in
      request.ordinal == 1 ? LoopbackReply([.reset]) : .plain(200, "ok")
    }
    defer { server.stop() }
    let request = HTTPRequest(
      .post([UInt8](repeating: 0x61, count: size)), url: server.url,
      headers: [HTTPHeader("Authorization", "Bearer 0123456789")])
    let first = await client.send(request, into: Events())
    let second = await client.send(request, into: Events())
    #expect([first.requests, second.requests] == [1, 2])
    #expect(server.requests.count == 3)
  }

  @Test func carriesManyAtOnce() async throws {
    let server = try LoopbackServer {
      LoopbackReply([.pause(.milliseconds(5))] + LoopbackReply.plain(200, $0.path).steps)
    }
    defer { server.stop() }
    let answers = try await withThrowingTaskGroup(of: String.self) { group in
      for index in 0..<200 {
        group.addTask { [client] in
          let response = try await client.send(
            HTTPRequest(.get, url: "\(server.url)/\(index)"))
          return String(decoding: response.body, as: UTF8.self)
        }
      }
      var answers: Set<String> = []
      for try await answer in group { answers.insert(answer) }
      return answers
    }
    #expect(answers == Set((0..<200).map { "/\($0)" }))
  }

  @Test func waitingEatsNoDeadline() async throws {
    let client = HTTPClient(HTTPClient.Configuration(maxTransfers: 1))
    let server = try LoopbackServer { _ in
      LoopbackReply([.pause(.milliseconds(50))] + LoopbackReply.plain(200, "ok").steps)
    }
    defer { server.stop() }
    let timeouts = HTTPTimeouts(idle: .seconds(1), total: .seconds(1))
    // All in turn take far longer than each may take alone.
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<30 {
        group.addTask {
          _ = try await client.send(HTTPRequest(.get, url: server.url, timeouts: timeouts))
        }
      }
      try await group.waitForAll()
    }
    #expect(server.requests.count == 30)
  }

  struct Fault: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var steps: [LoopbackReply.Step]
    var expected: @Sendable (HTTPError) -> Bool
  }

  static let faults: [Fault] = [
    Fault(testDescription: "hangs before the head", steps: [.hang]) { $0.isTimeout(.idle) },
    Fault(testDescription: "hangs in the body", steps: [.head(), .chunk("data: a\n\n"), .hang]) {
      $0.isTimeout(.idle)
    },
    Fault(
      testDescription: "drips for ever",
      steps: [.head(), .endlessly(Array("1\r\n:\r\n".utf8), every: .milliseconds(20))]
    ) { $0.isTimeout(.total) },
    Fault(testDescription: "resets at once", steps: [.reset]) { $0.isUnanswered },
    Fault(testDescription: "resets in the body", steps: [.head(), .chunk("data: a\n\n"), .reset]) {
      $0.isBroken
    },
    Fault(testDescription: "closes without a word", steps: [.close]) { $0.isUnanswered },
    Fault(
      testDescription: "cuts the length",
      steps: [.text("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"), .close]
    ) { $0.isBroken },
    Fault(testDescription: "cuts the chunks", steps: [.head(), .chunk("abc"), .close]) {
      $0.isBroken
    },
    Fault(testDescription: "is no HTTP", steps: [.text("SSH-2.0-OpenSSH\r\n"), .close]) {
      $0.isUnanswered
    },
    Fault(
      testDescription: "huge head",
      steps: [
        .text("HTTP/1.1 200 OK\r\n"),
        .endlessly(Array("X-A: \(String(repeating: "b", count: 1000))\r\n".utf8), every: .zero),
      ]
    ) { $0.isBroken },
  ]

  @Test(arguments: faults) func tellsFaults(_ fault: Fault) async throws {
    let server = try LoopbackServer { _ in LoopbackReply(fault.steps) }
    defer { server.stop() }
    let error = await #expect(throws: HTTPError.self) {
      try await client.send(HTTPRequest(.get, url: server.url, timeouts: quick))
    }
    #expect(fault.expected(try #require(error)), "\(String(describing: error))")
  }

  @Test func fillerDoesNotFeedTheIdleTimer() async throws {
    let server = try LoopbackServer { _ in
      LoopbackReply([
        .head(), .endlessly(Array("c\r\n: keep-alive\r\n".utf8), every: .milliseconds(10)),
      ])
    }
    defer { server.stop() }
    let transfer = await client.send(
      HTTPRequest(.get, url: server.url, timeouts: HTTPTimeouts(idle: .milliseconds(150))),
      into: Events())
    #expect(transfer.error?.isTimeout(.idle) == true)
    #expect(transfer.head?.status == 200)
    #expect(transfer.requests == 1)
  }

  @Test func refusesMoreThanTheLimit() async throws {
    let server = try LoopbackServer { _ in
      LoopbackReply([
        .head(),
        .endlessly(Array("400\r\n\(String(repeating: "a", count: 1024))\r\n".utf8), every: .zero),
      ])
    }
    defer { server.stop() }
    await #expect(throws: HTTPError.tooLarge(limit: 10_000, host: "127.0.0.1:\(server.port)")) {
      try await client.send(HTTPRequest(.get, url: server.url, bodyLimit: 10_000))
    }
  }

  @Test func tellsRefusedConnections() async throws {
    let server = try RefusingPort()
    let error = await #expect(throws: HTTPError.self) {
      try await client.send(HTTPRequest(.get, url: server.url))
    }
    guard case .unconnected(host: "127.0.0.1:\(server.port)", _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func followsNoRedirect() async throws {
    let other = try LoopbackServer { _ in .plain(200, "") }
    defer { other.stop() }
    let server = try LoopbackServer { request in
      .plain(Int(request.path.dropFirst()) ?? 0, headers: ["Location": other.url], "")
    }
    defer { server.stop() }
    for status in [301, 302, 303, 307, 308] {
      let response = try await client.send(
        HTTPRequest(.post([0x61]), url: "\(server.url)/\(status)"))
      #expect(response.status == status)
    }
    #expect(other.requests.isEmpty)
  }

  @Test(arguments: ["a\r\nX-B: c", "a\nb", "a\0b", "\u{7f}"])
  func refusesHeadersWithLineBreaks(_ value: String) async throws {
    await #expect(throws: HTTPError.badHeader("X-Key")) {
      try await client.send(
        HTTPRequest(.get, url: "http://127.0.0.1:1", headers: [HTTPHeader("X-Key", value)]))
    }
  }

  @Test func cancelledLeavesTheWire() async throws {
    let server = try LoopbackServer { _ in LoopbackReply([.head(), .chunk("data: a\n\n"), .hang]) }
    defer { server.stop() }
    let (started, start) = AsyncStream.makeStream(of: Void.self)
    let task = Task { [client] in
      await client.send(HTTPRequest(.get, url: server.url), into: Signal(start: start))
    }
    for await _ in started { break }
    task.cancel()
    #expect(await task.value.error == .cancelled)
    // The handler hangs until the client leaves: the next request on a free thread says it did.
    #expect(server.connections == 1)
  }

  @Test func cancelledBeforeItStarts() async throws {
    let server = try LoopbackServer { _ in LoopbackReply([.hang]) }
    defer { server.stop() }
    let task = Task { [client] in
      withUnsafeCurrentTask { $0?.cancel() }
      return await client.send(HTTPRequest(.get, url: server.url), into: Events())
    }
    #expect(await task.value.error == .cancelled)
  }

  @Test func cancelledWhileItWaits() async throws {
    let client = HTTPClient(HTTPClient.Configuration(maxTransfers: 1))
    let server = try LoopbackServer { _ in LoopbackReply([.head(), .chunk("data: a\n\n"), .hang]) }
    defer { server.stop() }
    let (started, start) = AsyncStream.makeStream(of: Void.self)
    let first = Task {
      await client.send(HTTPRequest(.get, url: server.url), into: Signal(start: start))
    }
    for await _ in started { break }
    let second = Task { await client.send(HTTPRequest(.get, url: server.url), into: Events()) }
    second.cancel()
    let transfer = await second.value
    #expect(transfer.error == .cancelled)
    #expect(transfer.requests == 0)
    first.cancel()
    _ = await first.value
    #expect(server.requests.count == 1)
  }

  @Test func receiverEndsTheTransfer() async throws {
    let server = try LoopbackServer { _ in LoopbackReply([.head(), .chunk("data: a\n\n"), .hang]) }
    defer { server.stop() }
    let transfer = await client.send(HTTPRequest(.get, url: server.url), into: Stopper())
    #expect(transfer.error == .stopped)
  }
}

private struct Events: HTTPBodyReceiver {
  var parser = EventStreamParser()
  mutating func receive(_ bytes: Span<UInt8>, of head: HTTPHead) -> HTTPReceived {
    parser.consume(bytes).isEmpty ? .filler : .payload
  }
}

private struct Signal: HTTPBodyReceiver {
  let start: AsyncStream<Void>.Continuation
  mutating func receive(_ bytes: Span<UInt8>, of head: HTTPHead) -> HTTPReceived {
    start.yield()
    return .payload
  }
}

private struct Stopper: HTTPBodyReceiver {
  mutating func receive(_ bytes: Span<UInt8>, of head: HTTPHead) -> HTTPReceived { .enough }
}

extension HTTPError {
  fileprivate func isTimeout(_ timer: Timer) -> Bool {
    if case .timedOut(timer, _, _) = self { true } else { false }
  }

  fileprivate var isUnanswered: Bool {
    if case .unanswered = self { true } else { false }
  }

  fileprivate var isBroken: Bool {
    if case .broken = self { true } else { false }
  }
}
