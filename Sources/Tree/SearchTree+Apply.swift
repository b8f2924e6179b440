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
      totals.count(completion)
      note(completion)
    }
    return isNews
  }

  /// Counts calls that came to nothing that can be used, and remembers what troubles a role.
  ///
  /// Each role by itself: the others go on giving good replies while one gives none. What the judge is
  /// for is the judgements, and what serves where it can't choose aspects is known.
  private mutating func note(_ completion: Completion) {
    let call = completion.call
    let role = call.step.role
    func fault(_ why: Text, _ reply: Text) -> Fault {
      Fault(attempt: call.attempt, fault: why, reply: reply)
    }
    switch completion.outcome {
    case .unreadable(let why, let reply):
      unusable[role, default: UnusableReplies()].add(call, fault(why, reply))
    case .aspects(let choice) where choice.origin == .library:
      unusable[role, default: UnusableReplies()].add(call, nil)
    case .failed(let reason, isTransient: false):
      unusable[role, default: UnusableReplies()].add(call, fault(reason, ""))
    case .answered, .proposed, .judged:
      unusable[role] = nil
    case .aspects, .failed(_, isTransient: true):
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
    guard let position = nodes.position(of: call.node) else { return false }
    if call.step == .proposal { return takeProposal(outcome, of: call, at: position) }
    let isOwn = call.sample == 0 && call.query == nodes.standings[position].level
    let isNews = nodes.change(position) { record in
      isOwn
        ? Self.take(outcome, of: call, in: &record.trial) : record.take(outcome, ofTrial: call)
    }
    if isNews, isOwn { settle(position) }
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
    guard nodes.standings[position].origin == .rewrite else { return false }
    let isNews = nodes.change(position) { $0.take(outcome, ofProposal: call) }
    if isNews { settle(position) }
    return isNews
  }

  fileprivate static func take(_ outcome: Outcome, of call: CallKey, in trial: inout Trial) -> Bool
  {
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

  fileprivate static func add(_ fault: Fault, to faults: inout [Fault]) -> Bool {
    guard !faults.contains(where: { $0.attempt == fault.attempt }) else { return false }
    faults.append(fault)
    return true
  }

  /// The node may have got its reward, or its end.
  private mutating func settle(_ position: Int) {
    let standing = nodes.standings[position]
    guard standing.isSettled else { return }
    unsettled.removeAll { $0 == standing.id }
    reward(from: position)
  }
}

extension Node.Record {
  /// Of a trial beyond the node's own. One that has brought nothing is not kept, and the others are in
  /// an order of their own: so it makes no difference which call ends first.
  ///
  /// - Returns: whether this was news.
  fileprivate mutating func take(_ outcome: Outcome, ofTrial call: CallKey) -> Bool {
    let place = (call.query, call.sample)
    let index = moreTrials.firstIndex { ($0.query, $0.sample) >= place } ?? moreTrials.endIndex
    let isKnown =
      moreTrials.indices.contains(index)
      && (moreTrials[index].query, moreTrials[index].sample) == place
    if isKnown { return SearchTree.take(outcome, of: call, in: &moreTrials[index]) }
    let blank = Trial(query: call.query, sample: call.sample)
    var trial = blank
    let isNews = SearchTree.take(outcome, of: call, in: &trial)
    if trial != blank { moreTrials.insert(trial, at: index) }
    return isNews
  }

  /// - Returns: whether this was news.
  fileprivate mutating func take(_ outcome: Outcome, ofProposal call: CallKey) -> Bool {
    guard prompt == nil else { return false }
    switch outcome {
    case .proposed(let proposal):
      self.proposal = proposal
      prompt = proposal.prompt
    case .unreadable(let fault, let reply):
      let fault = Fault(attempt: call.attempt, fault: fault, reply: reply)
      return SearchTree.add(fault, to: &proposalFaults)
    case .failed(_, isTransient: true): break
    case .failed(let reason, isTransient: false): proposalFailure = reason
    default: return false
    }
    return true
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
      retrieval.inFlight = [:]
      return true
    case .embedding(let request): return take(request)
    case .embedded(let reply): return take(reply)
    }
  }

  private mutating func take(_ decision: Decision) -> Bool {
    switch decision {
    case .open(let opening):
      return open(opening)
    case .extend(let level):
      return extensions.insert(level).inserted
    case .finish(let node, let why):
      guard finish == nil, nodes.position(of: node) != nil else { return false }
      finish = Finish(node: node, why: why)
      isStopping = false
      return true
    }
  }

  private mutating func open(_ opening: Opening) -> Bool {
    guard let position = nodes.position(of: opening.node) else { return false }
    let parent = nodes.standings[position]
    let prompt = nodes.record(at: position).prompt
    guard !parent.isOpened, prompt != nil else { return false }
    let front = front
    if front == nil || front == parent.level {
      // After the beam has died below them, nodes opened earlier hold seats that lead nowhere.
      let held = positions(atLevel: parent.level).count(where: isHolder)
      seats[parent.level] = settings.beam + held
    }
    nodes.change(position) { $0.opening = opening }
    for (slot, number) in opening.numbers.enumerated() {
      add(
        childOf: position, slot: slot, number: number, origin: opening.skips ? .copy : .rewrite,
        prompt: opening.skips ? prompt : nil)
    }
    return true
  }

  private func isHolder(_ position: Int) -> Bool {
    nodes.standings[position].isAlive && nodes.standings[position].isOpened
  }

  mutating func add(
    childOf position: Int, slot: Int, number: Int, origin: Node.Origin, prompt: Text?
  ) {
    let parent = nodes.standings[position]
    let id = parent.id.child(slot: slot)
    guard nodes.position(of: id) == nil else { return }
    var child = Node.Standing(
      id: id, parent: position, slot: slot, level: parent.level + 1, number: number,
      origin: origin)
    child.isAlive = parent.isAlive
    child.pathSum = parent.pathSum
    child.pathCount = parent.pathCount
    add(child, prompt: prompt)
    nextNumber = max(nextNumber, number &+ 1)
  }

  mutating func add(_ node: Node.Standing, prompt: Text?) {
    if levelPositions.count == node.level { levelPositions.append([]) }
    levelPositions[node.level].append(Int32(clamping: nodes.count))
    nodes.add(node, Node.Record(prompt: prompt, level: node.level))
    unsettled.append(node.id)
  }
}
