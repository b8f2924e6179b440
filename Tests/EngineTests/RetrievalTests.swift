import DRPO
import Locking
import Models
import Simulation
import TestSupport
import Testing
import Tree

@testable import Engine

@Suite struct RetrievalTests {
  private static let configuration = {
    var configuration = RunConfiguration.scripted(depth: 2, maxDepthIncrease: 0)
    configuration.settings.examplesShown = 1
    configuration.examples = [
      Example(query: "Question 0?!", response: "by its words"),
      Example(query: "Something else", response: "by its meaning"),
    ]
    return configuration
  }()

  /// A USD a million tokens.
  private static let price = TokenPrice(input: 1, output: 0)

  private struct Run {
    var tree: SearchTree
    var log: [RunEvent]
    var notices: [String]
    /// The examples that were shown, each set of them once.
    var shown: Set<[Int]> { Set(tree.nodes.compactMap { $0.trial.answer?.examples }) }
    var totals: Totals.Share { tree.totals.retrieval }
    var setback: RetrievalSetback? { tree.retrieval.setback }
  }

  /// The texts of a log.
  private struct LogTexts: TextSource {
    let contents: [TextID: String]

    init(_ log: [RunEvent]) {
      contents = Dictionary(
        log.flatMap(\.texts).compactMap { text in text.content.map { (text.id, $0) } },
        uniquingKeysWith: { first, _ in first })
    }

    func content(of id: TextID) -> String? { contents[id] }
  }

  /// - Parameter history: what happened before; the run is resumed.
  private func run(
    _ embeddings: ScriptedEmbeddings?, at endpoint: String = "there",
    price: TokenPrice? = RetrievalTests.price, store: (any ReplyStore)? = nil,
    history: [RunEvent] = [], beginningWith action: Intervention.Action? = nil,
    _ change: (inout RunConfiguration) -> Void = { _ in }
  ) async -> Run {
    var configuration = Self.configuration
    change(&configuration)
    let player = PlayedRole(model: SimulatedModel(latency: .none))
    let notices = Locked<[String]>([])
    let sink = MemorySink()
    let engine = Engine(
      tree: SearchTree(configuration: configuration, events: history), texts: LogTexts(history),
      models: [.base: player, .judge: player, .optimizer: player], sink: sink,
      embedder: embeddings.map {
        Embedder(model: $0, endpoint: endpoint, price: price, store: store)
      }
    ) { update in
      if case .notice(let text) = update { notices.withLock { $0.append(text) } }
    }
    let actions = action.map { [Intervention($0, by: .person("ann"))] } ?? []
    _ = await engine.run(beginningWith: actions)
    let log = history + (await sink.log).map(\.event)
    return Run(
      tree: SearchTree(configuration: configuration, events: log), log: log,
      notices: notices.withLock { $0 })
  }

  // MARK: Which examples are shown

  @Test func byWords() async {
    let run = await run(nil)
    #expect(run.shown == [[0]])
    #expect(run.totals.started == 0)
  }

