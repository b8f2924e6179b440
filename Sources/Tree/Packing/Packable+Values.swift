// The values of a run as they stand in a snapshot. A change of one of them, or of what an event does
// to a tree, makes the old snapshots wrong: it raises `SearchTree.packingVersion`.

extension Text: Packable {
  func pack(into packer: inout Packer) {
    packer.append(id.high)
    packer.append(id.low)
  }
  init(from unpacker: inout Unpacker) throws(PackingFault) {
    self.init(stored: TextID(high: try unpacker.integer(), low: try unpacker.integer()))
  }
}

extension NodeID: Packable {
  func pack(into packer: inout Packer) { packer.append(rawValue) }
  init(from unpacker: inout Unpacker) throws(PackingFault) {
    self.init(rawValue: try unpacker.integer())
  }
}

extension Step: Packable {}
extension AspectChoice.Origin: Packable {}
extension FinishReason: Packable {}
extension UnreadablePolicy: Packable {}

extension CallKey: Packable {
  func pack(into packer: inout Packer) {
    packer.pack(node)
    packer.pack(step)
    packer.pack(query)
    packer.pack(sample)
    packer.pack(attempt)
  }
  init(from unpacker: inout Unpacker) throws(PackingFault) {
    self.init(
      node: try unpacker.unpack(), step: try unpacker.unpack(), query: try unpacker.unpack(),
      sample: try unpacker.unpack(), attempt: try unpacker.unpack())
  }
}

// MARK: - What calls brought

extension Proposal: Packable {
  func pack(into packer: inout Packer) {
    packer.pack(prompt)
    packer.pack(analysis)
    packer.pack(summary)
  }
  init(from unpacker: inout Unpacker) throws(PackingFault) {
    self.init(
      prompt: try unpacker.unpack(), analysis: try unpacker.unpack(),
      summary: try unpacker.unpack())
  }
}

extension Answer: Packable {
  func pack(into packer: inout Packer) {
    packer.pack(response)
    packer.pack(examples)
    packer.pack(end)
  }
  init(from unpacker: inout Unpacker) throws(PackingFault) {
    self.init(
      response: try unpacker.unpack(), examples: try unpacker.unpack(),
      end: try unpacker.unpack())
  }
}

extension Answer.End: Packable {
  func pack(into packer: inout Packer) {
    switch self {
    case .whole: packer.append(UInt8(0))
    case .cut: packer.append(UInt8(1))
    case .refused: packer.append(UInt8(2))
    case .unknown(let reason):
      packer.append(UInt8(3))
      packer.pack(reason)
    }
  }
  init(from unpacker: inout Unpacker) throws(PackingFault) {
    switch try unpacker.integer(UInt8.self) {
    case 0: self = .whole
    case 1: self = .cut
    case 2: self = .refused
    case 3: self = .unknown(try unpacker.unpack())
    default: throw PackingFault()
    }
  }
}

extension Evaluation: Packable {
  func pack(into packer: inout Packer) { packer.pack(scores) }
  init(from unpacker: inout Unpacker) throws(PackingFault) {
    self.init(scores: try unpacker.unpack())
  }
}

extension Evaluation.Score: Packable {
  func pack(into packer: inout Packer) {
    packer.pack(aspect)
    packer.pack(value)
    packer.pack(rationale)
  }
  init(from unpacker: inout Unpacker) throws(PackingFault) {
    self.init(
      aspect: try unpacker.unpack(), value: try unpacker.unpack(),
      rationale: try unpacker.unpack())
  }
}

extension AspectChoice: Packable {
  func pack(into packer: inout Packer) {
    packer.pack(aspects)
    packer.pack(reasoning)
    packer.pack(origin)
  }
  init(from unpacker: inout Unpacker) throws(PackingFault) {
    self.init(
      aspects: try unpacker.unpack(), reasoning: try unpacker.unpack(),
      origin: try unpacker.unpack())
  }
}

extension Aspect: Packable {
  func pack(into packer: inout Packer) {
    packer.pack(name)
    packer.pack(definition)
  }
  init(from unpacker: inout Unpacker) throws(PackingFault) {
    self.init(name: try unpacker.unpack(), definition: try unpacker.unpack())
  }
}

