package import Tree

/// What the events of a run tell that is no part of its tree: when, by whom, for how much.
package struct Ledger: Hashable, Sendable {
  /// Seconds since 1970-01-01 UTC of the first and the last event; nil where no times are known, as
  /// in an imported tree.
  package private(set) var started: Double?
  package private(set) var ended: Double?
  /// In USD; without those whose prices are unknown.
  private(set) var costs: [Account: Double] = [:]
  /// Requests whose price is unknown.
  private(set) var unpriced: [Account: Int] = [:]
  package private(set) var interventions: [Entry] = []

  /// What is paid for.
  enum Account: Hashable, CaseIterable {
    case role(Role)
    /// The embeddings by which examples are found.
    case retrieval

    static let allCases = Role.allCases.map { role($0) } + [retrieval]
  }

  package struct Entry: Hashable, Sendable {
    package var time: Double
    package var intervention: Intervention
    /// Of the search before it; nil as long as they are those that the run began with.
    var settings: SearchSettings?
  }

  /// As a person has set them last; nil where nobody has.
  private var settings: SearchSettings?

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
    case .completed(let completion):
      count(completion.usage, for: .role(completion.call.step.role))
    case .flight(.embedded(let reply)): count(reply.usage, for: .retrieval)
    case .intervened(let intervention):
      interventions.append(
        Entry(time: event.time, intervention: intervention, settings: settings))
      if case .set(let settings) = intervention.action { self.settings = settings }
    case .flight, .decided: break
    }
  }

  private mutating func count(_ usage: Usage, for account: Account) {
    if let cost = usage.cost {
      costs[account, default: 0] += cost
    } else if usage.requests > 0 {
      unpriced[account, default: 0] += usage.requests
    }
  }
}

extension RunRecord {
  /// What the run cost, or the account alone, as far as it is known, in USD; nil where nothing is. What
  /// a simulated model does costs nothing.
  func cost(of account: Ledger.Account? = nil) -> Double? {
    let paid = accounts(account)
    if paid.isEmpty { return 0 }
    let known = paid.compactMap { ledger.costs[$0] }
    let sum = known.reduce(0, +)
    // That failed calls took nothing says nothing of the others.
    return known.isEmpty || sum == 0 && unpriced(paid) > 0 ? nil : sum
  }

  /// The same in words; `unknown` is never `$0`.
  func costWords(of account: Ledger.Account? = nil) -> String {
    guard let cost = cost(of: account) else { return "unknown" }
    let unpriced = unpriced(accounts(account))
    let dollars = cost == 0 ? "$0" : "$" + cost.fixed(cost < 1 ? 4 : 2)
    return unpriced == 0 ? dollars : "\(dollars) and \(unpriced.counted("call")) of unknown price"
  }

  /// Those that are paid for.
  private func accounts(_ account: Ledger.Account?) -> [Ledger.Account] {
    let all =
      account.map { [$0] }
      ?? Ledger.Account.allCases.filter { $0 != .retrieval || usesEmbeddings }
    return all.filter { !isSimulated($0) }
  }

  private func unpriced(_ accounts: [Ledger.Account]) -> Int {
    accounts.reduce(0) { $0 + (ledger.unpriced[$1] ?? 0) }
  }

  /// Whether examples were to be found by embeddings at any time.
  var usesEmbeddings: Bool { tree.configuration.embeddings != nil || tree.retrieval.nextNumber > 0 }

  private func isSimulated(_ account: Ledger.Account) -> Bool {
    guard case .role(let role) = account else { return false }
    return tree.configuration.models[role]?.isSimulated ?? false
  }
}
