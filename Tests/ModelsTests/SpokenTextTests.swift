import HTTP
import JSON
import Locking
import TestSupport
import Testing

@testable import Models

@Suite struct SpokenTextTests {
  static let streams: [(pieces: [String], said: String)] = [
    (["Hel", "lo"], "Hello"),
    (["  ", "Hello"], "  Hello"),
    (["<think>hm</think>Hello"], "Hello"),
    (["\n", "<thi", "nk>h", "m</", "think", ">\n", "\n ", "Hel", " lo"], "Hel lo"),
    (["<think></think>", "a < b"], "a < b"),
    (["<thin", "ly"], "<thinly"),
    (["<", "b>bold</b>"], "<b>bold</b>"),
    (["<think>never ", "said"], ""),
    (["<think>a </thin k> b</think>c</think>"], "c</think>"),
    (["See <think>", "this</think>"], "See <think>this</think>"),
    ([], ""),
  ]

  @Test(arguments: streams) func thoughtsAreLeftOut(_ pieces: [String], _ said: String) {
    var spoken = SpokenText(isAllSaid: false)
    #expect(pieces.map { spoken.add($0) }.joined() == said)
  }

  /// However the stream is cut, the same is said.
  @Test(arguments: streams) func piecesDoNotMatter(_ pieces: [String], _ said: String) {
    var spoken = SpokenText(isAllSaid: false)
    #expect(pieces.joined().map { spoken.add(String($0)) }.joined() == said)
  }

  @Test(arguments: [
    ("hm</think>\nHello", "Hello"), ("<think>hm</think>Hello", "Hello"), ("Hello", ""),
  ])
  func thoughtsMayBeKnownToComeFirst(_ text: String, _ said: String) {
    var spoken = SpokenText(isAllSaid: false, beginsWithThoughts: true)
    #expect(text.map { spoken.add(String($0)) }.joined() == said)
  }

  /// The first reply of a model whose template opens its thoughts tells; those after it are streamed
  /// without them.
  @Test func whatOnlyEndsIsLearned() async throws {
    let server = try LoopbackServer { _ in
      .events(Completion.stream(["hm, ", "yes</think>\n", "Hello"]))
    }
    defer { server.stop() }
    let endpoints = Endpoints(client: HTTPClient())
    let model = try endpoints.model(
      OpenAIEndpoint.Configuration(baseURL: server.url, model: "m"))
    for said in ["hm, yes</think>\nHello", "Hello"] {
      let pieces = Locked<[String]>([])
      let reply = try await model.reply(to: ModelRequest(messages: [.init(.user, "Hi")])) { piece in
        pieces.withLock { $0.append(piece) }
      }
      #expect(reply.text == "Hello")
      #expect(pieces.withLock { $0.joined() } == said)
    }
    #expect(
      endpoints.capabilities.values.map(\.description) == ["thinks aloud from the first word"])
  }

  @Test func wholeTextIsSaidWhereMarksMeanNothing() {
    var spoken = SpokenText(isAllSaid: true)
    #expect(spoken.add("<think>") + spoken.add("a</think>b") == "<think>a</think>b")
  }

  /// Both ways of thinking aloud are told by empty pieces, and none of the thoughts are.
  @Test(arguments: [
    [Completion.delta("<think>hm "), Completion.delta("yes</think>\n"), Completion.delta("Hello")],
    [
      Completion.event(["choices": [["index": 0, "delta": ["reasoning_content": "hm"]]]]),
      Completion.delta("Hello"),
    ],
  ])
  func streamTellsThatTheModelThinks(_ events: [String]) async throws {
    let server = try LoopbackServer { _ in
      .events(events + [Completion.finish("stop"), Completion.done])
    }
    defer { server.stop() }
    let pieces = Locked<[String]>([])
    let reply = try await Endpoints(client: HTTPClient()).model(
      OpenAIEndpoint.Configuration(baseURL: server.url, model: "m")
    ).reply(to: ModelRequest(messages: [.init(.user, "Hi")])) { piece in
      pieces.withLock { $0.append(piece) }
    }
    #expect(reply.text == "Hello")
    let told = pieces.withLock { $0 }
    #expect(told.first == "")
    #expect(told.joined() == "Hello")
  }
}
