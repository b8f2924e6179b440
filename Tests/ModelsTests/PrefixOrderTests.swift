import HTTP
import JSON
import Locking
import TestSupport
import Testing

@testable import Models

/// Which call goes next. In the pictures a call is a letter for each block of its words, and a digit
/// for its urgency.
@Suite struct PrefixOrderTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// Answered calls.
    var warm: String = ""
    /// Calls under way.
    var warming: String = ""
    var waiting: String
    var next: Int?

    init(_ name: String, warm: String = "", warming: String = "", waiting: String, next: Int?) {
      testDescription = name
      self.warm = warm
      self.warming = warming
      self.waiting = waiting
      self.next = next
    }
  }

  static let cases: [Case] = [
    Case("nobody waits", waiting: "", next: nil),
    Case("first come, first served", waiting: "ab1 cd1 ab1", next: 0),
    Case("the urgent go first", warm: "ab0", waiting: "ab2 cd1 ab1", next: 2),
    Case("never another before the more urgent", warm: "ab0", waiting: "ab2 cd1", next: 1),
    Case("next to one that shares its beginning", warm: "abc1", waiting: "xyz1 abd1", next: 1),
    Case("the more is shared the better", warm: "abcd1", waiting: "axy1 abx1 abc1", next: 2),
    Case("of equals the first", warm: "ab1", waiting: "abx1 aby1", next: 0),
    Case("none shares: the first", warm: "ab1", waiting: "cd1 ef1", next: 0),
    Case("others first while one fills the cache", warming: "ab1", waiting: "abx1 cd1", next: 1),
    Case("nobody waits for that in vain", warming: "ab1", waiting: "abx1 aby1", next: 0),
    Case(
      "what is warm needs no other", warm: "abx1", warming: "abx1", waiting: "abx1 cd1", next: 0),
    Case(
      "warm in part, and more of it under way", warm: "ab1", warming: "abx1",
      waiting: "abx1 aby1", next: 1),
    Case("no prefix cache", warm: "ab1", waiting: "-1 -1", next: 0),
    Case("one with a cache beside one without", warm: "ab1", waiting: "-1 ab1", next: 1),
  ]

  private static func tickets(_ picture: String) -> [CallTicket] {
    picture.split(separator: " ").map { call in
      let urgency = call.last?.wholeNumberValue ?? 0
      guard !call.hasPrefix("-") else { return CallTicket(urgency: urgency, trace: nil) }
      let words = call.dropLast().map { String(repeating: $0, count: 256) }.joined()
      return CallTicket(
        urgency: urgency,
        trace: PrefixTrace(ModelRequest(messages: [.init(.user, words + "end")])))
    }
  }

  @Test(arguments: cases) func picks(_ one: Case) {
    var order = PrefixOrder()
    for ticket in Self.tickets(one.warm) {
      order.started(ticket)
      order.ended(ticket, isAnswered: true)
    }
    for ticket in Self.tickets(one.warming) { order.started(ticket) }
    #expect(order.next(of: Self.tickets(one.waiting)) == one.next)
  }

  @Test func whatFailedHasWarmedNothing() {
    var order = PrefixOrder()
    let ticket = Self.tickets("ab1")[0]
    order.started(ticket)
    order.ended(ticket, isAnswered: false)
    #expect(order == PrefixOrder())
  }

  @Test func turnsAreNotMixedUp() {
    let text = String(repeating: "a", count: 600)
    let one = PrefixTrace(ModelRequest(messages: [.init(.system, text), .init(.user, "x")]))
    let other = PrefixTrace(ModelRequest(messages: [.init(.user, text), .init(.user, "x")]))
    #expect(one.shared(with: other) == 0)
    #expect(one.shared(with: one) == 2)
  }

  /// Over HTTP, at a server of one slot that tells of its cache, or does not.
  @Test(arguments: [true, false]) func callsThatShareGoTogether(_ tells: Bool) async throws {
    let usage: JSON =
      tells
      ? ["prompt_tokens": 9, "completion_tokens": 1, "prompt_tokens_details": ["cached_tokens": 0]]
      : ["prompt_tokens": 9, "completion_tokens": 1]
    let gate = Locked(false)
    let server = try LoopbackServer { request, connection in
      // The second keeps the others waiting, until all of them do.
      while request.ordinal == 1, !gate.withLock({ $0 }) {
        guard connection.pause(.milliseconds(1)) else { return false }
      }
      return connection.perform(.plain(200, Completion.document("ok", usage: usage)))
    }
    defer { server.stop() }
    let endpoints = Endpoints(client: HTTPClient())
    let model = try endpoints.model(
      OpenAIEndpoint.Configuration(baseURL: server.url, model: "m", maxConcurrency: 1))
    func request(_ letter: Character) -> ModelRequest {
      ModelRequest(messages: [.init(.user, String(repeating: letter, count: 600))])
    }
    _ = try await model.reply(to: request("a"))
    #expect(endpoints.capabilities.values.first?.tellsCachedTokens == (tells ? true : nil))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (place, letter) in "abcabc".enumerated() {
        group.addTask { _ = try await model.reply(to: request(letter)) }
        while try #require(endpoints.health.values.first).waiting < place { await Task.yield() }
        while server.requests.count < 2 { await Task.yield() }
      }
      gate.withLock { $0 = true }
      try await group.waitForAll()
    }
    let order = server.requests.compactMap { request in
      request.json?["messages"]?.array?.first?["content"]?.string?.first
    }
    #expect(String(order) == (tells ? "aaabbcc" : "aabcabc"))
  }
}
