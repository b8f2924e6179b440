extension SearchTree {
  /// Takes in one event.
  ///
  /// Total: whatever a damaged, thinned or shuffled log says, an event that means nothing here is
  /// counted in `ignored` and changes nothing else.
  package mutating func apply(_ event: RunEvent) {
    let isKnown =
      switch event {
      case .completed(let completion): take(completion)
      case .flight(let flight): take(flight)
      case .decided(let decision): take(decision)
      case .intervened(let intervention): take(intervention)
      }
    if !isKnown { ignored += 1 }
  }

  /// The tree after all of these.
  package init(configuration: RunConfiguration, events: some Sequence<RunEvent>) {
    self.init(configuration: configuration)
    for event in events { apply(event) }
  }
}

// MARK: - Completions

extension SearchTree {
  private mutating func take(_ completion: Completion) -> Bool {
    let call = completion.call
    let wasInFlight = inFlight.remove(call) != nil
    let isNews = take(completion.outcome, of: call)
    if isNews || wasInFlight {
      totals.count(completion.usage, of: completion.outcome, for: call.step.role)
      note(completion)
    }
    return isNews
  }

  /// Counts calls that came to nothing that can be used, and remembers what troubles a role.
  private mutating func note(_ completion: Completion) {
    let role = completion.call.step.role
    switch completion.outcome {
    case .unreadable(let fault, let reply):
      unreadableInARow += 1
      lastFault = Fault(attempt: completion.call.attempt, fault: fault, reply: reply)
    case .aspects(let choice) where choice.origin == .library:
      unreadableInARow += 1
    case .failed(let reason, isTransient: false):
      unreadableInARow += 1
      lastFault = Fault(attempt: completion.call.attempt, fault: reason, reply: "")
    case .aspects, .proposed, .judged:
      unreadableInARow = 0
    case .answered, .failed(_, isTransient: true):
      break
    }
    if case .failed(let reason, isTransient: true) = completion.outcome {
      totals.roles[role, default: Totals.Share()].trouble = reason
    } else {
      totals.roles[role, default: Totals.Share()].trouble = nil
    }
  }

  /// - Returns: whether this was news.
  private mutating func take(_ outcome: Outcome, of call: CallKey) -> Bool {
    if call.step == .aspects { return takeAspects(outcome, of: call) }
    guard let position = index[call.node] else { return false }
    if call.step == .proposal { return takeProposal(outcome, of: call, at: position) }
    let isNews =
      withTrial(of: call, at: position) { Self.take(outcome, of: call, in: &$0) }
    if isNews { settle(position) }
    return isNews
  }

  private mutating func takeAspects(_ outcome: Outcome, of call: CallKey) -> Bool {
    switch outcome {
    case .aspects(let choice):
      guard aspects[call.query] == nil else { return false }
      aspects[call.query] = choice
      return true
    case .unreadable(let fault, let reply):
      return Self.add(
        Fault(attempt: call.attempt, fault: fault, reply: reply),
        to: &aspectFaults[call.query, default: []])
    case .failed(_, isTransient: true):
      return true
    default:
      return false
    }
  }

  private mutating func takeProposal(
    _ outcome: Outcome, of call: CallKey, at position: Int
  ) -> Bool {
    guard nodes[position].origin == .rewrite, nodes[position].prompt == nil else { return false }
    switch outcome {
    case .proposed(let proposal):
      nodes[position].proposal = proposal
      nodes[position].prompt = proposal.prompt
    case .unreadable(let fault, let reply):
      let fault = Fault(attempt: call.attempt, fault: fault, reply: reply)
      guard Self.add(fault, to: &nodes[position].proposalFaults) else { return false }
    case .failed(_, isTransient: true):
      return true
    case .failed(let reason, isTransient: false):
      nodes[position].proposalFailure = reason
    default:
      return false
    }
    settle(position)
    return true
  }

