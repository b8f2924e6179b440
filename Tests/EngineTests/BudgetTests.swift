import DRPO
import HTTP
import Locking
import Models
import Simulation
import TestSupport
import Testing
import Tree

@testable import Engine

@Suite struct BudgetTests {
  private static let sampling = Sampling(maxTokens: 60)
  /// A USD a thousand tokens read, two a thousand written: 0.2 a call of `MeteredModel`.
  private static let price = TokenPrice(input: 1_000, output: 2_000)

  private struct Run {
    var tree: SearchTree
    var log: [RunEvent]
    var notices: [String]
  }

  private func run(
    _ settings: SearchSettings, model: MeteredModel = MeteredModel(),
    price: TokenPrice? = BudgetTests.price, history: [RunEvent] = [],
    clock: any Clock<Duration> = ContinuousClock(), earlier: Duration = .zero,
    lost: Usage = Usage(requests: 0, cost: 0)
  ) async -> Run {
    var configuration = RunConfiguration.scripted()
    configuration.settings = settings
    let tree = SearchTree(configuration: configuration, events: history)
    let player = PlayedRole(model: model, sampling: Self.sampling, price: price)
    let notices = Locked<[String]>([])
    let sink = MemorySink()
    let engine = Engine(
      tree: tree, texts: TextsInMemory(),
      models: [.base: player, .judge: player, .optimizer: player], sink: sink, earlier: earlier,
      lost: lost, clock: clock
    ) { update in
      if case .notice(let text) = update { notices.withLock { $0.append(text) } }
    }
    _ = await engine.run()
    let log = history + (await sink.log).map(\.event)
    return Run(
      tree: SearchTree(configuration: configuration, events: log), log: log,
      notices: notices.withLock { $0 })
  }

  private static let small = SearchSettings(
    depth: 6, maxDepthIncrease: 0, examplesShown: 0)

  private static func limited(_ change: (inout SearchSettings) -> Void) -> SearchSettings {
    var settings = small
    change(&settings)
    return settings
  }

  @Test(
    arguments: [
      ("calls", limited { $0.maxCalls = 20 }, FinishReason.calls),
      ("tokens", limited { $0.maxTokens = 5_000 }, .tokens),
      ("cost", limited { $0.maxCost = 6 }, .cost),
      ("the tightest of several", limited { ($0.maxCalls, $0.maxCost) = (40, 5) }, .cost),
      ("no room for one call", limited { $0.maxTokens = 10 }, .tokens),
      ("none that is reached", limited { ($0.maxCalls, $0.maxCost) = (900, 900) }, .depth),
    ])
  func endsBeforeItIsOverrun(_ name: String, _ settings: SearchSettings, _ why: FinishReason)
    async
  {
    let run = await run(settings)
    let totals = run.tree.totals
    #expect(run.tree.finish?.why == why)
    #expect(run.tree.inFlight.isEmpty)
    #expect(totals.started == totals.completed)
    #expect(totals.started <= settings.maxCalls ?? .max)
    #expect(totals.input + totals.output <= settings.maxTokens ?? .max)
    #expect((totals.cost ?? .infinity) <= (settings.maxCost ?? .infinity) + 1e-9)
    let conformance = Conformance(configuration: run.tree.configuration, events: run.log)
    #expect(conformance.difference == nil)
  }

  @Test(
    arguments: [
      (limited { $0.maxTokens = 10 }, "may take up to"),
      (limited { $0.maxCost = 0.05 }, "$0.00 of $0.05 are used."),
    ])
  func saysWhyThereIsNoRoom(_ settings: SearchSettings, _ words: String) async {
    let run = await run(settings)
    #expect(run.tree.totals.started == 0)
    #expect(run.notices.count == 1)
    #expect(run.notices[0].contains(words), "\(run.notices)")
  }

  @Test func goesOnWithMore() async {
    let whole = await run(Self.small)
    let part = await run(Self.limited { $0.maxTokens = 4_000 })
    #expect(part.tree.finish?.why == .tokens)
    let more = RunEvent.intervened(Intervention(.set(Self.small), by: .program))
    let rest = await run(Self.limited { $0.maxTokens = 4_000 }, history: part.log + [more])
    #expect(rest.tree.finish == whole.tree.finish)
    #expect(rest.tree.nodes == whole.tree.nodes)
    #expect(rest.tree.totals.started == whole.tree.totals.started)
  }

  /// What earlier sittings may have been charged for is not there to be spent again.
  @Test(
    arguments: [
      (limited { $0.maxTokens = 5_000 }, Usage(input: 4_000, output: 990), FinishReason.tokens),
      (limited { $0.maxCost = 6 }, Usage(cost: 5.99), .cost),
    ])
  func countsWhatWasLostBefore(_ settings: SearchSettings, _ lost: Usage, _ why: FinishReason) async
  {
    let run = await run(settings, lost: lost)
    #expect(run.tree.finish?.why == why)
    #expect(run.tree.totals.started == 0)
  }

