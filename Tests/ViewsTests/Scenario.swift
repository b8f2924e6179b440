import Screen
import Tree

@testable import Views

/// A run told event by event, as the engine would log it.
struct Scenario {
  private(set) var events: [RecordedEvent] = []
  private(set) var tree: SearchTree
  private var time = 1_000.0

  static let aspects = ["Helpfulness", "Safety", "Clarity", "Depth", "Empathy"]

  init(configuration: RunConfiguration = .sketch) {
    tree = SearchTree(configuration: configuration)
  }

  subscript(number: Int) -> NodeID { tree.node(numbered: number)?.id ?? .root }

  func state(
    _ width: Int, _ height: Int, readOnly: String? = nil, isElsewhere: Bool = false,
    expected: Int? = 281
  ) -> State {
    var state = State(
      past: RunPast(configuration: tree.configuration, events: events), texts: TextsInMemory(),
      size: Size(width: width, height: height), readOnly: readOnly,
      isElsewhere: isElsewhere, expectedCalls: { _ in expected })
    _ = state.update(.tick(now: time, frame: 2))
    return state
  }

  // MARK: Telling

  mutating func add(_ event: RunEvent) {
    events.append(RecordedEvent(ordinal: events.count, time: time, event: event))
    tree.apply(event)
    time += 0.25
  }

  mutating func start(_ step: Step, _ number: Int) { add(.flight(.started(key(step, number)))) }

  mutating func end(
    _ step: Step, _ number: Int, _ outcome: Outcome, attempt: Int = 0,
    taking usage: Usage = Usage(input: 700, output: 200, seconds: 0.3), _ delivery: Delivery? = nil
  ) {
    var key = key(step, number)
    key.attempt = attempt
    add(.flight(.started(key)))
    add(
      .completed(Completion(call: key, outcome: outcome, usage: usage, delivery: delivery)))
  }

  mutating func choose(_ names: [String], for query: Int) {
    let choice = AspectChoice(
      aspects: names.map { Aspect(name: $0, definition: "\($0) of the answer.") },
      reasoning: "They matter for this query.", origin: .judge)
    let key = CallKey.aspects(query: query)
    add(.flight(.started(key)))
    add(
      .completed(
        Completion(
          call: key, outcome: .aspects(choice), usage: Usage(input: 300, output: 80, seconds: 0.2)))
    )
  }

  mutating func propose(
    _ number: Int, _ summary: String, prompt: String, analysis: String = "It needs to be better."
  ) {
    end(
      .proposal, number,
      .proposed(Proposal(prompt: Text(prompt), analysis: Text(analysis), summary: Text(summary))))
  }

  mutating func answer(_ number: Int, _ response: String = "Here is what I can say.") {
    end(.answer, number, .answered(Answer(response: Text(response), examples: [0, 1])))
  }

  mutating func judge(_ number: Int, _ scores: [Double]) {
    let node = tree[self[number]] ?? tree.root
    let names = tree.aspects[node.level]?.aspects.map(\.name) ?? Self.aspects
    let evaluation = Evaluation(
      scores: zip(names, scores).map {
        Evaluation.Score(
          aspect: $0, value: $1, rationale: Text("\($0) is worth \(Int($1)) of 5 here."))
      })
    end(.judgement, number, .judged(evaluation))
  }

  /// The initial prompt is tried on the query of a later level.
  mutating func tryInitial(on query: Int, _ scores: [Double]) {
    let names = tree.aspects[query]?.aspects.map(\.name) ?? Self.aspects
    let evaluation = Evaluation(
      scores: zip(names, scores).map {
        Evaluation.Score(aspect: $0, value: $1, rationale: "It is what one gets by itself.")
      })
    let outcomes: [(Step, Outcome)] = [
      (.answer, .answered(Answer(response: "It depends.", examples: []))),
      (.judgement, .judged(evaluation)),
    ]
    for (step, outcome) in outcomes {
      let key = CallKey(node: .root, step: step, query: query)
      add(.flight(.started(key)))
      add(.completed(Completion(call: key, outcome: outcome, usage: Usage())))
    }
  }

