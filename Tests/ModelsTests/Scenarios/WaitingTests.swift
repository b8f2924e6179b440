import HTTP
import Locking
import Models
import TestSupport
import Testing

/// Cases 8 and 10: how long is waited, and how often it is tried.
@Suite struct WaitingTests {
  static let date = "Sun, 06 Nov 1994 08:49:37 GMT"

  struct Wish: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var headers: [String: String]
    /// Nil when it is not waited for at all.
    var wait: Duration?
  }

  /// Without a wish half of the first bound is waited, 0.25 s; a wish has a quarter of that on top.
  static let wishes: [Wish] = [
    Wish(testDescription: "none", headers: [:], wait: .milliseconds(250)),
    Wish(testDescription: "seconds", headers: ["Retry-After": "7"], wait: .milliseconds(7062.5)),
    Wish(testDescription: "fraction", headers: ["Retry-After": "0.5"], wait: .milliseconds(562.5)),
    Wish(
      testDescription: "milliseconds", headers: ["retry-after-ms": "1500"],
      wait: .milliseconds(1562.5)),
    Wish(
      testDescription: "LiteLLM's", headers: ["llm_provider-retry-after": "3"],
      wait: .milliseconds(3062.5)),
    Wish(
      testDescription: "date",
      headers: ["Date": date, "Retry-After": "Sun, 06 Nov 1994 08:50:07 GMT"],
      wait: .milliseconds(30062.5)),
    Wish(
      testDescription: "date over a leap day",
      headers: [
        "Date": "Thu, 29 Feb 2024 23:59:30 GMT", "Retry-After": "Fri, 01 Mar 2024 00:00:00 GMT",
      ],
      wait: .milliseconds(30062.5)),
    Wish(
      testDescription: "date gone by",
      headers: ["Date": date, "Retry-After": "Sun, 06 Nov 1994 08:49:00 GMT"],
      wait: .milliseconds(250)),
    Wish(
      testDescription: "date without a date", headers: ["Retry-After": date],
      wait: .milliseconds(250)),
    Wish(testDescription: "zero", headers: ["Retry-After": "0"], wait: .milliseconds(250)),
    Wish(testDescription: "negative", headers: ["Retry-After": "-5"], wait: .milliseconds(250)),
    Wish(testDescription: "NaN", headers: ["Retry-After": "nan"], wait: .milliseconds(250)),
    Wish(testDescription: "infinite", headers: ["Retry-After": "inf"], wait: .milliseconds(250)),
    Wish(testDescription: "nonsense", headers: ["Retry-After": "soon"], wait: .milliseconds(250)),
    Wish(testDescription: "too long", headers: ["Retry-After": "3600"], wait: nil),
    Wish(testDescription: "far too long", headers: ["Retry-After": "1e300"], wait: nil),
  ]

  @Test(arguments: wishes) func serversWish(_ wish: Wish) async throws {
    let busy = LoopbackReply.error(429, "slow down", headers: wish.headers)
    let ending = try await Scenario("", busy, Scenario.good).run()
    if let wait = wish.wait {
      #expect(ending.reply?.text == "Hello")
      #expect(ending.sleeps == [wait])
    } else {
      #expect(ending.error?.kind == .postponed)
      #expect("\(try #require(ending.error))".contains("; it may be asked again in "))
      #expect(ending.requests.count == 1)
      #expect(ending.sleeps == [])
    }
  }

  /// The first of ten calls, one after the other at a server of one slot, is told to wait.
  @Test(arguments: [
    (
      "429", LoopbackReply.error(429, "slow down", headers: ["Retry-After": "7"]),
      Duration.seconds(7)
    ),
    ("503", .plain(503, headers: ["Retry-After": "7"], "down"), .seconds(7)),
    ("milliseconds", .plain(529, headers: ["retry-after-ms": "300"], "busy"), .milliseconds(300)),
    ("no wish", .error(429, "slow down"), .zero),
    ("a failure of another kind", .plain(409, headers: ["Retry-After": "7"], ""), .zero),
  ])
  func allCallsWaitAsTheServerWishes(
    _ name: String, _ reply: LoopbackReply, _ wait: Duration
  ) async throws {
    let clock = RecordingClock()
    let arrivals = Locked<[Duration]>([])
    let server = try LoopbackServer { request in
      arrivals.withLock { $0.append(clock.now.offset) }
      return request.ordinal == 0 ? reply : Scenario.good
    }
    defer { server.stop() }
    let model = try Endpoints(client: HTTPClient(), clock: clock, draw: { 0 }).model(
      OpenAIEndpoint.Configuration(baseURL: server.url, model: "m", maxConcurrency: 1))
    let kinds = await withTaskGroup(of: ModelError.Kind?.self) { group in
      for _ in 0..<10 { group.addTask { await Self.kind(model) } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(kinds.count { $0 != nil } == 0)
    let later = arrivals.withLock { $0.dropFirst() }
    #expect(later.count >= 9)
    #expect(later.allSatisfy { $0 >= wait })
    // However many wait, the time passes once, and once more for the call that was told.
    #expect(wait == .zero || later.allSatisfy { $0 <= wait * 3 })
  }

  /// Ten calls at a server of one slot that asks the first for an hour.
  @Test func longerThanAnyoneWaitsNothingIsSentUnlessAPersonWantsIt() async throws {
    let clock = RecordingClock()
    let server = try LoopbackServer { request in
      request.ordinal == 0
        ? .error(429, "slow down", headers: ["Retry-After": "3600"]) : Scenario.good
    }
    defer { server.stop() }
    let endpoints = Endpoints(
      client: HTTPClient(), clock: clock, draw: { 0 }, timeOfDay: { "\($0.inWords) past noon" })
    var configuration = OpenAIEndpoint.Configuration(
      baseURL: server.url, model: "m", maxConcurrency: 1)
    let model = try endpoints.model(configuration)
    let kinds = await withTaskGroup(of: ModelError.Kind?.self) { group in
      for _ in 0..<10 { group.addTask { await Self.kind(model) } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(kinds == Array(repeating: .postponed, count: 10))
    clock.advance(by: .seconds(3000))
    // As it is the server's wish, it holds for any model of it.
    configuration.model = "other"
    do {
      _ = try await endpoints.model(configuration).reply(to: Scenario.request)
      Issue.record("the server was asked")
    } catch ModelError.postponed(let text, for: let wait) {
      #expect(
        text.hasSuffix("“slow down”; it may be asked again in 1 h (at 1 h past noon)"), "\(text)")
      #expect(wait == .seconds(600))
    }
    #expect(server.requests.count == 1)
    #expect(clock.sleeps == [])
    clock.advance(by: .seconds(600))
    #expect(await Self.kind(model) == nil)
  }

  @Test func aPersonMayWantItSentAllTheSame() async throws {
    let server = try LoopbackServer { request in
      request.ordinal == 0
        ? .error(429, "slow down", headers: ["Retry-After": "3600"]) : Scenario.good
    }
    defer { server.stop() }
    let model = try Endpoints(client: HTTPClient(), clock: RecordingClock()).model(
      OpenAIEndpoint.Configuration(baseURL: server.url, model: "m"))
    #expect(await Self.kind(model) == .postponed)
    #expect(await Self.kind(model) == .postponed)
    model.carryOn()
    #expect(await Self.kind(model) == nil)
    #expect(server.requests.count == 2)
  }

  @Test func failureForEverEndsAfterSixAttempts() async throws {
    let ending = try await Scenario("", .plain(503, "down")).run()
    #expect(ending.error?.kind == .unavailable)
    #expect(ending.requests.count == 6)
    #expect(ending.sleeps == [0.25, 0.5, 1, 2, 4].map { .seconds($0) })
  }

  @Test func equalFailuresAreSpreadOverTimeBeforeTheyAreTheRequestsFault() async throws {
    let crash = LoopbackReply.error(500, "CUDA error")
    let up = try await Scenario("", Scenario.good, crash, crash, Scenario.good).run(calls: 2)
    #expect(up.reply?.text == "Hello", "it had crashed, and came up again")
    #expect(up.sleeps == [.milliseconds(250), .milliseconds(5750)])
    let broken = try await Scenario("", Scenario.good, crash).run(calls: 2)
    #expect(broken.error?.kind == .rejected)
    #expect(broken.requests.count == 1 + 3)
  }

  @Test func stormIsBoundedByTheBudget() async throws {
    let server = try LoopbackServer { .plain(500, "failure \($0.ordinal)") }
    defer { server.stop() }
    let endpoints = Endpoints(client: HTTPClient(), clock: RecordingClock(), draw: { 0 })
    let model = try endpoints.model(
      OpenAIEndpoint.Configuration(baseURL: server.url, model: "m", maxConcurrency: 64))
    let kinds = await withTaskGroup(of: ModelError.Kind?.self) { group in
      for _ in 0..<100 {
        group.addTask {
          do {
            _ = try await model.reply(to: Scenario.request)
            return nil
          } catch {
            return (error as? ModelError)?.kind
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(kinds.allSatisfy { $0 == .unavailable })
    // Each call once, the bucket's 30 retries, and what time gives back while the breaker is open:
    // half a token a second.
    #expect(server.requests.count <= 100 + 30 + 40)
    #expect(try #require(endpoints.health.values.first).isPaused)
  }

  @Test func sameFailureForAllIsTheServersFault() async throws {
    let arrived = Locked(0)
    let server = try LoopbackServer { request, connection in
      // A server that had never answered would be taken for a misnamed one.
      if request.ordinal == 0 { return connection.perform(Scenario.good) }
      let place = arrived.withLock { arrived in
        arrived += 1
        return arrived
      }
      // Each is answered when the other is there too, so that neither is told of a failure twice
      // before the other has been told once. Later the breaker lets one alone through.
      let pair = min((place + 1) / 2 * 2, 4)
      while arrived.withLock({ $0 }) < pair {
        guard connection.pause(.milliseconds(1)) else { return false }
      }
      return connection.perform(.plain(500, "KeyError"))
    }
    defer { server.stop() }
    // So few attempts that the breaker stays closed: it would let one of the two go ahead alone.
    let endpoints = Endpoints(
      client: HTTPClient(), policy: RetryPolicy(attempts: 3), clock: RecordingClock(), draw: { 0 })
    let model = try endpoints.model(OpenAIEndpoint.Configuration(baseURL: server.url, model: "m"))
    #expect(await Self.kind(model) == nil)
    async let first = Self.kind(model)
    async let second = Self.kind(model)
    #expect(await [first, second] == [.unavailable, .unavailable])
  }

  private static func kind(_ model: any LanguageModel) async -> ModelError.Kind? {
    do {
      _ = try await model.reply(to: Scenario.request)
      return nil
    } catch {
      return (error as? ModelError)?.kind
    }
  }

  @Test func oneSlotIsServedOneAtATime() async throws {
    let busy = Locked(0)
    let most = Locked(0)
    let server = try LoopbackServer { _, connection in
      let now = busy.withLock { busy in
        busy += 1
        return busy
      }
      most.withLock { $0 = max($0, now) }
      let isOpen = connection.pause(.milliseconds(2))
      busy.withLock { $0 -= 1 }
      return isOpen && connection.perform(Scenario.good)
    }
    defer { server.stop() }
    let endpoints = Endpoints(client: HTTPClient())
    let one = try endpoints.model(
      OpenAIEndpoint.Configuration(baseURL: server.url, model: "m", maxConcurrency: 1))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<20 { group.addTask { _ = try await one.reply(to: Scenario.request) } }
      try await group.waitForAll()
    }
    #expect(most.withLock { $0 } == 1)
    #expect(server.requests.count == 20)
  }

  @Test func refusedKeyIsFoundOutOnce() async throws {
    let server = try LoopbackServer { _ in
      LoopbackReply([.pause(.milliseconds(50))] + LoopbackReply.error(401, "no").steps)
    }
    defer { server.stop() }
    let model = try Endpoints(client: HTTPClient()).model(
      OpenAIEndpoint.Configuration(baseURL: server.url, model: "m", maxConcurrency: 1))
    let kinds = await withTaskGroup(of: ModelError.Kind?.self) { group in
      for _ in 0..<10 { group.addTask { await Self.kind(model) } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(kinds.allSatisfy { $0 == .stopped })
    #expect(server.requests.count == 1)
    // A person may have acted meanwhile.
    #expect(await Self.kind(model) == .stopped)
    #expect(server.requests.count == 2)
  }

  @Test func wordsAreStreamedOnceOverAttempts() async throws {
    let broken = LoopbackReply([.head(), .chunk(Completion.delta("Hel")), .reset])
    let other = LoopbackReply([.head(), .chunk(Completion.delta("Hey")), .reset])
    for (replies, expected) in [
      ([broken, Scenario.good], ["Hel", "lo"]), ([other, Scenario.good], ["Hey"]),
    ] {
      let server = try LoopbackServer { replies[min($0.ordinal, 1)] }
      defer { server.stop() }
      let model = try Endpoints(client: HTTPClient(), clock: RecordingClock()).model(
        OpenAIEndpoint.Configuration(baseURL: server.url, model: "m"))
      let shown = Locked<[String]>([])
      let reply = try await model.reply(to: Scenario.request) { piece in
        shown.withLock { $0.append(piece) }
      }
      #expect(reply.text == "Hello")
      #expect(shown.withLock { $0 } == expected)
    }
  }
}
