/// Leaves a failing server alone: after some failures in a row nothing is sent for a while, then one
/// probe goes ahead, and all follow when it succeeds.
struct CircuitBreaker: Hashable, Sendable {
  private enum State: Hashable, Sendable {
    case closed(failures: Int)
    case open(until: Duration)
    case probing
  }

  enum Entry: Hashable, Sendable {
    case free
    /// The caller is the probe, by having asked.
    case probe
    /// Another is probing: wait for what becomes of it.
    case wait
    case sleep(Duration)
    /// The server has failed for longer than anyone should wait.
    case refuse(after: Duration)
  }

  /// Failures in a row that open it.
  private let threshold: Int
  private let shortest: Duration
  private let longest: Duration
  private let patience: Duration

  private var state = State.closed(failures: 0)
  private var cooldown: Duration
  private var openSince: Duration = .zero
  private var lastLoss: Duration?

  init(
    threshold: Int = 8, shortest: Duration = .seconds(1), longest: Duration = .seconds(30),
    patience: Duration = .seconds(60)
  ) {
    self.threshold = threshold
    self.shortest = shortest
    self.longest = longest
    self.patience = patience
    cooldown = shortest
  }

  var isClosed: Bool {
    if case .closed = state { true } else { false }
  }

  var isProbing: Bool { state == .probing }

  mutating func enter(at now: Duration) -> Entry {
    switch state {
    case .closed: return .free
    case .probing: return now - openSince > patience ? .refuse(after: now - openSince) : .wait
    case .open(let until) where now >= until:
      state = .probing
      return .probe
    case .open(let until):
      return now - openSince > patience ? .refuse(after: now - openSince) : .sleep(until - now)
    }
  }

  /// Any answer of the server's own, also a refusal of the one request, shows that it lives.
  mutating func succeeded() {
    state = .closed(failures: 0)
    cooldown = shortest
  }

  /// - Parameters:
  ///   - isLoss: a connection was lost; with HTTP/2 that fails many calls at once, which count as one.
  ///   - retryAfter: the server's own wish, a floor for the pause.
  mutating func failed(
    isProbe: Bool, isLoss: Bool, started: Duration, retryAfter: Duration?, now: Duration
  ) {
    if isLoss {
      if let lastLoss, started <= lastLoss, !isProbe { return }
      lastLoss = now
    }
    switch state {
    case .closed(let failures) where failures + 1 < threshold:
      state = .closed(failures: failures + 1)
    case .closed:
      openSince = now
      open(at: now, retryAfter)
    case .probing where isProbe:
      cooldown = min(cooldown * 2, longest)
      open(at: now, retryAfter)
    case .probing, .open: break
    }
  }

  /// The probe was called back before it told anything.
  mutating func probeCancelled(now: Duration) {
    if case .probing = state { state = .open(until: now) }
  }

  private mutating func open(at now: Duration, _ retryAfter: Duration?) {
    state = .open(until: now + max(cooldown, min(retryAfter ?? .zero, patience)))
  }
}
