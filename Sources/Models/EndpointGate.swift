import Locking

/// What all calls to one server share: how many may be under way, whether it is left alone for a
/// while, because it asked for that or keeps failing, and how many retries it may still be sent.
final class EndpointGate: Sendable {
  struct Permit: Sendable {
    fileprivate var ticket: CallTicket
    fileprivate var isProbe: Bool
    fileprivate var started: Duration
  }

  /// How an attempt ended, as far as the server's health goes.
  enum Ending: Sendable {
    /// It answered, be it with a refusal of this one request.
    case answered
    /// - Parameter hadBegun: as in `AttemptFailure`.
    case failed(
      AttemptFailure.Trouble, retryAfter: Duration?, message: String? = nil, hadBegun: Bool = false)
    case cancelled
  }

  private enum Wake: Sendable {
    case granted(Permit)
    case again
    case cancelled
  }

  private enum Entry {
    case go(Permit)
    case queue
    /// The breaker is open: for so long, or as long as another call probes.
    case hold(Duration?, lastTrouble: String?)
    case refuse(Refusal)
    case closed(Closure)
  }

  private struct State: Sendable {
    var limit: ConcurrencyLimit
    var breaker = CircuitBreaker()
    var budget = RetryBudget()
    var waiting = WaitingCalls<CheckedContinuation<Wake, Never>>()
    var order = PrefixOrder()
    var nextID: UInt64 = 0
    /// Calls that failed since the server last answered.
    var failing: Set<UInt64> = []
    /// It has answered at least once, be it with a refusal of one request or with half a reply.
    var hasAnswered = false
    /// What was wrong lately.
    var lastTrouble: String?
    /// The server asked all to wait until then.
    var heldUntil: Duration = .zero
    /// It asked for more than anyone waits for here.
    var closed: (until: Duration, message: String)?
    /// Lets those who wait go on when that is over.
    var holding: Task<Void, Never>?
    var isWindingDown = false
    var sleepers: [UInt64: AsyncStream<Never>.Continuation] = [:]

    mutating func leaveAlone(until time: Duration, isClosed: Bool, _ message: String?) {
      if !isClosed {
        heldUntil = max(heldUntil, time)
      } else if time > closed?.until ?? .zero {
        closed = (time, message ?? "the server asks to be left alone")
      }
    }

    mutating func admit(_ ticket: CallTicket, isProbe: Bool, _ now: Duration) -> Permit {
      limit.enter()
      order.started(ticket)
      return Permit(ticket: ticket, isProbe: isProbe, started: now)
    }
  }

  private let state: Locked<State>
  private let clock: ModelClock
  /// What a server asks for beyond this is not waited for here: a person hears of it.
  private let patience: Duration

  init(
    maxConcurrency: Int, clock: ModelClock, patience: Duration = RetryPolicy().patience
  ) {
    state = Locked(State(limit: ConcurrencyLimit(ceiling: maxConcurrency)))
    self.clock = clock
    self.patience = patience
  }

  deinit { state.withLock { $0.holding?.cancel() } }

  /// A number for a call, by which its attempts are known as one call's.
  func newCall() -> UInt64 {
    state.withLock { state in
      state.nextID += 1
      return state.nextID
    }
  }

  /// Waits for a place. The wait is outside all of the transfer's timers.
  ///
  /// - Throws: `CancellationError`, `WoundDown`, `Closure`, or `Refusal` when the server has failed for
  ///   too long.
  func enter(_ ticket: CallTicket = CallTicket()) async throws -> Permit {
    while true {
      try Task.checkCancellation()
      switch state.withLock({ $0.isWindingDown ? nil : self.decide(ticket, &$0) }) {
      case nil: throw WoundDown()
      case .go(let permit): return permit
      case .hold(let duration, let trouble):
        Spending.tell(
          Setback(
            message: trouble ?? "the server is failing", wait: duration, isServerLeftAlone: true))
        if let duration {
          try await sleep(duration)
        } else if let permit = try await queue(ticket) {
          return permit
        }
      case .refuse(let refusal): throw refusal
      case .closed(let closure): throw closure
      case .queue: if let permit = try await queue(ticket) { return permit }
      }
    }
  }

  /// - Returns: nil when what it was waited for is over, and it is to be decided anew.
  private func queue(_ ticket: CallTicket) async throws -> Permit? {
    switch await wait(ticket) {
    case .granted(let permit): return permit
    case .again: return nil
    case .cancelled:
      try Task.checkCancellation()
      throw WoundDown()
    }
  }

  func leave(_ permit: Permit, call: UInt64, _ ending: Ending) {
    let now = clock.elapsed()
    state.withLock { state in
      state.limit.leave()
      if case .answered = ending {
        state.order.ended(permit.ticket, isAnswered: true)
      } else {
        state.order.ended(permit.ticket, isAnswered: false)
      }
      switch ending {
      case .answered:
        state.hasAnswered = true
        state.limit.succeeded()
        state.breaker.succeeded()
        state.budget.succeeded()
        state.failing.removeAll()
      case .failed(let trouble, let retryAfter, let message, let hadBegun):
        if hadBegun { state.hasAnswered = true }
        state.failing.insert(call)
        state.lastTrouble = message
        // A server that breaks off has too much to do as well: llama-cpp-python ends a stream that
        // runs when another request comes in.
        if trouble != .other { state.limit.overloaded(started: permit.started, now: now) }
        if trouble == .overload, let retryAfter {
          state.leaveAlone(until: now + retryAfter, isClosed: retryAfter > patience, message)
        }
        state.breaker.failed(
          isProbe: permit.isProbe, isLoss: trouble == .lostConnection, started: permit.started,
          retryAfter: retryAfter, now: now)
      case .cancelled:
        if permit.isProbe { state.breaker.probeCancelled(now: now) }
      }
      wake(&state, now)
    }
  }

