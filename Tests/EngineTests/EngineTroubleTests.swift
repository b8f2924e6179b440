import DRPO
import Engine
import Locking
import Models
import Simulation
import TestSupport
import Testing
import Tree

/// Models that can't be reached or talk gibberish, and a log that can't be written.
@Suite struct EngineTroubleTests {
  /// The judge fails as long as this holds a fault.
  private let fault = Locked<(any Error & Sendable)?>(nil)

  private func model() -> some LanguageModel {
    let model = SimulatedModel(latency: .none)
    return ScriptedModel { [fault] request in
      if request.isJudging, let error = fault.withLock({ $0 }) {
        if error is Gibberish { return "Lorem ipsum." }
        throw error
      }
      return try await model.reply(to: request).text
    }
  }

  private struct Gibberish: Error {}

  @Test func `a role that can't be reached waits, then asks for a person`() async throws {
    fault.withLock { $0 = ModelError.unavailable("judge at localhost: connection refused") }
    let run = Rehearsal(model: model(), patience: Patience())
    async let ending = run.run()
    let tree = await run.until { $0.isPaused && $0.inFlight.isEmpty }
    #expect(tree.pauseReason == "judge at localhost: connection refused")
    // The choice of the next aspects, which does not fail, may come after the first failure.
    #expect(run.clock.sleeps.suffix(3) == [.seconds(2), .seconds(4), .seconds(8)])
    #expect(tree.totals[.judge].trouble == "judge at localhost: connection refused")
    #expect(tree.root.trial.answer != nil, "the others go on")
    fault.withLock { $0 = nil }
    #expect(await run.intervene(.continue).isSuccess)
    #expect(await ending == .finished)
    let end = await run.engine.tree
    #expect(end.totals[.judge].trouble == nil)
    let whole = Rehearsal()
    await whole.run()
    expectSame(end, await whole.engine.tree, "after the trouble")
  }

  @Test func `what only a person can mend stops its role at once, and the others go on`() async {
    fault.withLock { $0 = ModelError.stopped("the key is refused") }
    let run = Rehearsal(model: model(), patience: Patience())
    async let ending = run.run()
    let tree = await run.until { $0.isPaused && $0.inFlight.isEmpty }
    #expect(tree.pauseReason == "the key is refused")
    #expect(tree.root.trial.answer != nil)
    #expect(run.clock.sleeps == [])
    #expect(run.requests.count { $0.isJudging } == 1)
    fault.withLock { $0 = nil }
    #expect(await run.intervene(.continue).isSuccess)
    #expect(await ending == .finished)
  }

