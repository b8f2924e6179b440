import Glibc
import HTTP
import Models
import TestSupport
import Testing

/// Many calls at a time against a server that fails at random in every way it knows: each must end in
/// a reply or a `ModelError`, within the budget of retries, and leave nothing behind.
///
/// `ESPALIER_SOAK=2000` sets the number of calls; `ESPALIER_SOAK_SEED` the seed of the failures.
@Suite(.serialized) struct SoakTests {
  private static let calls = number("ESPALIER_SOAK") ?? 300
  private static let seed = UInt64(number("ESPALIER_SOAK_SEED") ?? 1)
  private static let width = 64

  @Test func everyCallEndsAndNothingIsLeft() async throws {
    // What the process opens once and for all.
    try await soak(calls: Self.width, seed: Self.seed &+ 1)
    let descriptors = Self.openDescriptors
    let memory = Self.residentBytes
    try await soak(calls: Self.calls, seed: Self.seed)
    // Other tests run beside this one: theirs come and go.
    try await poll("descriptors") { Self.openDescriptors <= descriptors + 8 }
    #expect(Self.residentBytes - memory < 64 << 20, "seed \(Self.seed)")
  }

  private func soak(calls: Int, seed: UInt64) async throws {
    let server = try LoopbackServer { request in Self.reply(to: request, seed: seed) }
    defer { server.stop() }
    let started = ContinuousClock.now
    let endpoints = Endpoints(
      client: HTTPClient(),
      policy: RetryPolicy(shortest: .milliseconds(1), longest: .milliseconds(10)))
    let model = try endpoints.model(
      OpenAIEndpoint.Configuration(
        baseURL: server.url, model: "m",
        timeouts: HTTPTimeouts(idle: .milliseconds(400), total: .milliseconds(800)),
        maxConcurrency: Self.width))
    let endings = try await withThrowingTaskGroup(of: ModelReply?.self) { group in
      var endings: [ModelReply?] = []
      for index in 0..<calls {
        if index >= Self.width, let ending = try await group.next() { endings.append(ending) }
        group.addTask {
          do {
            return try await model.reply(to: Scenario.request)
          } catch is ModelError {
            return nil
          }
        }
      }
      for try await ending in group { endings.append(ending) }
      return endings
    }
    #expect(endings.count == calls)
    let replies = endings.compactMap { $0 }
    #expect(!replies.isEmpty)
    #expect(replies.allSatisfy { $0.text == "Hello" }, "seed \(seed)")
    let seconds = (ContinuousClock.now - started) / .seconds(1)
    // Answers of any kind give tokens back; libcurl adds repetitions of its own, on dead connections.
    let allowed = Double(calls) * 1.2 + 30 + seconds / 2
    let resent = Double(server.connections)
    #expect(Double(server.requests.count) <= allowed + resent, "seed \(seed)")
    #expect(try #require(endpoints.health.values.first).inFlight == 0)
  }

  private static func reply(to request: LoopbackRequest, seed: UInt64) -> LoopbackReply {
    var random = SplitMix(state: seed &+ UInt64(request.ordinal) &* 0x9e37_79b9_7f4a_7c15)
    switch Double.random(in: 0..<1, using: &random) {
    case ..<0.002: return stops[Int.random(in: stops.indices, using: &random)]
    case ..<0.3: return faults[Int.random(in: faults.indices, using: &random)]
    default: return Scenario.good
    }
  }

  /// Rare, because each ends all calls that wait for a place.
  private static let stops: [LoopbackReply] = [
    .error(429, "x", code: "insufficient_quota"), .error(401, "no"),
    .plain(307, headers: ["Location": "http://127.0.0.1:1/"], ""),
  ]

  private static let faults: [LoopbackReply] = [
    .plain(500, "failure"), .plain(502, ""), .plain(503, "busy"), .plain(529, ""),
    .error(429, "slow down"), .error(429, "slow down", headers: ["retry-after-ms": "20"]),
    .error(400, "x", code: "content_filter"), .error(400, "x", code: "context_length_exceeded"),
    .plain(200, ""), .plain(200, type: "text/html", "<html>"), .plain(200, "{"),
    .events([]), .events([Completion.delta("Hel")]),
    .events([Completion.delta("Hel"), Completion.done]),
    .events([Completion.delta("Hel"), "data: {\"error\":\"died\"}\n\n"]),
    .events([Completion.delta("Hel"), "data: {\n\n"]),
    LoopbackReply([.hang]), LoopbackReply([.reset]), LoopbackReply([.close]),
    LoopbackReply([.head(), .chunk(Completion.delta("Hel")), .hang]),
    LoopbackReply([.head(), .chunk(Completion.delta("Hel")), .reset]),
    LoopbackReply([.head(), .chunk(Completion.delta("Hel")), .close]),
    LoopbackReply([.head(), .endlessly(Array("3\r\n:\n\n\r\n".utf8), every: .milliseconds(20))]),
    LoopbackReply([.text("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"), .close]),
    LoopbackReply([.text("nonsense\r\n\r\n"), .close]),
  ]

  private static func number(_ name: String) -> Int? {
    getenv(name).flatMap { Int(String(cString: $0)) }
  }

  private static var openDescriptors: Int {
    (0..<Int32(sysconf(Int32(_SC_OPEN_MAX)).clamped(to: 0...65536))).count {
      fcntl($0, F_GETFD) >= 0
    }
  }

  private static var residentBytes: Int {
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    return usage.ru_maxrss << 10
  }

  /// Waits for a condition.
  private func poll(_ what: Comment, until isTrue: () -> Bool) async throws {
    for _ in 0..<500 {
      if isTrue() { return }
      try await Task.sleep(for: .milliseconds(10))
    }
    Issue.record(what)
  }
}

extension Int {
  fileprivate func clamped(to range: ClosedRange<Int>) -> Int {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }
}

/// SplitMix64: a generator whose whole state is its seed.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
