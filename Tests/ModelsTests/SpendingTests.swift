import HTTP
import Models
import TestSupport
import Testing

@Suite struct SpendingTests {
  /// The servers of broken streams charge for what they said.
  @Test func countsWhatFailuresCost() async throws {
    let server = try LoopbackServer { _ in
      LoopbackReply([.head(), .chunk(Completion.delta("Half an ans")), .reset])
    }
    defer { server.stop() }
    let endpoints = Endpoints(
      client: HTTPClient(), clock: RecordingClock(), observe: Spending.observe)
    let model = try endpoints.model(
      OpenAIEndpoint.Configuration(
        baseURL: server.url, model: "m", price: TokenPrice(input: 1, output: 2)))
    let spending = Spending()
    await #expect(throws: ModelError.self) {
      try await Spending.$current.withValue(spending) {
        try await model.reply(to: ModelRequest(messages: [.init(.user, "Hi")]))
      }
    }
    #expect(spending.sum.requests == server.requests.count)
    #expect(spending.sum.usage.output > 0)
    #expect((spending.sum.cost ?? 0) > 0)
  }
}