extension Fault: Packable {
  func pack(into packer: inout Packer) {
    packer.pack(attempt)
    packer.pack(fault)
    packer.pack(reply)
  }
  init(from unpacker: inout Unpacker) throws(PackingFault) {
    self.init(
      attempt: try unpacker.unpack(), fault: try unpacker.unpack(), reply: try unpacker.unpack())
  }
}

extension UnusableReplies: Packable {
  func pack(into packer: inout Packer) {
    packer.pack(count)
    packer.pack(last)
    packer.pack(calls)
  }
  init(from unpacker: inout Unpacker) throws(PackingFault) {
    self.init()
    count = try unpacker.unpack()
    last = try unpacker.unpack()
    calls = try unpacker.unpack()
  }
}

extension Trial: Packable {
  func pack(into packer: inout Packer) {
    packer.pack(query)
    packer.pack(sample)
    packer.pack(answer)
    packer.pack(evaluation)
    packer.pack(faults)
    packer.pack(failure)
  }
  init(from unpacker: inout Unpacker) throws(PackingFault) {
    self.init(query: try unpacker.unpack(), sample: try unpacker.unpack())
    answer = try unpacker.unpack()
    evaluation = try unpacker.unpack()
    faults = try unpacker.unpack()
    failure = try unpacker.unpack()
  }
}

extension Opening: Packable {
  func pack(into packer: inout Packer) {
    packer.pack(node)
    packer.pack(numbers)
    packer.pack(skips)
  }
  init(from unpacker: inout Unpacker) throws(PackingFault) {
    self.init(
      node: try unpacker.unpack(), numbers: try unpacker.unpack(), skips: try unpacker.unpack())
  }
}

extension Node.Record: Packable {
  /// Nearly always the prompt is the proposal's.
  private enum PromptPlace: Int { case none, own, proposal }

  func pack(into packer: inout Packer) {
    packer.pack(proposal)
    let place: PromptPlace =
      prompt == nil ? .none : prompt == proposal?.prompt ? .proposal : .own
    packer.pack(place.rawValue)
    if place == .own, let prompt { packer.pack(prompt) }
    packer.pack(proposalFaults)
    packer.pack(proposalFailure)
    packer.pack(trial)
    packer.pack(moreTrials)
    packer.pack(opening)
    packer.pack(prunedBy)
    packer.pack(overrides)
  }
  init(from unpacker: inout Unpacker) throws(PackingFault) {
    let proposal: Proposal? = try unpacker.unpack()
    let prompt: Text? =
      switch PromptPlace(rawValue: try unpacker.unpack()) {
      case .own?: try unpacker.unpack(Text.self)
      case .proposal?: proposal?.prompt
      case .none?: nil
      case nil: throw PackingFault()
      }
    self.init(prompt: prompt, level: 0)
    self.proposal = proposal
    proposalFaults = try unpacker.unpack()
    proposalFailure = try unpacker.unpack()
    trial = try unpacker.unpack()
    moreTrials = try unpacker.unpack()
    opening = try unpacker.unpack()
    prunedBy = try unpacker.unpack()
    overrides = try unpacker.unpack()
  }
}

// MARK: - What a person did

extension Intervention.Author: Packable {
  func pack(into packer: inout Packer) {
    let name: String? = if case .person(let name) = self { name } else { nil }
    packer.pack(name)
  }
  init(from unpacker: inout Unpacker) throws(PackingFault) {
    let name: String? = try unpacker.unpack()
    self = name.map { .person($0) } ?? .program
  }
}

extension Intervention.Action: Packable {
  private enum Kind: String, Packable {
    case prune, restore, pin, unpin, fork, override, steer, lock, unlock, pause, `continue`, set
    case stop
  }

  func pack(into packer: inout Packer) {
    switch self {
    case .prune(let id): Self.pack(.prune, id, into: &packer)
    case .restore(let id): Self.pack(.restore, id, into: &packer)
    case .pin(let id): Self.pack(.pin, id, into: &packer)
    case .unpin(let id): Self.pack(.unpin, id, into: &packer)
    case .fork(let parent, let slot, let number, let prompt):
      Self.pack(.fork, parent, into: &packer)
      packer.pack(slot)
      packer.pack(number)
      packer.pack(prompt)
    case .override(let id, let aspect, let score):
      Self.pack(.override, id, into: &packer)
      packer.pack(aspect)
      packer.pack(score)
    case .steer(let wish): Self.pack(.steer, wish, into: &packer)
    case .lock(let span): Self.pack(.lock, span, into: &packer)
    case .unlock(let span): Self.pack(.unlock, span, into: &packer)
    case .pause: packer.pack(Kind.pause)
    case .continue: packer.pack(Kind.continue)
    case .set(let settings): Self.pack(.set, settings, into: &packer)
    case .stop: packer.pack(Kind.stop)
    }
  }

