package import Tree

/// Looks for what no run may do, whatever models and people did to it.
package struct Audit {
  package private(set) var violations: [String] = []
  private var finished: Set<CallKey> = []
  /// Of those, the calls that came to nothing.
  private var fruitless: Set<CallKey> = []

  package init() {}

  /// The complaints about a whole log.
  package static func violations(
    of log: [RunEvent], configuration: RunConfiguration
  ) -> [String] {
    var audit = Audit()
    var tree = SearchTree(configuration: configuration)
    for event in log {
      audit.check(event, in: tree)
      tree.apply(event)
    }
    return audit.violations
  }

  /// - Parameter tree: as it is before the event.
  package mutating func check(_ event: RunEvent, in tree: SearchTree) {
    switch event {
    case .flight(.started(let call)):
      if finished.contains(call) { violations.append("asked again: \(call)") }
      if tree[call.node]?.isAlive != true { violations.append("work for a dead node: \(call)") }
      if let limit = tree.settings.maxCalls, tree.totals.started >= limit {
        violations.append("more than \(limit) calls")
      }
      if tree.isPaused { violations.append("a call in a pause: \(call)") }
    case .completed(let completion):
      if case .failed(_, isTransient: true) = completion.outcome { return }
      finished.insert(completion.call)
      if completion.outcome.isFruitless { fruitless.insert(completion.call) }
    case .intervened(let intervention)
    where intervention.action == .continue && tree.pausedBy == .program:
      // The run had asked for somebody to mend what they came to nothing by.
      finished.subtract(fruitless)
      fruitless = []
    case .decided(let decision):
      if tree.isPaused { violations.append("a decision in a pause: \(decision)") }
      if case .open(let opening) = decision, tree[opening.node]?.isAlive != true {
        violations.append("opened a dead node: \(opening.node)")
      }
    default: break
    }
  }
}

extension Outcome {
  fileprivate var isFruitless: Bool {
    switch self {
    case .unreadable, .failed: true
    case .aspects(let choice): choice.origin == .library
    case .proposed, .answered, .judged: false
    }
  }
}
