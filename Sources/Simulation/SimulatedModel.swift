package import Models

/// The embedded model: plays base model, judge and optimizer, whichever the texts of a request ask
/// for, with nothing but those texts to go by.
///
/// A reply is a function of the world, the words of the request, its seed and its sample, whatever
/// else was asked and in whatever order.
package struct SimulatedModel: LanguageModel {
  package let name: String
  package var isSimulated: Bool { true }

  private let world: SimulatedWorld
  private let latency: SimulatedLatency
  private let faults: SimulatedFaults
  private let clock: any Clock<Duration>
  private let tries = SimulatedTries()

  /// - Parameter clock: where the latency passes.
  package init(
    name: String = "simulated", world: SimulatedWorld = SimulatedWorld(),
    latency: SimulatedLatency = SimulatedLatency(), faults: SimulatedFaults = .none,
    clock: any Clock<Duration> = ContinuousClock()
  ) {
    self.name = name
    self.world = world
    self.latency = latency
    self.faults = faults
    self.clock = clock
  }

  package func reply(
    to request: ModelRequest, onText: (@Sendable (String) -> Void)?
  ) async throws -> ModelReply {
    try await replies(to: [request], onText: onText, on: clock)[0]
  }

  /// Each reply is what it would be by itself; they come together, when the first would.
  package func replies(to requests: [ModelRequest]) async throws -> SharedReply? {
    let replies = try await replies(to: requests, onText: nil, on: clock)
    var usage = replies.reduce(TokenUsage()) { $0 + $1.usage }
    usage.input = replies[0].usage.input
    return SharedReply(replies: replies, usage: usage)
  }

  private func replies<C: Clock>(
    to requests: [ModelRequest], onText: (@Sendable (String) -> Void)?, on clock: C
  ) async throws -> [ModelReply] where C.Duration == Duration {
    // What it takes to think is part of the latency.
    let start = clock.now
    try Task.checkCancellation()
    let first = requests[0]
    let chance = chance(of: first)
    if faults.unavailable > 0 {
      let attempt = await tries.next(first)
      if chance.of("unavailable").of(attempt).unit < faults.unavailable {
        throw ModelError.unavailable("\(name): the simulated server is overloaded")
      }
    }
    let replies = requests.map(reply)
    try await Self.pass(
      latency.draw(chance.of("latency")), from: start, on: clock, telling: replies[0].text,
      to: onText)
    return replies
  }

  private func reply(to request: ModelRequest) -> ModelReply {
    let chance = chance(of: request)
    let words = faults.spoil(self.words(for: request, chance: chance), chance: chance)
    let (text, isCut) = Self.cut(words, to: request.sampling.maxTokens)
    return ModelReply(
      text: text, finish: isCut ? .length : .stop,
      usage: TokenUsage(
        input: request.messages.reduce(0) { $0 + Self.tokens($1.content) + 4 },
        output: Self.tokens(text)))
  }

  private func chance(of request: ModelRequest) -> Chance {
    world.chance.of(request.seedOnTheWire).of(request.sample)
  }

  // MARK: What is said

  private func words(for request: ModelRequest, chance: Chance) -> String {
    switch Errand(request) {
    case .answer(let prompt, let examples, let query):
      return Answering(chance: world.chance).answer(
        prompt: PromptReading(prompt), query: query, examples: examples,
        jitter: 0.3 * (request.sampling.temperature ?? 0), sampling: chance)
    case .chooseAspects(let query, let library):
      let choice = Judging(chance: world.chance, noise: world.judgeNoise)
        .choice(query: query, library: library, sampling: chance)
      let aspects = choice.aspects.map { aspect in
        var members = [("name", JSONText.string(aspect.name))]
        if let definition = aspect.definition {
          members.append(("definition", JSONText.string(definition)))
        }
        return JSONText.object(members)
      }
      return JSONText.object([
        ("reasoning", JSONText.string(choice.reasoning)), ("aspects", JSONText.array(aspects)),
      ])
    case .judge(let query, let response, let aspects):
      let verdicts = Judging(chance: world.chance, noise: world.judgeNoise).verdicts(
        query: query, response: response, aspects: aspects, sampling: chance.of(response))
      return JSONText.object([
        (
          "scores",
          JSONText.object(
            verdicts.map {
              (
                $0.aspect,
                JSONText.object([
                  ("rationale", JSONText.string($0.rationale)), ("score", String($0.score)),
                ])
              )
            })
        )
      ])
    case .rewrite(let task):
      let outcome = Rewriting(task: task, chance: chance.of(task.prompt).of(task.query)).outcome()
      return JSONText.object([
        ("analysis", JSONText.string(outcome.analysis)),
        ("summary", JSONText.string(outcome.summary)),
        ("prompt", JSONText.string(outcome.prompt)),
      ])
    }
  }

  // MARK: How it comes

  /// Lets the time pass, with the text coming piece by piece after a third of it.
  ///
  /// Each piece has its moment, counted from the start: sleeps one after another would add up what
  /// each of them oversleeps.
  private static func pass<C: Clock>(
    _ duration: Duration, from start: C.Instant, on clock: C, telling text: String,
    to onText: (@Sendable (String) -> Void)?
  ) async throws where C.Duration == Duration {
    guard duration > .zero else {
      if !text.isEmpty { onText?(text) }
      return
    }
    guard let onText else {
      return try await clock.sleep(until: start.advanced(by: duration), tolerance: nil)
    }
    let pieces = pieces(of: text)
    for (index, piece) in pieces.enumerated() {
      let part = duration / 3 + duration * 2 / 3 * (index + 1) / pieces.count
      try await clock.sleep(until: start.advanced(by: part), tolerance: nil)
      onText(piece)
    }
  }

  /// Sixteen pieces at most, of whole words.
  private static func pieces(of text: String) -> [String] {
    let length = max(24, text.utf8.count / 16 + 1)
    var pieces: [String] = []
    var piece = ""
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      if !piece.isEmpty || !pieces.isEmpty { piece += " " }
      piece += word
      if piece.utf8.count >= length {
        pieces.append(piece)
        piece = ""
      }
    }
    if !piece.isEmpty { pieces.append(piece) }
    return pieces.isEmpty ? [""] : pieces
  }

  /// A token a word and a third, about what models take for English.
  private static func tokens(_ text: String) -> Int {
    var words = 0
    var isInside = false
    for byte in text.utf8 {
      let isSpace = byte <= 0x20
      if !isSpace, !isInside { words += 1 }
      isInside = !isSpace
    }
    return (words * 4 + 2) / 3
  }

  /// The text up to its limit of tokens.
  private static func cut(_ text: String, to limit: Int?) -> (text: String, isCut: Bool) {
    guard let limit, tokens(text) > limit else { return (text, false) }
    var kept = ""
    var count = 0
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      count += 1
      if (count * 4 + 2) / 3 > limit { break }
      kept += kept.isEmpty ? String(word) : " " + word
    }
    return (kept, true)
  }
}