  /// Calls that are called back are in the ledger with the most that they may have taken, whether the
  /// program called them back or ended under way.
  @Test(arguments: [true, false]) func theLedgerHasWhatIsLost(isKilled: Bool) async throws {
    let ledger = LedgerSink()
    let (isAsked, asked) = AsyncStream.makeStream(of: Void.self)
    let model = ScriptedModel { _ in
      asked.yield()
      try await Task.sleep(for: .seconds(3_600))
      return ""
    }
    let player = PlayedRole(model: model, sampling: Self.sampling, price: Self.price)
    let configuration = RunConfiguration.scripted()
    func engine(_ history: [RunEvent]) -> Engine {
      Engine(
        tree: SearchTree(configuration: configuration, events: history), texts: TextsInMemory(),
        models: [.base: player, .judge: player, .optimizer: player], sink: ledger)
    }
    var lost: Set<CallKey> = []
    if isKilled {
      lost = [.aspects(query: 0), .aspects(query: 1)]
      let resumed = engine(lost.map { .flight(.started($0)) })
      await resumed.drain()
      _ = await resumed.run()
    } else {
      let first = engine([])
      async let ending = first.run()
      for await _ in isAsked { break }
      lost = await first.tree.inFlight
      await first.abort()
      _ = await ending
    }
    let records = await ledger.records
    #expect(!lost.isEmpty && Set(records.map(\.call)) == lost)
    #expect(records.count == lost.count)
    for record in records {
      #expect(record.status == .cancelled && record.usage.isEstimated)
      #expect(record.usage.output == 60 && record.usage.input > 0)
      #expect(record.usage.cost == Double(record.usage.input + 2 * 60) / 1_000)
    }
  }

  @Test func warnsOnce() async {
    let run = await run(Self.limited { ($0.maxCalls, $0.maxCost) = (20, 1_000) })
    #expect(run.notices.count == 1)
    #expect(run.notices.first?.hasSuffix(" of 20 calls.") == true)
  }

  @Test func saysOfABudgetThatIsUsedUpWhatIsUsed() {
    var configuration = RunConfiguration.scripted()
    configuration.settings = Self.limited { $0.maxCalls = 1 }
    var tree = SearchTree(configuration: configuration)
    var budget = Budget(lost: Usage())
    let steps: [(step: Step, words: String)] = [
      (.answer, "A budget is used up: 1 of 1 calls."),
      (.judgement, "A budget is used up: 2 calls of at most 1."),
    ]
    for (step, words) in steps {
      tree.apply(.flight(.started(CallKey(node: .root, step: step, query: 0))))
      #expect(budget.warnings(in: tree, minutes: 0) == [words])
      budget = Budget(lost: Usage())
    }
  }

  @Test func warnsOfItsTimeWhileAModelIsSlow() async {
    let clock = HandClock()
    let model = ScriptedModel { _ in
      try await Task.sleep(for: .seconds(3_600))
      return ""
    }
    let player = PlayedRole(model: model, sampling: Self.sampling, price: Self.price)
    var configuration = RunConfiguration.scripted()
    configuration.settings = Self.limited { $0.maxMinutes = 2 }
    let (notices, told) = AsyncStream.makeStream(of: String.self)
    let engine = Engine(
      tree: SearchTree(configuration: configuration), texts: TextsInMemory(),
      models: [.base: player, .judge: player, .optimizer: player], sink: MemorySink(), clock: clock
    ) { update in
      if case .notice(let text) = update { told.yield(text) }
    }
    async let ending = engine.run()
    while clock.sleepers == 0 { await Task.yield() }
    clock.advance(by: .seconds(97))
    let notice = await notices.first { _ in true }
    #expect(notice == "80 % of a budget is used: 1.6 of 2 minutes.")
    await engine.abort()
    _ = await ending
  }

  @Test func endsWhenItsTimeIsOver() async {
    let clock = HandClock()
    let model = MeteredModel { clock.advance(by: .seconds(6)) }
    let settings = Self.limited { $0.maxMinutes = 2 }
    let run = await run(settings, model: model, clock: clock, earlier: .seconds(60))
    #expect(run.tree.finish?.why == .minutes)
    #expect(run.tree.inFlight.isEmpty)
    // A minute of six seconds a call, and what was in flight when it was over.
    #expect((10...16).contains(model.calls))
    #expect(run.notices.contains { $0.contains("of 2 minutes") })
  }

