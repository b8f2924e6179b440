/// A call that waits for a place at a server, as far as its turn goes.
struct CallTicket: Hashable, Sendable {
  /// The less, the sooner.
  var urgency = 0
  /// Nil where the server has no prefix cache that it tells of.
  var trace: PrefixTrace?
}

/// Which of the calls that wait goes next, and what is known of the server's prefix cache.
///
/// The most urgent go first, in the order in which they came. Only among those that are as urgent as
/// each other, where the server tells of a prefix cache, the one goes next that begins as finished
/// calls did; and one that begins as a call does that is still under way lets others go before it,
/// until that has filled the cache. Nobody ever waits for that while there is a place.
struct PrefixOrder: Hashable, Sendable {
  /// How the last calls that were answered began, the newest last.
  private var warm: [PrefixTrace] = []
  /// How the calls under way begin.
  private var warming: [PrefixTrace] = []

  /// Servers drop what has not been used for long.
  private static let memory = 16
  /// How many of those that wait are compared: to choose must not take longer than to wait.
  private static let choice = 64

  /// Of those that are as urgent as each other, in the order in which they came, so many matter.
  var reach: Int { warm.isEmpty && warming.isEmpty ? 1 : Self.choice }

  /// - Parameter waiting: in the order in which they came.
  /// - Returns: the index of the next; nil where nobody waits.
  func next(of waiting: some Collection<CallTicket>) -> Int? {
    var urgency = Int.max
    var first: Int?
    for (place, ticket) in waiting.enumerated() where ticket.urgency < urgency {
      urgency = ticket.urgency
      first = place
    }
    guard !warm.isEmpty || !warming.isEmpty else { return first }
    var best: (place: Int, shared: Int)?
    let equals = waiting.enumerated().lazy.filter { $1.urgency == urgency }.prefix(Self.choice)
    for (place, ticket) in equals {
      guard let trace = ticket.trace else { continue }
      let shared = Self.longest(trace, in: warm)
      if Self.longest(trace, in: warming) > shared { continue }
      if best == nil || shared > best?.shared ?? 0 { best = (place, shared) }
    }
    return best?.place ?? first
  }

  mutating func started(_ ticket: CallTicket) {
    if let trace = ticket.trace { warming.append(trace) }
  }

  mutating func ended(_ ticket: CallTicket, isAnswered: Bool) {
    guard let trace = ticket.trace else { return }
    if let index = warming.firstIndex(of: trace) { warming.remove(at: index) }
    guard isAnswered else { return }
    warm.removeAll { $0 == trace }
    warm.append(trace)
    if warm.count > Self.memory { warm.removeFirst() }
  }

  private static func longest(_ trace: PrefixTrace, in others: [PrefixTrace]) -> Int {
    others.lazy.map { trace.shared(with: $0) }.max() ?? 0
  }
}
