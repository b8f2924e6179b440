/// How many calls a server is given at one time: halved when it is overloaded, raised by one after
/// each round of successes ("additive increase, multiplicative decrease", as TCP has it).
struct ConcurrencyLimit: Hashable, Sendable {
  let ceiling: Int
  private(set) var current: Int
  private(set) var inFlight = 0
  private var successes = 0
  private var lastCut: Duration?

  init(ceiling: Int) {
    self.ceiling = max(1, ceiling)
    current = self.ceiling
  }

  var hasRoom: Bool { inFlight < current }

  mutating func enter() { inFlight += 1 }
  mutating func leave() { inFlight -= 1 }

  mutating func succeeded() {
    successes += 1
    guard successes >= current, current < ceiling else { return }
    current += 1
    successes = 0
  }

  /// Calls that were under way at the last cut say nothing new: one overload, one cut.
  mutating func overloaded(started: Duration, now: Duration) {
    if let lastCut, started <= lastCut { return }
    current = max(1, current / 2)
    lastCut = now
    successes = 0
  }
}