  /// A server that breaks every reply, and a first retry that is ten minutes off.
  @Test(.timeLimit(.minutes(1))) func sendsNothingAnotherTimeWhenItsTimeIsOver() async throws {
    let clock = HandClock()
    let isBroken = Locked(true)
    let model = MeteredModel()
    let server = try LoopbackServer(serving: [
      ScriptedModel { request in
        if isBroken.withLock({ $0 }) { throw ModelError.unavailable("broken") }
        return try await model.reply(to: request).text
      }
    ])
    defer { server.stop() }
    let endpoints = Endpoints(
      client: HTTPClient(), policy: RetryPolicy(shortest: .seconds(600), longest: .seconds(600)),
      clock: clock, draw: { 1 })
    let player = PlayedRole(
      model: try endpoints.model(
        OpenAIEndpoint.Configuration(baseURL: server.url, model: "scripted")))
    var configuration = RunConfiguration.scripted(depth: 3)
    configuration.settings.maxMinutes = 1
    let (setbacks, told) = AsyncStream.makeStream(of: Void.self)
    let (ends, ended) = AsyncStream.makeStream(of: FinishReason.self)
    let engine = Engine(
      tree: SearchTree(configuration: configuration), texts: TextsInMemory(),
      models: [.base: player, .judge: player, .optimizer: player], sink: MemorySink(), clock: clock
    ) { update in
      switch update {
      case .setback: told.yield()
      case .events(let events):
        for case .decided(.finish(_, let why)) in events.map(\.event) { ended.yield(why) }
      default: break
      }
    }
    async let ending = engine.run(stayingOpen: true)
    // The root's answer, and the aspects of the first two queries.
    var waiting = setbacks.makeAsyncIterator()
    for _ in 0..<3 { await waiting.next() }
    // Theirs, and the alarm's.
    while clock.sleepers < 4 { await Task.yield() }
    clock.advance(by: .seconds(60.01))
    var finishes = ends.makeAsyncIterator()
    #expect(await finishes.next() == .minutes)
    #expect(server.requests.count == 3)
    isBroken.withLock { $0 = false }
    #expect(await engine.set(.maxMinutes(nil), by: .program).isSuccess)
    #expect(await finishes.next() == .depth)
    await engine.drain()
    _ = await ending
  }

  /// The engine would ask for the role again in an hour.
  @Test(.timeLimit(.minutes(1))) func endsWithoutARoleThatCannotBeReached() async {
    let clock = HandClock()
    let model = ScriptedModel { _ in throw ModelError.unavailable("gone") }
    let player = PlayedRole(model: model)
    var configuration = RunConfiguration.scripted()
    configuration.settings = Self.limited { $0.maxMinutes = 2 }
    let engine = Engine(
      tree: SearchTree(configuration: configuration), texts: TextsInMemory(),
      models: [.base: player, .judge: player, .optimizer: player], sink: MemorySink(),
      patience: Patience(first: .seconds(3_600), longest: .seconds(3_600)), clock: clock)
    async let ending = engine.run(stayingOpen: true)
    // Both roles that are asked at first wait, and the alarm is set.
    while clock.sleepers < 3 { await Task.yield() }
    clock.advance(by: .seconds(121))
    while await engine.tree.finish == nil {
      clock.advance(by: .seconds(1))
      await Task.yield()
    }
    #expect(await engine.tree.finish?.why == .minutes)
    await engine.drain()
    _ = await ending
  }

  @Test func countsWhatIsUnknown() async {
    let run = await run(Self.small, price: nil)
    #expect(run.tree.totals.cost == nil)
    #expect(run.tree.finish?.why == .depth)
  }

  @Test func simulatedModelsCostNothing() {
    let player = PlayedRole(model: SimulatedModel(latency: .none))
    #expect(player.price?.cost(of: TokenUsage(input: 1_000, output: 1_000)) == 0)
  }

  @Test func aBudgetInUSDNeedsPrices() async {
    let player = PlayedRole(model: MeteredModel(), sampling: Self.sampling)
    let engine = Engine(
      tree: SearchTree(configuration: .scripted(maxCalls: 1)), texts: TextsInMemory(),
      models: [.base: player, .judge: player, .optimizer: player], sink: MemorySink())
    async let ending = engine.run(stayingOpen: true)
    let answer = await engine.intervene(
      Intervention(.set(Self.limited { $0.maxCost = 1 }), by: .program))
    await engine.drain()
    _ = await ending
    guard case .failure(.refused(let refusal)) = answer else {
      Issue.record("accepted: \(answer)")
      return
    }
    #expect(refusal.description.contains("the price of metered"))
  }
}

/// Keeps the ledger's lines.
private actor LedgerSink: EventSink {
  private(set) var records: [CallRecord] = []

  func append(_ events: [RunEvent], records: [CallRecord]) -> [RecordedEvent] {
    self.records += records
    return events.enumerated().map {
      RecordedEvent(ordinal: $0.offset, time: 0, event: $0.element)
    }
  }
}