  private mutating func withTrial(
    of call: CallKey, at position: Int, _ change: (inout Trial) -> Bool
  ) -> Bool {
    if call.sample == 0, call.query == nodes[position].level {
      return change(&nodes[position].trial)
    }
    let existing = nodes[position].moreTrials.firstIndex {
      $0.query == call.query && $0.sample == call.sample
    }
    if let existing { return change(&nodes[position].moreTrials[existing]) }
    var trial = Trial(query: call.query, sample: call.sample)
    guard change(&trial) else { return false }
    nodes[position].moreTrials.append(trial)
    return true
  }

  private static func take(_ outcome: Outcome, of call: CallKey, in trial: inout Trial) -> Bool {
    switch (call.step, outcome) {
    case (.answer, .answered(let answer)):
      guard trial.answer == nil else { return false }
      trial.answer = answer
    case (.judgement, .judged(let evaluation)):
      guard trial.evaluation == nil else { return false }
      trial.evaluation = evaluation
    case (.judgement, .unreadable(let fault, let reply)):
      guard trial.evaluation == nil else { return false }
      return add(Fault(attempt: call.attempt, fault: fault, reply: reply), to: &trial.faults)
    case (_, .failed(let reason, let isTransient)):
      guard !trial.isSettled else { return false }
      if !isTransient { trial.failure = reason }
    default:
      return false
    }
    return true
  }

  private static func add(_ fault: Fault, to faults: inout [Fault]) -> Bool {
    guard !faults.contains(where: { $0.attempt == fault.attempt }) else { return false }
    faults.append(fault)
    return true
  }

  /// The node may have got its reward, or its end.
  private mutating func settle(_ position: Int) {
    guard nodes[position].isSettled else { return }
    let id = nodes[position].id
    unsettled.removeAll { $0 == id }
    reward(from: position)
  }
}

// MARK: - Flights and decisions

extension SearchTree {
  private mutating func take(_ flight: Flight) -> Bool {
    switch flight {
    case .started(let call):
      guard inFlight.insert(call).inserted else { return false }
      totals.roles[call.step.role, default: Totals.Share()].started += 1
      return true
    case .cancelled(let call):
      return inFlight.remove(call) != nil
    case .reopened:
      inFlight = []
      return true
    }
  }

  private mutating func take(_ decision: Decision) -> Bool {
    switch decision {
    case .open(let opening):
      return open(opening)
    case .extend(let level):
      return extensions.insert(level).inserted
    case .finish(let node, let why):
      guard finish == nil, index[node] != nil else { return false }
      finish = Finish(node: node, why: why)
      isStopping = false
      return true
    }
  }

  private mutating func open(_ opening: Opening) -> Bool {
    guard let position = index[opening.node], !nodes[position].isOpened,
      nodes[position].prompt != nil
    else { return false }
    let level = nodes[position].level
    if front == nil || front == level {
      // After the beam has died below them, nodes opened earlier hold seats that lead nowhere.
      seats[level] = settings.beam + self.level(level).count { $0.isAlive && $0.isOpened }
    }
    nodes[position].opening = opening
    for (slot, number) in opening.numbers.enumerated() {
      add(
        childOf: position, slot: slot, number: number, origin: opening.skips ? .copy : .rewrite,
        prompt: opening.skips ? nodes[position].prompt : nil)
    }
    return true
  }

  mutating func add(
    childOf position: Int, slot: Int, number: Int, origin: Node.Origin, prompt: Text?
  ) {
    let parent = nodes[position]
    let id = parent.id.child(slot: slot)
    guard index[id] == nil else { return }
    var child = Node(
      id: id, parent: parent.id, slot: slot, level: parent.level + 1, number: number,
      origin: origin, prompt: prompt)
    child.isAlive = parent.isAlive
    child.pathSum = parent.pathSum
    child.pathCount = parent.pathCount
    nodes[position].children.append(id)
    index[id] = nodes.count
    nodes.append(child)
    if levels.count == child.level { levels.append([]) }
    levels[child.level].append(id)
    unsettled.append(id)
    nextNumber = max(nextNumber, number &+ 1)
  }
}
