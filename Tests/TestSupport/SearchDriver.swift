import DRPO
package import Tree

/// Runs a search without engine, threads or time: the strategy, the tree and a scripted world, with
/// completions in an order drawn from a seed. Thousands of histories a second.
package struct SearchDriver {
  package private(set) var tree: SearchTree
  package private(set) var log: [RunEvent] = []
  package var world: ScriptedWorld
  private var order: SeededGenerator
  private var tries: [CallKey: Int] = [:]
  /// Calls whose replies are not let in for now.
  package var held: Set<CallKey> = []
  private let strategy: any SearchStrategy = BeamStrategy()
  private var audit = Audit()
  private var complaints: [String] = []
  /// What must never happen, and did.
  package var violations: [String] { audit.violations + complaints }

  package init(
    configuration: RunConfiguration = .scripted(), world: ScriptedWorld = ScriptedWorld(),
    order: UInt64 = 1, history: [RunEvent] = []
  ) {
    tree = SearchTree(configuration: configuration)
    self.world = world
    self.order = SeededGenerator(seed: order)
    for event in history { record(event) }
    if !history.isEmpty { record(.flight(.reopened)) }
  }

  /// Decides, cancels, starts; then lets one call land.
  ///
  /// - Returns: whether there was anything to do.
  @discardableResult
  package mutating func step() -> Bool {
    pump()
    let flying = Self.sorted(tree.inFlight.subtracting(held))
    guard let call = flying.randomElement(using: &order) else { return false }
    land(call)
    return true
  }

  /// Runs until nothing moves, at most so many steps.
  package mutating func run(steps: Int = 100_000) {
    var left = steps
    while left > 0, step() { left -= 1 }
    if left == 0 { complaints.append("the run did not end in \(steps) steps") }
    pump()
  }

  /// Runs until the condition holds or nothing moves.
  package mutating func run(until condition: (SearchTree) -> Bool) {
    pump()
    while !condition(tree), step() {}
  }

  package mutating func intervene(_ action: Intervention.Action) {
    record(.intervened(Intervention(action, by: .person("tester"))))
    pump()
  }

  /// Takes back what was done last.
  package mutating func undo() {
    guard let action = tree.undo else { return }
    record(.intervened(Intervention(action, by: .person("tester"), relation: .undo)))
    pump()
  }

  package mutating func redo() {
    guard let action = tree.redo else { return }
    record(.intervened(Intervention(action, by: .person("tester"), relation: .redo)))
    pump()
  }

  /// What the engine does between two completions.
  package mutating func pump() {
    var plan = strategy.next(in: tree)
    while let decision = plan.decision, !tree.isPaused {
      let ignored = tree.ignored
      record(.decided(decision))
      if tree.ignored > ignored {
        complaints.append("a decision that means nothing: \(decision)")
        return
      }
      plan = strategy.next(in: tree)
    }
    for call in Self.sorted(tree.inFlight.subtracting(plan.wanted)) {
      record(.flight(.cancelled(call)))
    }
    guard !tree.isPaused else { return }
    for call in plan.wanted where !tree.inFlight.contains(call) {
      if let limit = tree.settings.maxCalls, tree.totals.started >= limit { break }
      record(.flight(.started(call)))
    }
    if let limit = tree.settings.maxCalls, tree.totals.started >= limit, tree.inFlight.isEmpty,
      !plan.wanted.isEmpty, tree.finish == nil
    {
      record(.decided(.finish(node: tree.best.id, why: .calls)))
    }
  }

  /// Lets this call land, also one that was called back meanwhile.
  package mutating func land(_ call: CallKey) {
    let outcome = world.outcome(of: call, tries: tries[call, default: 0], in: tree)
    if case .failed(_, isTransient: true) = outcome { tries[call, default: 0] += 1 }
    record(.completed(Tree.Completion(call: call, outcome: outcome, usage: Usage())))
  }

  /// A set has another order in each process, and a failing seed must fail again.
  private static func sorted(_ calls: Set<CallKey>) -> [CallKey] {
    calls.sorted { a, b in
      (a.node.rawValue, a.query, a.step.rawValue, a.attempt)
        < (b.node.rawValue, b.query, b.step.rawValue, b.attempt)
    }
  }

  private mutating func record(_ event: RunEvent) {
    audit.check(event, in: tree)
    tree.apply(event)
    log.append(event)
  }
}

extension RunConfiguration {
  /// A small run for tests.
  package static func scripted(
    beam: Int = 2, actions: Int = 3, depth: Int = 6, maxDepthIncrease: Int = 2, queries: Int = 12,
    unreadable: UnreadablePolicy = .unscored, maxCalls: Int? = nil, measuresLift: Bool = false,
    seed: UInt64 = 7
  ) -> RunConfiguration {
    RunConfiguration(
      name: "test-oak", preset: "default",
      settings: SearchSettings(
        beam: beam, actions: actions, depth: depth, maxDepthIncrease: maxDepthIncrease,
        examplesShown: 0, unreadable: unreadable, maxCalls: maxCalls,
        measuresLift: measuresLift),
      seed: seed, initialPrompt: "You are a helpful assistant.",
      queries: (0..<queries).map { Text("Question \($0)?") }, examples: [],
      library: AspectLibrary.all,
      models: [
        .base: ModelDescription(name: "scripted", endpoint: nil, isSimulated: true),
        .judge: ModelDescription(name: "scripted", endpoint: nil, isSimulated: true),
        .optimizer: ModelDescription(name: "scripted", endpoint: nil, isSimulated: true),
      ])
  }
}