  @Test func byMeaning() async {
    let embeddings = ScriptedEmbeddings()
    let run = await run(embeddings)
    #expect(run.shown == [[1]])
    #expect(run.tree.finish?.why == .depth)
    #expect(run.notices.isEmpty)
    // Those of the examples, and no query that no level reaches.
    #expect(
      embeddings.asked == [["Question 0?!", "Something else", "Question 0?", "Question 1?"]])
  }

  @Test func nobodyIsAskedWhereNoExampleIsShown() async {
    let embeddings = ScriptedEmbeddings()
    let run = await run(embeddings) { $0.settings.examplesShown = 0 }
    #expect(run.shown == [[]])
    #expect(embeddings.asked.isEmpty)
  }

  // MARK: What it takes

  @Test func isCountedBesideTheRoles() async {
    let run = await run(ScriptedEmbeddings())
    #expect(run.totals.started == 1 && run.totals.completed == 1 && run.totals.cached == 0)
    #expect(run.totals.input == 40 && run.totals.output == 0 && !run.totals.isEstimated)
    #expect(abs(run.totals.knownCost - 40e-6) < 1e-12)
    let roles = Role.allCases.map { run.tree.totals[$0].started }.reduce(0, +)
    #expect(run.tree.totals.started == roles + 1)
    #expect(run.tree.totals.cost == run.totals.knownCost)
  }

  @Test func anUnknownPriceIsUnknown() async {
    let run = await run(ScriptedEmbeddings(), price: nil)
    #expect(run.tree.totals.cost == nil)
  }

  @Test func isInTheLogBeforeItIsSent() async {
    let run = await run(ScriptedEmbeddings())
    let flights = run.log.compactMap { event -> String? in
      switch event {
      case .flight(.embedding): "asked"
      case .flight(.embedded(let reply)): reply.vectors == nil ? "none" : "vectors"
      case .flight(.started(let call)) where call.step == .answer: "answer"
      default: nil
      }
    }
    #expect(flights.prefix(3) == ["asked", "vectors", "answer"])
  }

  @Test func largeNumbersOfTextsGoInSeveralRequests() async {
    let embeddings = ScriptedEmbeddings()
    let run = await run(embeddings) { configuration in
      configuration.examples += (0..<100).map {
        Example(query: Text("Another \($0)"), response: "so")
      }
    }
    #expect(embeddings.asked.map(\.count).sorted() == [40, 64])
    #expect(run.totals.started == 2 && run.totals.input == 1_040)
    #expect(ExpectedCalls(run.tree).total == run.tree.totals.started)
  }

  @Test func isExpected() {
    var configuration = Self.configuration
    let without = ExpectedCalls(SearchTree(configuration: configuration)).total
    configuration.embeddings = ModelDescription(
      name: "vectors", endpoint: "there", isSimulated: false)
    #expect(ExpectedCalls(SearchTree(configuration: configuration)).total == without + 1)
  }

  // MARK: A run that goes on

  /// Cut after each event, the run comes to the same tree, and asks again only for what had not come.
  @Test func isNotPaidForAgain() async throws {
    let whole = await run(ScriptedEmbeddings())
    let asked = try #require(
      whole.log.firstIndex { if case .flight(.embedding) = $0 { true } else { false } })
    let came = try #require(
      whole.log.firstIndex { if case .flight(.embedded) = $0 { true } else { false } })
    for cut in 1...whole.log.count {
      let embeddings = ScriptedEmbeddings()
      let resumed = await run(embeddings, history: Array(whole.log[..<cut]))
      #expect(resumed.tree == whole.tree, "cut at \(cut)")
      #expect(embeddings.asked.count == (cut <= came ? 1 : 0), "cut at \(cut)")
      // What was on its way may have been charged.
      let wasLost = cut > asked && cut <= came
      #expect(resumed.totals.isEstimated == wasLost && resumed.totals.started == (wasLost ? 2 : 1))
    }
  }

  @Test func anotherModelIsAskedAnew() async {
    let first = await run(ScriptedEmbeddings())
    let cut = first.log.firstIndex { if case .flight(.embedded) = $0 { true } else { false } } ?? 0
    let embeddings = ScriptedEmbeddings()
    let second = await run(embeddings, at: "elsewhere", history: Array(first.log[...cut]))
    #expect(embeddings.asked.count == 1)
    #expect(
      second.tree.retrieval.models.map(\.name) == ["vectors at there", "vectors at elsewhere"])
  }

  @Test func aDeeperSearchAsksForWhatIsNew() async {
    let first = await run(ScriptedEmbeddings())
    let embeddings = ScriptedEmbeddings()
    let second = await run(
      embeddings, history: first.log,
      beginningWith: .set(first.tree.settings.with(.depth(4))))
    #expect(embeddings.asked == [["Question 2?", "Question 3?"]])
    #expect(second.tree.levels.count == 4)
    #expect(second.shown == [[1]])
  }

  // MARK: The store that runs share

  private final class Memory: ReplyStore {
    private let replies = Locked<[[UInt8]: ModelReply]>([:])
    func reply(to request: [UInt8]) async -> ModelReply? { replies.withLock { $0[request] } }
    func keep(_ reply: ModelReply, to request: [UInt8]) async {
      replies.withLock { $0[request] = reply }
    }
  }

  @Test func whatOneRunHasPaidForCostsOthersNothing() async {
    let store = Memory()
    _ = await run(ScriptedEmbeddings(), store: store)
    let embeddings = ScriptedEmbeddings()
    let second = await run(embeddings, store: store) { $0.settings.depth = 3 }
    #expect(embeddings.asked == [["Question 2?"]])
    #expect(second.totals.started == 2 && second.totals.cached == 1 && second.totals.input == 10)
    #expect(second.shown == [[1]])
    let third = await run(ScriptedEmbeddings(), at: "elsewhere", store: store)
    #expect(third.totals.cached == 0)
  }

  // MARK: By their words all the same

  @Test func whereVectorsCannotBeHad() async {
    let fault = ModelError.unavailable("nobody is there")
    let failing = await run(ScriptedEmbeddings(failingBy: fault))
    #expect(failing.shown == [[0]])
    #expect(failing.tree.finish?.why == .depth)
    #expect(
      failing.notices == [
        "Examples are found by their words (BM25) for the rest of the run: there are no embeddings. "
          + "nobody is there"
      ])
    #expect(failing.setback == .failed("nobody is there"))
    // It stays so, whoever goes on with it, and whatever the server does by then.
    let came =
      failing.log.firstIndex { if case .flight(.embedded) = $0 { true } else { false } } ?? 0
    let embeddings = ScriptedEmbeddings()
    let resumed = await run(embeddings, history: Array(failing.log[...came]))
    #expect(embeddings.asked.isEmpty)
    #expect(resumed.tree == failing.tree && resumed.shown == [[0]])
    #expect(resumed.notices.isEmpty)
  }

  @Test(arguments: [FinishReason.tokens, .cost])
  func whereTheBudgetDoesNotAllowIt(_ which: FinishReason) async {
    let embeddings = ScriptedEmbeddings()
    let limited = await run(embeddings) { configuration in
      configuration.settings.maxTokens = which == .tokens ? 100_000 : nil
      configuration.settings.maxCost = which == .cost ? 0.05 : nil
      let long = String(repeating: "word ", count: 100_000)
      configuration.examples.append(Example(query: Text(long), response: "so"))
    }
    #expect(embeddings.asked.isEmpty)
    #expect(limited.setback == .budget(which))
    #expect(limited.shown == [[0]])
    #expect(limited.tree.finish?.why == .depth)
    #expect(limited.totals.started == 0 && limited.totals.completed == 0)
    #expect(
      limited.notices.first?.contains("more than is left of the budget of \(which.rawValue)")
        == true)
  }

  /// Then nothing is settled: with more, it goes on as it would have.
  @Test func aRunAtItsEndSettlesNothing() async {
    let embeddings = ScriptedEmbeddings()
    let ended = await run(embeddings) { $0.settings.maxTokens = 1 }
    #expect(ended.tree.finish?.why == .tokens)
    #expect(ended.setback == nil && embeddings.asked.isEmpty)
    var more = ended.tree.settings
    more.maxTokens = nil
    let resumed = await run(embeddings, history: ended.log, beginningWith: .set(more))
    #expect(resumed.shown == [[1]])
  }

  @Test func theCallsOfABudgetCountIt() async {
    let limited = await run(ScriptedEmbeddings()) { $0.settings.maxCalls = 4 }
    #expect(limited.tree.finish?.why == .calls)
    #expect(limited.tree.totals.started == 4 && limited.totals.started == 1)
  }

  // MARK: Vectors as texts

  @Test func vectorsComeBackExactly() {
    let vectors: [NamedVector] = [
      (TextID(of: "a"), [0.1, -0, .pi, .leastNonzeroMagnitude]), (TextID(of: "b"), [1e30, -2.5]),
    ]
    let back = VectorText.readAll(VectorText.write(vectors))
    #expect(back.map(\.id) == vectors.map(\.id))
    #expect(back.map(\.vector) == vectors.map(\.vector))
  }

  @Test(arguments: ["", "3f80000", "3f80000g", "7f800000", "3F800000", "3f800000 "])
  func whatIsNoVectorIsLeftOut(_ text: String) {
    #expect(VectorText.read(text) == nil)
    #expect(VectorText.readAll("\(TextID(of: "a")) \(text)").isEmpty || text == "3f800000 ")
  }
}
