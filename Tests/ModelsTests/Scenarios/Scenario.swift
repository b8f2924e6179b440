import HTTP
import JSON
import Locking
import Models
import TestSupport
import Testing

/// A model behind a server that replies by a script, the last reply again and again; and what came of
/// it.
struct Scenario: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var replies: [LoopbackReply]

  init(_ name: String, _ replies: LoopbackReply...) {
    testDescription = name
    self.replies = replies
  }

  struct Ending: Sendable {
    var result: Result<ModelReply, any Error>
    /// Requests the server saw.
    var requests: [LoopbackRequest]
    /// What was waited between attempts.
    var sleeps: [Duration]
    var records: [AttemptRecord]

    var reply: ModelReply? { try? result.get() }
    var error: ModelError? {
      if case .failure(let error) = result { error as? ModelError } else { nil }
    }
  }

  static let request = ModelRequest(
    messages: [.init(.system, "Be brief."), .init(.user, "Hi")],
    sampling: Sampling(temperature: 0, maxTokens: 64))

  /// The good reply to which `Completion.stream` amounts.
  static let good = LoopbackReply.events(Completion.stream(["Hel", "lo"]))

  func run(
    calls: Int = 1, _ request: ModelRequest = request,
    change: (inout OpenAIEndpoint.Configuration) -> Void = { _ in }
  ) async throws -> Ending {
    let server = try LoopbackServer { [replies] request in
      replies[min(request.ordinal, replies.count - 1)]
    }
    defer { server.stop() }
    let clock = RecordingClock()
    let records = Locked<[AttemptRecord]>([])
    let endpoints = Endpoints(
      client: HTTPClient(), clock: clock, draw: { 0.5 },
      observe: { record in records.withLock { $0.append(record) } })
    var configuration = OpenAIEndpoint.Configuration(
      baseURL: server.url, model: "m",
      timeouts: HTTPTimeouts(connect: .seconds(5), idle: .seconds(10), total: .seconds(20)))
    change(&configuration)
    let model = try endpoints.model(configuration)
    var result: Result<ModelReply, any Error> = .failure(CancellationError())
    for _ in 0..<calls {
      do {
        result = .success(try await model.reply(to: request))
      } catch {
        result = .failure(error)
      }
    }
    return Ending(
      result: result, requests: server.requests, sleeps: clock.sleeps,
      records: records.withLock { $0 })
  }
}

extension LoopbackReply {
  /// An error in OpenAI's form.
  static func error(
    _ status: Int, _ message: String, code: String? = nil, parameter: String? = nil,
    headers: [String: String] = [:]
  ) -> LoopbackReply {
    let error: JSON = [
      "message": .string(message), "type": "invalid_request_error",
      "param": parameter.map(JSON.string) ?? .null, "code": code.map(JSON.string) ?? .null,
    ]
    let body: JSON = ["error": error]
    return .plain(status, headers: headers, String(decoding: body.bytes, as: UTF8.self))
  }
}

extension ModelError {
  enum Kind { case unavailable, stopped, postponed, rejected }

  var kind: Kind {
    switch self {
    case .unavailable: .unavailable
    case .stopped: .stopped
    case .postponed: .postponed
    case .rejected: .rejected
    }
  }
}