  private static func pack(_ kind: Kind, _ value: some Packable, into packer: inout Packer) {
    packer.pack(kind)
    packer.pack(value)
  }

  init(from unpacker: inout Unpacker) throws(PackingFault) {
    switch try unpacker.unpack(Kind.self) {
    case .prune: self = .prune(try unpacker.unpack())
    case .restore: self = .restore(try unpacker.unpack())
    case .pin: self = .pin(try unpacker.unpack())
    case .unpin: self = .unpin(try unpacker.unpack())
    case .fork:
      self = .fork(
        parent: try unpacker.unpack(), slot: try unpacker.unpack(),
        number: try unpacker.unpack(), prompt: try unpacker.unpack())
    case .override:
      self = .override(
        try unpacker.unpack(), aspect: try unpacker.unpack(), score: try unpacker.unpack())
    case .steer: self = .steer(try unpacker.unpack())
    case .lock: self = .lock(try unpacker.unpack())
    case .unlock: self = .unlock(try unpacker.unpack())
    case .pause: self = .pause
    case .continue: self = .continue
    case .set: self = .set(try unpacker.unpack())
    case .stop: self = .stop
    }
  }
}

extension SearchSettings: Packable {
  func pack(into packer: inout Packer) {
    for value in [beam, actions, depth, maxDepthIncrease, examplesShown] { packer.pack(value) }
    packer.pack(unreadable)
    packer.pack(maxCalls)
    packer.pack(maxTokens)
    packer.pack(maxCost)
    packer.pack(maxMinutes)
    packer.pack(measuresLift)
  }
  init(from unpacker: inout Unpacker) throws(PackingFault) {
    self.init(
      beam: try unpacker.unpack(), actions: try unpacker.unpack(), depth: try unpacker.unpack(),
      maxDepthIncrease: try unpacker.unpack(), examplesShown: try unpacker.unpack(),
      unreadable: try unpacker.unpack(), maxCalls: try unpacker.unpack(),
      maxTokens: try unpacker.unpack(), maxCost: try unpacker.unpack(),
      maxMinutes: try unpacker.unpack(), measuresLift: try unpacker.unpack())
  }
}

extension SearchTree.Reversible: Packable {
  func pack(into packer: inout Packer) {
    packer.pack(forward)
    packer.pack(backward)
  }
  init(from unpacker: inout Unpacker) throws(PackingFault) {
    self.init(forward: try unpacker.unpack(), backward: try unpacker.unpack())
  }
}

extension SearchTree.Finish: Packable {
  func pack(into packer: inout Packer) {
    packer.pack(node)
    packer.pack(why)
  }
  init(from unpacker: inout Unpacker) throws(PackingFault) {
    self.init(node: try unpacker.unpack(), why: try unpacker.unpack())
  }
}

extension Totals: Packable {
  func pack(into packer: inout Packer) {
    for role in Role.allCases { packer.pack(roles[role]) }
    packer.pack(retrieval)
  }
  init(from unpacker: inout Unpacker) throws(PackingFault) {
    self.init()
    for role in Role.allCases { roles[role] = try unpacker.unpack(Share?.self) }
    retrieval = try unpacker.unpack()
  }
}

extension Totals.Share: Packable {
  func pack(into packer: inout Packer) {
    for value in [started, completed, cached, input, cachedInput, output] { packer.pack(value) }
    packer.pack(seconds)
    packer.pack(isEstimated)
    packer.pack(knownCost)
    packer.pack(isCostUnknown)
    packer.pack(trouble)
  }
  init(from unpacker: inout Unpacker) throws(PackingFault) {
    self.init()
    started = try unpacker.unpack()
    completed = try unpacker.unpack()
    cached = try unpacker.unpack()
    input = try unpacker.unpack()
    cachedInput = try unpacker.unpack()
    output = try unpacker.unpack()
    seconds = try unpacker.unpack()
    isEstimated = try unpacker.unpack()
    knownCost = try unpacker.unpack()
    isCostUnknown = try unpacker.unpack()
    trouble = try unpacker.unpack()
  }
}