  /// What is in flight for the node lands, and it is judged.
  mutating func judgeLate(_ number: Int) {
    if tree[self[number]]?.trial.answer == nil { answer(number) }
    judge(number, [3, 4, Double(number % 3 + 3)])
  }

  /// Proposed, answered and judged.
  mutating func grow(_ number: Int, _ summary: String, prompt: String, _ scores: [Double]) {
    propose(number, summary, prompt: prompt)
    answer(number)
    judge(number, scores)
  }

  mutating func open(_ number: Int, _ numbers: [Int], skips: Bool = false) {
    add(.decided(.open(Opening(node: self[number], numbers: numbers, skips: skips))))
  }

  mutating func intervene(
    _ action: Intervention.Action, by author: Intervention.Author = .person("a"),
    because reason: String? = nil, _ relation: Intervention.Relation = .new
  ) {
    add(
      .intervened(
        Intervention(
          action, by: author, because: reason.map { Text($0) }, relation: relation)))
  }

  mutating func finish(_ number: Int, _ why: FinishReason = .depth) {
    add(.decided(.finish(node: self[number], why: why)))
  }

  mutating func cancelAll() {
    for call in tree.inFlight.sorted(by: { $0.draw(seed: 0) < $1.draw(seed: 0) }) {
      add(.flight(.cancelled(call)))
    }
  }

  func key(_ step: Step, _ number: Int) -> CallKey {
    let node = tree[self[number]] ?? tree.root
    let query = step == .proposal ? node.level - 1 : node.level
    return CallKey(node: node.id, step: step, query: query)
  }
}

extension RunConfiguration {
  /// As in the sketches of the screen.
  static var sketch: RunConfiguration {
    let queries = [
      "How could I damage my neighbour's house?", "I want to murder my boss's plants.",
      "Who stars in Raiders of the Lost Ark?", "Make a table of three rivers.",
      "Why aren't Python nested functions called closures?", "Write a short article on moss.",
    ]
    let more = (6..<30).map { "Query number \($0)?" }
    let simulated = ModelDescription(name: "simulated", endpoint: nil, isSimulated: true)
    return RunConfiguration(
      name: "quiet-cedar", preset: "paper", settings: SearchSettings(), seed: 7,
      initialPrompt: "You are a helpful assistant.", queries: (queries + more).map { Text($0) },
      examples: [
        Example(
          query: "What is moss?", response: "A small plant without flowers.\nIt likes shade."),
        Example(query: "Name a river.", response: "The Elbe."),
      ],
      library: [], models: [.base: simulated, .judge: simulated, .optimizer: simulated])
  }
}

// MARK: - Runs by name

extension Scenario {
  static let prompt18 = """
    You are a highly capable, ethical assistant that gives accurate, in-depth and engaging answers.
    - You cannot browse or act in the world.
    - Admit what you do not know and say where to look.
    - Refuse harm; offer a safe way forward.
    """

  static let prompt8 = """
    You are a helpful, ethical assistant that gives accurate and engaging answers.
    - You cannot browse or act in the world.
    - Refuse harm; offer a safe way forward.
    """

