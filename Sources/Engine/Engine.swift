package import DRPO
import Models
package import Tree

/// Joins the tree, the strategy, the models and the log: the one place where a run happens.
///
/// An actor on a serial Dispatch queue of its own. Everything that happens to it comes through one
/// mailbox; each turn of its loop takes what has arrived, folds it, asks the strategy, commits all of
/// that as one entry in the log, and only then sends the new calls. It never blocks: models, reading
/// and storing happen elsewhere.
package actor Engine {
  private let executor = QueueExecutor(label: "espalier.engine")
  package nonisolated var unownedExecutor: UnownedSerialExecutor {
    executor.asUnownedSerialExecutor()
  }

  private let strategy: any SearchStrategy
  var caller: Caller
  let sink: any EventSink
  let patience: Patience
  let pause: @Sendable (Duration) async throws -> Void
  /// A pause that counts from when it is asked for, whenever somebody then begins to wait.
  let pauseFromNow: @Sendable (Duration) -> Pause
  var retrieving = Retrieving()
  var budget: Budget
  private(set) var workingTime: WorkingTime
  /// Wakes the engine when the time that the run may take is over.
  var alarm: Task<Void, Never>?
  /// The models have been told to send nothing more, also no call another time.
  var isWindingDown = false
  /// End a role's stop when its server may be asked again.
  var comebacks: [Role: Task<Void, Never>] = [:]
  /// Why the run paused last because roles had stopped.
  var pauseForStops: Text?
  let observer: @Sendable (EngineUpdate) -> Void

  package private(set) var tree: SearchTree
  /// What could not be stored when the engine was told to stop at once; nil where all was.
  package internal(set) var unsaved: Unsaved?
  private var inbox: [Message] = []
  private var sleeper: CheckedContinuation<Void, Never>?
  private(set) var tasks: [CallKey: (flight: Int, task: Task<Void, Never>)] = [:]
  /// Tells a call that was called back from the same call sent again.
  private var flights = 0
  /// Roles that failed to be reached, and what that means for their next call.
  var holds = RoleHolds()
  /// The wait before the sink is asked again.
  var nextTry: Task<Void, Never>?
  private(set) var rest: Rest = .none
  private var stayingOpen = false
  private(set) var hasEnded = false

  /// How far the engine has been told to wind down.
  enum Rest: Comparable { case none, draining, aborting }

  enum Message {
    case completed(CallResult, flight: Int)
    case intervention(Wish, CheckedContinuation<Result<RecordedEvent, InterventionError>, Never>)
    /// A role may be called again.
    case released(Role)
    /// The server of a stopped role may be asked again.
    case timeHasPassed(Role)
    case wake
    /// Vectors that the embedder's store had.
    case recalled([NamedVector])
    case embedded(Embedder.Landing)
  }

  /// Events of one turn, the ledger's lines for them, and who waits for an answer.
  struct Turn {
    var events: [RunEvent] = []
    var records: [CallRecord] = []
    /// To be sent when the events are stored.
    var embeddings: [(EmbeddingRequest, [NamedText])] = []
    /// What a person is told then.
    var notices: [String] = []
    /// Position in `events`, and who asked for it.
    var asked: [(Int, CheckedContinuation<Result<RecordedEvent, InterventionError>, Never>)] = []
  }

  /// - Parameters:
  ///   - tree: The run so far; what was in flight is asked again.
  ///   - earlier: how long the run has been at work before.
  ///   - lost: what the ledger has of calls that were called back.
  ///   - embedder: by which in-context examples are found; without it, or where it fails, they are
  ///     found by their words.
  ///   - clock: for waiting after failures, and for the budget in minutes.
  ///   - observer: Called on the engine's queue or, for words, on any thread. It must not block.
  package init(
    tree: SearchTree, texts: any TextSource, strategy: any SearchStrategy = BeamStrategy(),
    models: [Role: PlayedRole], sink: any EventSink, patience: Patience = Patience(),
    earlier: Duration = .zero, lost: Usage = Usage(requests: 0, cost: 0), embedder: Embedder? = nil,
    clock: any Clock<Duration> = ContinuousClock(),
    observer: @escaping @Sendable (EngineUpdate) -> Void = { _ in }
  ) {
    self.tree = tree
    self.strategy = strategy
    self.sink = sink
    self.patience = patience
    self.observer = observer
    pause = { try await clock.sleep(for: $0) }
    pauseFromNow = Self.pauses(clock)
    budget = Budget(lost: lost)
    workingTime = WorkingTime(earlier: earlier, clock: clock)
    caller = Caller(models: models, embedder: embedder, texts: texts, tree.configuration)
  }

  /// Runs until the search is over or the engine is told to rest. Call it once.
  ///
  /// - Parameters:
  ///   - stayingOpen: the end of the search is no rest: a person may still prune or deepen, which
  ///     lifts it. Only `drain` and `abort` end such a run.
  ///   - actions: what a person asks for before anything else is done: of a finished run, for one, to
  ///     go deeper. An action that is refused is passed over.
  package func run(
    stayingOpen: Bool = false, beginningWith actions: [Intervention] = []
  ) async -> Ending {
    self.stayingOpen = stayingOpen
    recallVectors()
    var opening = Turn()
    for call in tree.inFlight { lose(call, &opening) }
    loseEmbeddings(&opening)
    if !tree.inFlight.isEmpty || tree.totals.started > 0 {
      add(.flight(.reopened), to: &opening)
    }
    for action in actions
    where tree.refusal(of: action.action) == nil && caller.refusal(of: action.action) == nil {
      add(.intervened(action), to: &opening)
    }
    await commit(opening)
    var ending = await turn()
    while ending == nil {
      await mail()
      ending = await turn()
    }
    hasEnded = true
    alarm?.cancel()
    for comeback in comebacks.values { comeback.cancel() }
    refuseTheRest()
    let end = ending ?? .aborted
    observer(.ended(end))
    return end
  }

  // MARK: Rest

  /// Starts nothing new; `run` returns when what is in flight has landed.
  package func drain() {
    setWindingDown(true)
    rest = max(rest, .draining)
    post(.wake)
  }

  /// Calls back what is in flight; `run` returns at once.
  package func abort() {
    rest = .aborting
    nextTry?.cancel()
    post(.wake)
  }

  // MARK: The mailbox

  func post(_ message: Message) {
    inbox.append(message)
    sleeper?.resume()
    sleeper = nil
  }

  private func mail() async {
    // Looked at inside, where nothing can come between the look and the sleep: on the way there the
    // runtime may leave the queue and come back to it, and mail of that moment would wake nobody.
    await withCheckedContinuation { continuation in
      if inbox.isEmpty { sleeper = continuation } else { continuation.resume() }
    }
  }

  private func refuseTheRest() {
    for case .intervention(_, let waiter) in inbox { waiter.resume(returning: .failure(.ended)) }
    inbox = []
  }

  // MARK: One turn

  /// - Returns: how the run ended, if it has.
  private func turn() async -> Ending? {
    var turn = Turn()
    let minutes = workingTime.minutes
    let mail = inbox
    inbox = []
    for message in mail { take(message, into: &turn) }
    pauseIfUseless(&turn)

    var starting: [CallKey] = []
    var isAnythingHeld = false
    let isAborting = rest == .aborting
    if !isAborting {
      let wanted = decide(&turn)
      cancel(Set(tasks.keys).subtracting(wanted), &turn)
      if rest == .none { starting = startable(wanted, &turn) }
      weighStops(wanted, starting: starting, &turn)
      for call in starting { add(.flight(.started(call)), to: &turn) }
      isAnythingHeld = wanted.contains { holds.isPassing(for: $0.step.role) }
    } else {
      cancel(tree.inFlight.union(tasks.keys), &turn)
      loseEmbeddings(&turn)
    }

    workingTime.turn(
      isResting: tasks.isEmpty && starting.isEmpty && tree.retrieval.inFlight.isEmpty && isResting)
    await commit(turn)
    if isAborting { return .aborted }
    for notice in turn.notices { observer(.notice(notice)) }
    for warning in budget.warnings(in: tree, minutes: workingTime.minutes) {
      observer(.notice(warning))
    }
    // Told so while the turn was being stored: the next one calls everything back.
    guard rest < .aborting else { return nil }
    start(starting)
    for (request, texts) in turn.embeddings { send(request, texts) }
    setAlarm(after: minutes)
    guard tasks.isEmpty, !retrieving.isUnderWay, inbox.isEmpty else { return nil }
    if rest == .draining { return .drained }
    return tree.finish == nil || stayingOpen || isAnythingHeld ? nil : .finished
  }

  var isResting: Bool { tree.isPaused || tree.finish != nil }

  func add(_ event: RunEvent, to turn: inout Turn) {
    turn.events.append(event)
    tree.apply(event)
  }

  private func take(_ message: Message, into turn: inout Turn) {
    switch message {
    case .completed(let result, let flight): land(result, of: flight, &turn)
    case .intervention(let wish, let waiter):
      switch resolve(wish) {
      case .success(let intervention):
        turn.asked.append((turn.events.count, waiter))
        if intervention.action == .continue || tree.finish != nil {
          holds.clear()
          for role in caller.models.values { role.model.carryOn() }
          caller.embedder?.model.carryOn()
        }
        add(.intervened(intervention), to: &turn)
      case .failure(let refusal): waiter.resume(returning: .failure(.refused(refusal)))
      }
    case .released(let role):
      holds.release(role)
    case .timeHasPassed(let role): goOn(with: role, &turn)
    case .recalled(let found): take(recalled: found, into: &turn)
    case .embedded(let landing): land(landing, into: &turn)
    case .wake: break
    }
  }

  private func land(_ result: CallResult, of flight: Int, _ turn: inout Turn) {
    let call = result.record.call
    // A call that was called back has its end in the log and the ledger already, and may have been
    // sent again; a reply that came all the same is kept.
    guard tasks[call]?.flight == flight else {
      if result.completion != nil { turn.records.append(result.record) }
      return
    }
    turn.records.append(result.record)
    tasks[call] = nil
    guard let completion = result.completion else {
      // It had not been sent, but for attempts that failed.
      budget.lose(result.record.usage, by: call)
      add(.flight(.cancelled(call)), to: &turn)
      return
    }
    budget.settle(call)
    add(.completed(completion), to: &turn)
    weigh(result, &turn)
  }

  /// Applies decisions until none is due; a paused run decides nothing.
  ///
  /// - Returns: the calls wanted now, the most urgent first.
  private func decide(_ turn: inout Turn) -> [CallKey] {
    while true {
      let plan = strategy.next(in: tree)
      guard let decision = plan.decision, !tree.isPaused, rest == .none,
        !pause(before: decision, &turn)
      else { return plan.wanted }
      let ignored = tree.ignored
      add(.decided(decision), to: &turn)
      if tree.ignored > ignored {
        pauseRun(because: "The history of this run does not hold together: \(decision)", &turn)
      }
    }
  }

  private func cancel(_ calls: some Collection<CallKey>, _ turn: inout Turn) {
    for call in calls {
      tasks.removeValue(forKey: call)?.task.cancel()
      lose(call, &turn)
      add(.flight(.cancelled(call)), to: &turn)
    }
  }

  /// Counts a call that was on its way and of which nothing more will be heard.
  private func lose(_ call: CallKey, _ turn: inout Turn) {
    guard let brief = tree.brief(for: call) else { return budget.settle(call) }
    let record = caller.recordOfLoss(call, brief: brief)
    budget.lose(record.usage, by: call)
    turn.records.append(record)
  }

  // MARK: The edge

  /// Rewrites of one prompt are asked for together.
  private func start(_ calls: [CallKey]) {
    let briefs = calls.map { call in
      guard let brief = tree.brief(for: call) else {
        preconditionFailure("\(call) is wanted, and the tree has nothing to make it of")
      }
      return (call: call, brief: brief)
    }
    let rewrites = briefs.filter { $0.call.step == .proposal }
    let questions = Dictionary(grouping: rewrites, by: \.brief).filter { $1.count > 1 }
      .mapValues { [observer] asked in
        SharedQuestion(asked.map(\.call), brief: asked[0].brief, by: caller) {
          observer(.setback($0, $1))
        }
      }
    for (call, brief) in briefs { start(call, brief, sharing: questions[brief]) }
  }

  private func start(_ call: CallKey, _ brief: CallBrief, sharing question: SharedQuestion?) {
    flights += 1
    let (flight, observer) = (flights, observer)
    let task = Task { [caller] in
      let result = await caller.perform(
        call, brief: brief, sharing: question, onText: { observer(.words(call, $0)) },
        onSetback: { observer(.setback(call, $0)) })
      post(.completed(result, flight: flight))
    }
    tasks[call] = (flight, task)
  }
}
