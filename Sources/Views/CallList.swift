import Tree

/// The calls of a node, told from the events of the run.
struct CallList: Sendable {
  struct Call: Hashable, Sendable {
    var key: CallKey
    /// Seconds since 1970-01-01 UTC.
    var started: Double
    var end: End?
  }

  enum End: Hashable, Sendable {
    case completed(Completion)
    /// Called back.
    case cancelled
    /// The program ended before the reply came.
    case lost
  }

  let node: NodeID
  /// The query of the node's level: the choice of its aspects is listed with the node.
  private let query: Int
  /// In the order in which they were started.
  private(set) var calls: [Call] = []
  /// How many events have been read.
  private var position = 0

  init(of node: Node) {
    self.node = node.id
    query = node.level
  }

  /// Reads on to a position, or from the start when it lies behind.
  mutating func read(_ events: [RecordedEvent], to position: Int) {
    if position < self.position { (calls, self.position) = ([], 0) }
    for event in events[self.position..<position] { take(event) }
    self.position = position
  }

  private mutating func take(_ event: RecordedEvent) {
    switch event.event {
    case .flight(.started(let key)):
      if isListed(key) { calls.append(Call(key: key, started: event.time)) }
    case .flight(.cancelled(let key)): end(key, .cancelled)
    case .flight(.reopened):
      for index in calls.indices where calls[index].end == nil { calls[index].end = .lost }
    case .completed(let completion):
      guard isListed(completion.call), !end(completion.call, .completed(completion)) else { return }
      // A run that came from elsewhere tells no flights.
      calls.append(
        Call(key: completion.call, started: event.time, end: .completed(completion)))
    case .flight(.embedding), .flight(.embedded), .decided, .intervened: break
    }
  }

  private func isListed(_ key: CallKey) -> Bool {
    key.step == .aspects ? key.query == query : key.node == node
  }

  @discardableResult
  private mutating func end(_ key: CallKey, _ end: End) -> Bool {
    guard isListed(key),
      let index = calls.lastIndex(where: { $0.key == key && $0.end == nil })
    else { return false }
    calls[index].end = end
    return true
  }
}