  /// Nothing more is sent until it is taken back: who waits or sleeps here is called back.
  func setWindingDown(_ isWindingDown: Bool) {
    state.withLock { state in
      state.isWindingDown = isWindingDown
      guard isWindingDown else { return }
      for waiter in state.waiting.removeAll() { waiter.resume(returning: .cancelled) }
      for sleeper in state.sleepers.values { sleeper.finish() }
      state.holding?.cancel()
    }
  }

  /// A person wants calls sent, whatever the server asked for.
  func reopen() { state.withLock { $0.closed = nil } }

  /// Lets the time pass before another attempt.
  ///
  /// - Throws: `CancellationError`, or `WoundDown`.
  func sleep(_ duration: Duration) async throws {
    let (end, sleeper) = AsyncStream.makeStream(of: Never.self)
    let id = newCall()
    try state.withLock { state in
      if state.isWindingDown { throw WoundDown() }
      state.sleepers[id] = sleeper
    }
    defer { state.withLock { $0.sleepers[id] = nil } }
    try await withThrowingTaskGroup(of: Void.self) { [clock] group in
      defer { group.cancelAll() }
      group.addTask { try await clock.sleep(duration) }
      group.addTask {
        for await _ in end {}
        try Task.checkCancellation()
        throw WoundDown()
      }
      try await group.next()
    }
  }

  func takeRetry() -> Bool {
    let now = clock.elapsed()
    return state.withLock { $0.budget.take(now: now) }
  }

  /// Whether the server ever answered, be it with a refusal of one request or with half a reply.
  var hasAnswered: Bool { state.withLock { $0.hasAnswered } }

  /// No other call has failed since the server last answered: the fault is this call's own.
  func failsAlone(_ call: UInt64) -> Bool {
    state.withLock { $0.failing.subtracting([call]).isEmpty }
  }

  var health: EndpointHealth {
    state.withLock { state in
      EndpointHealth(
        inFlight: state.limit.inFlight, limit: state.limit.current, waiting: state.waiting.count,
        isPaused: !state.breaker.isClosed)
    }
  }

  private func decide(_ ticket: CallTicket, _ state: inout State) -> Entry {
    let now = clock.elapsed()
    if let closed = state.closed, now < closed.until {
      return .closed(Closure(left: closed.until - now, message: closed.message))
    }
    if now < state.heldUntil { return .hold(nil, lastTrouble: state.lastTrouble) }
    switch state.breaker.enter(at: now) {
    case .free:
      guard state.waiting.count == 0, state.limit.hasRoom else { return .queue }
      return .go(state.admit(ticket, isProbe: false, now))
    case .probe: return .go(state.admit(ticket, isProbe: true, now))
    case .wait: return .hold(nil, lastTrouble: state.lastTrouble)
    case .sleep(let duration): return .hold(duration, lastTrouble: state.lastTrouble)
    case .refuse(let after):
      return .refuse(Refusal(after: after, lastTrouble: state.lastTrouble))
    }
  }

  private func wait(_ ticket: CallTicket) async -> Wake {
    let id = newCall()
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        // What made the caller wait may be over by now; nobody else would wake it then.
        let now = clock.elapsed()
        state.withLock { state in
          if state.isWindingDown { return continuation.resume(returning: .cancelled) }
          state.waiting.append(continuation, id: id, ticket)
          wake(&state, now)
        }
        // The handler may have run before there was something to cancel.
        if Task.isCancelled { cancel(id) }
      }
    } onCancel: {
      cancel(id)
    }
  }

  private func cancel(_ id: UInt64) {
    state.withLock { state in
      state.waiting.remove(id)?.resume(returning: .cancelled)
    }
  }

  private func wake(_ state: inout State, _ now: Duration) {
    if let closed = state.closed, now < closed.until {
      letGo(&state)
    } else if now < state.heldUntil {
      hold(&state, now)
    } else if state.breaker.isClosed {
      while state.limit.hasRoom, let next = state.waiting.next(by: state.order) {
        let permit = state.admit(next.ticket, isProbe: false, now)
        next.call.resume(returning: .granted(permit))
      }
    } else if !state.breaker.isProbing {
      letGo(&state)
    }
  }

  /// Those who wait are to ask anew.
  private func letGo(_ state: inout State) {
    for waiter in state.waiting.removeAll() { waiter.resume(returning: .again) }
  }
}

extension EndpointGate {
  /// Wakes those who wait when the time is over that the server asked for.
  private func hold(_ state: inout State, _ now: Duration) {
    guard state.holding == nil, state.waiting.count > 0, !state.isWindingDown else { return }
    let left = state.heldUntil - now
    state.holding = Task { [weak self, clock] in
      guard (try? await clock.sleep(left)) != nil else { return }
      self?.endHold()
    }
  }

  /// The server may have asked for more meanwhile.
  private func endHold() {
    let now = clock.elapsed()
    state.withLock { state in
      state.holding = nil
      wake(&state, now)
    }
  }
}

extension EndpointGate {
  /// The server asked to be left alone for longer than a call waits.
  struct Closure: Error {
    let left: Duration
    /// With server, model and time.
    let message: String
  }
}

/// The server has failed for so long that nobody should wait for it now.
struct Refusal: Error {
  let after: Duration
  /// With server and model; nil when nothing was told.
  let lastTrouble: String?
}

/// How a server is doing, for the screen.
package struct EndpointHealth: Hashable, Sendable {
  package var inFlight: Int
  /// How many it is given at most, at the moment.
  package var limit: Int
  package var waiting: Int
  /// Nothing but a probe is sent, after failures in a row.
  package var isPaused: Bool
}
