import Foundation
import Testing
import Tree

@Suite struct RunEventTests {
  private static let node = NodeID.root.child(slot: 2)
  private static let call = CallKey(
    node: node, step: .judgement, query: 1, sample: 3, attempt: 1)

  /// One event of every kind there is.
  private static let all: [RunEvent] =
    outcomes.map {
      .completed(
        Completion(
          call: call, outcome: $0,
          usage: Usage(
            input: 3, cachedInput: 1, output: 2, isEstimated: true, requests: 2, seconds: 0.25,
            cost: 0.001)))
    }
    + [.started(call), .cancelled(call), .reopened].map { .flight($0) }
    + embeddings.map { .flight($0) }
    + [
      .open(Opening(node: node, numbers: [4, 5], skips: true)), .extend(level: 3),
      .finish(node: node, why: .nothingAlive),
    ].map { .decided($0) }
    + actions.map {
      .intervened(Intervention($0, by: .person("ann"), because: "a reason", relation: .redo))
    }
    + [.intervened(Intervention(.pause, by: .program))]

  private static let embeddings: [Flight] = [
    .embedding(
      EmbeddingRequest(
        number: 2, model: "m at h", texts: 3, most: Usage(input: 9, isEstimated: true))),
    .embedded(
      EmbeddingReply(
        number: 2, model: "m at h", texts: 3, vectors: "v", usage: Usage(input: 8, cost: 0.5))),
    .embedded(
      EmbeddingReply(
        number: 3, model: "m", texts: 1, usage: Usage(requests: 0), setback: .budget(.tokens))),
    .embedded(
      EmbeddingReply(number: 4, model: "m", texts: 1, usage: Usage(), setback: .failed("no"))),
  ]

  private static let outcomes: [Outcome] = [
    .aspects(
      AspectChoice(
        aspects: [Aspect(name: "Wit", definition: "It is funny.")], reasoning: "why",
        origin: .library)),
    .proposed(Proposal(prompt: "p", analysis: "a", summary: "s")),
    .answered(Answer(response: "r", examples: [2, 0], end: .unknown("banana"))),
    .judged(
      Evaluation(scores: [Evaluation.Score(aspect: "Wit", value: 4, rationale: "because")])),
    .unreadable(fault: "no JSON", reply: "Hm."),
    .failed(reason: "refused", isTransient: true),
  ]

  private static let actions: [Intervention.Action] = [
    .prune(node), .restore(node), .pin(node), .unpin(node),
    .fork(parent: node, slot: -2, number: 9, prompt: "mine"),
    .override(node, aspect: "Wit", score: 4.5), .override(node, aspect: "Wit", score: nil),
    .steer("shorter"), .steer(nil), .lock("{name}"), .unlock("{name}"), .pause, .continue,
    .set(SearchSettings(beam: 3, unreadable: .zero, maxCalls: 9, measuresLift: true)), .stop,
  ]

  @Test(arguments: all)
  func `every event comes back from JSON as it was`(event: RunEvent) throws {
    let recorded = RecordedEvent(ordinal: 3, time: 1.5, event: event)
    let data = try JSONEncoder().encode(recorded)
    let back = try JSONDecoder().decode(RecordedEvent.self, from: data)
    #expect(back == recorded)
    // The texts themselves stay out of it: they are stored once, beside the event.
    #expect(back.event.texts.allSatisfy { $0.content == nil })
    #expect(back.event.texts == event.texts)
  }

  @Test func `an event names all its texts`() {
    let texts = Self.all.map { $0.texts.compactMap(\.content) }
    #expect(
      texts.prefix(6) == [
        ["why"], ["p", "a", "s"], ["r"], ["because"], ["no JSON", "Hm."], ["refused"],
      ])
    #expect(texts.contains(["v"]) && texts.contains(["no"]))
    #expect(texts.count(where: { $0 == ["mine", "a reason"] }) == 1)
    #expect(texts.count(where: { $0 == ["{name}", "a reason"] }) == 2)
  }

  @Test func `a configuration comes back as it was`() throws {
    let configuration = RunConfiguration(
      name: "oak", preset: "paper", settings: SearchSettings(), seed: .max,
      initialPrompt: "p", queries: ["q"], examples: [Example(query: "eq", response: "er")],
      library: [Aspect(name: "Wit", definition: "d")],
      models: [
        .judge: ModelDescription(
          name: "m", endpoint: "http://localhost", isSimulated: false, temperature: 0, topP: 1,
          maxTokens: 5)
      ])
    let data = try JSONEncoder().encode(configuration)
    #expect(try JSONDecoder().decode(RunConfiguration.self, from: data) == configuration)
    #expect(configuration.texts == ["p", "q", "eq", "er"])
  }

  @Test(arguments: [#""""#, #""xyz""#, #""00000000000000zz""#, "12"])
  func `what is no node is refused`(json: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(NodeID.self, from: Data(json.utf8))
    }
  }
}