  /// The judge loses its key when the first of three rewrites has been answered: the other two are
  /// made and answered all the same.
  @Test(.timeLimit(.minutes(1)))
  func `a stopped role is told of, and the run pauses when nothing is left for the others`() async {
    let (gate, rewrites, isMended) = (Gate(), Locked(0), Locked(false))
    let model = SimulatedModel(latency: .none)
    let run = Rehearsal(
      model: ScriptedModel { request in
        if request.isJudging, rewrites.withLock({ $0 > 0 }), !isMended.withLock({ $0 }) {
          throw ModelError.stopped("the key is refused")
        }
        let rewrite = rewrites.withLock { count in
          if request.isRewriting { count += 1 }
          return count
        }
        if request.isRewriting, rewrite > 1 { try await gate.pass() }
        return try await model.reply(to: request).text
      }, patience: Patience())
    async let ending = run.run()
    await run.until { $0.totals[.judge].trouble != nil }
    await gate.open()
    let notice = await run.first { if case .notice = $0 { true } else { false } }
    if case .notice(let words) = notice {
      #expect(words == "The judge has stopped, the others go on. the key is refused")
    }
    let tree = await run.until { $0.isPaused && $0.inFlight.isEmpty }
    #expect(tree.pauseReason == "the key is refused")
    let children = tree.level(1)
    #expect(children.count == 3)
    for child in children { #expect(child.trial.answer != nil) }
    isMended.withLock { $0 = true }
    #expect(await run.intervene(.continue).isSuccess)
    #expect(await ending == .finished)
    let whole = Rehearsal()
    await whole.run()
    expectSame(await run.engine.tree, await whole.engine.tree, "after the stop")
  }

  private static let postponed = ModelError.postponed(
    "judge at host: busy; it may be asked again in 1 h", for: .seconds(3_600))

  @Test func `a server that wants to be left alone for long pauses the run until a person goes on`()
    async
  {
    fault.withLock { $0 = Self.postponed }
    let clock = HandClock()
    let run = Rehearsal(model: model(), patience: Patience(), clock: clock)
    async let ending = run.run()
    let tree = await run.until { $0.isPaused && $0.inFlight.isEmpty }
    #expect(tree.pauseReason == Text(Self.postponed.description))
    #expect(run.requests.count { $0.isJudging } == 1)
    #expect(run.carriedOn == 0)
    fault.withLock { $0 = nil }
    #expect(await run.intervene(.continue).isSuccess)
    #expect(run.carriedOn > 0)
    #expect(await ending == .finished)
    #expect(clock.now.offset == .zero)
  }

  @Test(.timeLimit(.minutes(1)))
  func `or until the time has passed that the server asked for`() async {
    fault.withLock { $0 = Self.postponed }
    let clock = HandClock()
    let run = Rehearsal(model: model(), patience: Patience(), clock: clock)
    async let ending = run.run()
    await run.until { $0.isPaused && $0.inFlight.isEmpty }
    fault.withLock { $0 = nil }
    while clock.sleepers == 0 { await Task.yield() }
    clock.advance(by: .seconds(3_599))
    #expect(await run.engine.tree.isPaused)
    clock.advance(by: .seconds(1))
    #expect(await ending == .finished)
    #expect(await !run.engine.tree.isSteered)
    #expect(run.carriedOn == 0)
  }

  @Test func `a request that can't be answered is over, and the search goes on`() async {
    let judged = Locked(0)
    let model = SimulatedModel(latency: .none)
    let second = ScriptedModel { request in
      let isSecond =
        request.isJudging
        && judged.withLock {
          $0 += 1; return $0 == 2
        }
      if isSecond { throw ModelError.rejected("the prompt is too long") }
      return try await model.reply(to: request).text
    }
    let run = Rehearsal(model: second, patience: Patience())
    #expect(await run.run() == .finished)
    let tree = await run.engine.tree
    let failed = tree.nodes.filter { $0.trial.failure != nil }
    #expect(failed.map(\.level) == [1])
    #expect(failed.map { $0.trial.failure } == ["the prompt is too long"])
    #expect(Audit.violations(of: await run.log, configuration: run.configuration) == [])
  }

  @Test func `five unreadable replies in a row pause the run and the last is quoted`() async {
    let run = Rehearsal(.scripted(actions: 6), model: model(), patience: Patience())
    async let ending = run.run()
    await run.until { $0.root.isOpened }
    fault.withLock { $0 = Gibberish() }
    let tree = await run.until { $0.isPaused && $0.inFlight.isEmpty }
    let reason = tree.pauseReason?.content ?? ""
    #expect(reason.contains("replies of the judge in a row could not be used"), "\(reason)")
    #expect(reason.contains("Lorem ipsum."), "\(reason)")
    #expect((Int(reason.prefix { $0.isNumber }) ?? 0) >= 5, "\(reason)")
    fault.withLock { $0 = nil }
    #expect(await run.intervene(.continue).isSuccess)
    #expect(await ending == .finished)
  }

  @Test func `a model that ends a call by itself as cancelled has failed`() async {
    fault.withLock { $0 = CancellationError() }
    let run = Rehearsal(model: model(), patience: Patience(failures: 1))
    async let ending = run.run()
    await run.until { $0.isPaused && $0.inFlight.isEmpty }
    #expect(await run.intervene(.stop).isSuccess)
    #expect(await ending == .finished)
  }

  // MARK: Storing

  @Test func `while the log can't be written nothing is asked, and nothing is lost`() async {
    let sink = FlakySink(failing: 3)
    let run = Rehearsal(model: model(), sink: sink)
    let asked = Locked<[Int]>([])
    await sink.onFailure { asked.withLock { $0.append(run.requests.count) } }
    #expect(await run.run() == .finished)
    #expect(asked.withLock { $0 } == [0, 0, 0])
    let tree = await run.engine.tree
    let log = await sink.log
    #expect(log.map(\.ordinal) == Array(0..<log.count))
    expectSame(
      SearchTree(configuration: run.configuration, events: log.map(\.event)), tree, "the log")
    var told: [String?] = []
    while told.count < 4,
      case .storage(let trouble)? = await run.first({
        if case .storage = $0 { true } else { false }
      })
    { told.append(trouble) }
    #expect(told == ["the disk is full", "the disk is full", "the disk is full", nil])
  }

  @Test func `told to stop at once, it does not wait for the log`() async {
    let run = Rehearsal(
      model: model(), patience: Patience(storage: .seconds(3600)), sink: FlakySink(failing: .max),
      clock: ContinuousClock())
    async let ending = run.run()
    _ = await run.first { if case .storage = $0 { true } else { false } }
    await run.engine.abort()
    #expect(await ending == .aborted)
    #expect(run.requests.isEmpty)
  }

  @Test func `told to stop at once, it says what could not be stored`() async {
    let sink = FlakySink(failing: .max, after: 6)
    let run = Rehearsal(
      model: model(), patience: Patience(storage: .seconds(3600)), sink: sink,
      clock: ContinuousClock())
    async let ending = run.run()
    _ = await run.first { if case .storage = $0 { true } else { false } }
    let stored = await sink.log.count
    await run.engine.abort()
    #expect(await ending == .aborted)
    let unsaved = await run.engine.unsaved
    #expect(unsaved?.trouble is FlakySink.Full)
    let tree = await run.engine.tree
    let known = SearchTree(configuration: run.configuration, events: await sink.log.map(\.event))
    #expect(unsaved?.replies == tree.totals.completed - known.totals.completed)
    #expect(unsaved?.replies != 0)
    #expect(await sink.log.count == stored)
  }

  @Test func `what can be stored leaves nothing unsaved`() async {
    let run = Rehearsal(model: model(), sink: FlakySink(failing: 2))
    await run.run()
    #expect(await run.engine.unsaved == nil)
  }

  @Test func `told so while it stores, it sends nothing more`() async {
    let gate = Gate()
    let run = Rehearsal(model: model(), sink: FlakySink(gate: gate))
    async let ending = run.run()
    await gate.until { waiting, _ in waiting == 1 }
    await run.engine.abort()
    await gate.open()
    #expect(await ending == .aborted)
    #expect(run.requests.isEmpty)
    #expect(await run.engine.tree.inFlight.isEmpty)
  }
}

/// A sink that fails at first, or waits.
private actor FlakySink: EventSink {
  private let memory = MemorySink()
  private let gate: Gate
  private var left: Int
  private var good: Int
  private var tell: @Sendable () -> Void = {}

  struct Full: Error, CustomStringConvertible { let description = "the disk is full" }

  /// - Parameter good: how often it does not fail before.
  init(failing count: Int = 0, after good: Int = 0, gate: Gate = Gate(isOpen: true)) {
    left = count
    self.good = good
    self.gate = gate
  }

  var log: [RecordedEvent] { get async { await memory.log } }

  func onFailure(_ tell: @escaping @Sendable () -> Void) { self.tell = tell }

  func append(_ events: [RunEvent], records: [CallRecord]) async throws -> [RecordedEvent] {
    try await gate.pass()
    good -= 1
    if good < 0, left > 0 {
      left -= 1
      tell()
      throw Full()
    }
    return await memory.append(events, records: records)
  }
}