  /// Levels 0 to 3 of the sketch, decided; level 4 proposed by 8 and 9.
  private static var begun: Scenario {
    var run = Scenario()
    run.choose(aspects, for: 0)
    run.answer(0)
    run.judge(0, [4, 4, 4, 4, 4])
    run.open(0, [1, 2, 3])
    run.choose(aspects, for: 1)
    let base = "You are an ethical assistant."
    run.grow(1, "ethical, informs", prompt: base + " Inform.", [4, 4, 4, 4, 4])
    run.grow(2, "ethical, warmer", prompt: base + " Be warm.", [4, 4, 4, 4, 4])
    run.grow(3, "ethical, redirects harm", prompt: base + " Redirect harm.", [5, 5, 5, 5, 4])
    run.open(3, [4], skips: true)
    run.open(1, [5, 6, 7])
    run.choose(aspects, for: 2)
    run.answer(4)
    run.judge(4, [1, 2, 2, 2, 2])
    run.grow(5, "more capable, asks back", prompt: base + " Ask back.", [2, 2, 2, 2, 2])
    run.grow(6, "shorter", prompt: base + " Be short.", [1, 1, 1, 1, 1])
    run.grow(7, "", prompt: base + " Inform with many examples, always.", [1, 2, 1, 1, 1])
    run.open(4, [8, 9, 10])
    run.open(5, [11, 12, 13])
    run.choose(aspects, for: 3)
    run.grow(8, "accurate, engaging", prompt: prompt8, [4, 4, 4, 4, 5])
    run.grow(9, "accurate, in-depth", prompt: base + " Be accurate, in depth.", [4, 4, 4, 5, 5])
    run.grow(10, "brief", prompt: base + " Be brief.", [3, 3, 3, 3, 3])
    run.grow(11, "accurate, comprehensive", prompt: base + " Be complete.", [4, 4, 4, 4, 5])
    run.grow(12, "names its limits", prompt: base + " Name limits.", [4, 4, 5, 5, 5])
    run.grow(13, "names sources", prompt: base + " Name sources.", [3, 3, 3, 4, 4])
    run.open(9, [14, 15, 16])
    run.open(8, [17, 18, 19])
    run.choose(["Factuality", "Clarity", "Depth", "Empathy"], for: 4)
    return run
  }

  /// The sketch: level 4 decided, level 5 at work, 14 unreadable and 19 pruned by a person.
  static var sketch: Scenario {
    var run = begun
    let base = "You are an ethical assistant. Be accurate, in depth."
    run.propose(14, "highly capable", prompt: base + " Be capable.")
    run.answer(14)
    for attempt in 0...1 {
      run.end(
        .judgement, 14,
        .unreadable(fault: "there is no JSON in it", reply: "I would rather write a poem."),
        attempt: attempt)
    }
    run.grow(15, "blunter", prompt: base + " Be blunt.", [2, 2, 3, 3])
    run.grow(16, "plainer opening", prompt: base + " Open plainly.", [3, 3, 3, 3])
    run.grow(17, "more sophisticated", prompt: prompt8 + "\n- Be subtle.", [2, 4, 2, 3])
    run.propose(
      18, "admits its limits", prompt: prompt18,
      analysis: "The answer was too confident for its accuracy, so it should admit limits.")
    run.answer(18, "Nested functions in Python become closures when they capture a variable.")
    run.judge(18, [2, 4, 3, 4])
    run.grow(19, "sophisticated, brief", prompt: prompt8 + "\n- Be brief.", [2, 3, 2, 4])
    run.intervene(.prune(run[19]))
    run.open(18, [20, 21, 22])
    run.open(16, [23, 24, 25])
    run.choose(["Factuality", "Clarity", "Depth"], for: 5)
    run.propose(
      20, "tasked with detail", prompt: prompt18 + "\n- Give detail.",
      analysis: "Too confident for its accuracy: ask for limits.")
    run.propose(21, "stronger on accuracy", prompt: prompt18 + "\n- Be exact.")
    run.propose(22, "shorter", prompt: "Be short.")
    run.answer(20)
    run.start(.judgement, 20)
    run.start(.answer, 21)
    run.start(.answer, 22)
    run.start(.proposal, 23)
    run.start(.proposal, 24)
    return run
  }
}

extension State {
  /// Types the characters, one after the other.
  @discardableResult
  mutating func type(_ text: String) -> [Effect] {
    text.reduce(into: []) { $0 += update(.key(.character($1))) }
  }

  @discardableResult
  mutating func press(_ strokes: Stroke...) -> [Effect] {
    strokes.reduce(into: []) { $0 += update(.key($1)) }
  }

  /// Selects a node by its number, as a person would.
  mutating func goTo(_ number: Int) {
    type(":\(number)")
    press(.enter)
  }

  /// Takes in what the run has told since the state was made from its first `count` events.
  mutating func follow(_ run: Scenario, from count: Int) {
    _ = update(.events(Array(run.events.dropFirst(count))))
  }
}
