package import Tree

/// What the events of a run tell that is no part of its tree: when, by whom, for how much.
package struct Ledger: Hashable, Sendable {
  /// Seconds since 1970-01-01 UTC of the first and the last event; nil where no times are known, as
  /// in an imported tree.
  package private(set) var started: Double?
  package private(set) var ended: Double?
  /// In USD, by role; without the roles whose prices are unknown.
  package private(set) var costs: [Role: Double] = [:]
  /// Requests whose price is unknown, by role.
  package private(set) var unpriced: [Role: Int] = [:]
  package private(set) var interventions: [Entry] = []

  package struct Entry: Hashable, Sendable {
    package var time: Double
    package var intervention: Intervention
  }

  /// Of a run whose events are not at hand.
  package init() {}

  package init(_ events: some Sequence<RecordedEvent>) {
    for event in events { take(event) }
  }

  mutating func take(_ event: RecordedEvent) {
    if event.time > 0 {
      started = started ?? event.time
      ended = event.time
    }
    switch event.event {
    case .completed(let completion): count(completion)
    case .intervened(let intervention):
      interventions.append(Entry(time: event.time, intervention: intervention))
    case .flight, .decided: break
    }
  }

  /// In USD; nil where no price is known.
  package var cost: Double? {
    costs.isEmpty ? nil : Role.allCases.reduce(0) { $0 + (costs[$1] ?? 0) }
  }

  private mutating func count(_ completion: Completion) {
    let role = completion.call.step.role
    if let cost = completion.usage.cost {
      costs[role, default: 0] += cost
    } else if completion.usage.requests > 0 {
      unpriced[role, default: 0] += completion.usage.requests
    }
  }
}

extension RunRecord {
  /// What the run cost, or the role alone; `unknown` is never `0`.
  func costWords(of role: Role? = nil) -> String {
    let roles = role.map { [$0] } ?? Role.allCases
    let unpriced = roles.reduce(0) { $0 + (isSimulated($1) ? 0 : ledger.unpriced[$1] ?? 0) }
    let known = roles.compactMap { ledger.costs[$0] }
    guard !known.isEmpty else {
      return roles.allSatisfy(isSimulated) ? "none, simulated" : "unknown"
    }
    let sum = known.reduce(0, +)
    let dollars = "$" + sum.fixed(sum < 1 ? 4 : 2)
    return unpriced == 0 ? dollars : "\(dollars) and \(unpriced.counted("call")) of unknown price"
  }

  private func isSimulated(_ role: Role) -> Bool {
    tree.configuration.models[role]?.isSimulated ?? false
  }
}
