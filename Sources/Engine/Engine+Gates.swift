import DRPO
import Models
import Tree

/// What holds back a call that is wanted: a pause, a role that can't be reached, a budget.
extension Engine {
  /// The most urgent calls as far as the budgets reach. A run whose budget leaves no room for the next
  /// call of the search, and has nothing in flight, is at its end.
  func startable(_ wanted: [CallKey], _ turn: inout Turn) -> [CallKey] {
    let minutes = workingTime.minutes
    setWindingDown(tree.isStopping || budget.isUsedUp(in: tree, minutes: minutes))
    guard !tree.isPaused else { return [] }
    retrieve(
      for: wanted.filter { tasks[$0] == nil && !holds.isActive(for: $0.step.role) }, &turn)
    var starting: [CallKey] = []
    for call in wanted where tasks[call] == nil {
      let claim = claim(for: call)
      if let why = budget.obstacle(to: claim, after: starting.count, in: tree, minutes: minutes) {
        if starting.isEmpty, tasks.isEmpty, !retrieving.isUnderWay, tree.finish == nil,
          !call.isForLift
        {
          let words = budget.explanation(of: why, to: claim, in: tree, minutes: minutes)
          if let words { turn.notices.append(words) }
          add(.decided(.finish(node: tree.best.id, why: why)), to: &turn)
        }
        break
      }
      // A role that can't be reached must not keep a run from its end.
      guard !holds.isActive(for: call.step.role), !waitsForVectors(call) else { continue }
      starting.append(call)
      budget.setAside(claim, for: call)
    }
    return starting
  }

  /// What is on the wire still lands.
  func setWindingDown(_ isWindingDown: Bool) {
    guard isWindingDown != self.isWindingDown else { return }
    self.isWindingDown = isWindingDown
    for role in caller.models.values { role.model.setWindingDown(isWindingDown) }
    caller.embedder?.model.setWindingDown(isWindingDown)
  }

  func claim(for call: CallKey) -> Claim {
    guard Budget.needsClaims(tree.settings), let brief = tree.brief(for: call) else {
      return Claim()
    }
    return caller.claim(for: call, brief: brief)
  }

  func weigh(_ result: CallResult, _ turn: inout Turn) {
    let role = result.record.call.step.role
    switch holds.weigh(result.trouble, of: role, patience) {
    case .goesOn: break
    case .waits(let duration):
      Task {
        try? await pause(duration)
        post(.released(role))
      }
    case .stops(let time): if let time { awaitReturn(of: role, after: time) }
    }
  }

  /// A run that can do nothing more without the roles that have stopped is a person's; as long as it
  /// can, they are told of.
  func weighStops(_ wanted: [CallKey], starting: [CallKey], _ turn: inout Turn) {
    if !starting.isEmpty {
      for stop in holds.takeUntold() {
        turn.notices.append(
          "The \(stop.role.inWords) has stopped, the others go on. \(stop.reason)")
      }
    } else if tasks.isEmpty, !retrieving.isUnderWay, !wanted.isEmpty, rest == .none,
      wanted.allSatisfy({ holds.isStopped($0.step.role) })
    {
      let reason = holds.reasons.joined(separator: " ")
      pauseForStops = Text(reason)
      pauseRun(because: reason, &turn)
    }
  }

  /// A server told when it may be asked again: from then on it needs no person.
  private func awaitReturn(of role: Role, after time: Duration) {
    comebacks[role]?.cancel()
    comebacks[role] = Task {
      guard (try? await pause(time)) != nil else { return }
      post(.timeHasPassed(role))
    }
  }

  func goOn(with role: Role, _ turn: inout Turn) {
    holds.end(role)
    guard tree.isPaused, let reason = pauseForStops, tree.pauseReason == reason else { return }
    let why: Text = "The time has passed that the server asked to wait."
    add(.intervened(Intervention(.continue, by: .program, because: why)), to: &turn)
  }

  func pauseIfUseless(_ turn: inout Turn) {
    if let (role, replies) = tree.leastUseful, replies.count >= patience.unusable {
      pauseRun(becauseOf: role, &turn)
    }
  }

  /// A person is asked before a decision is taken for want of any usable reply of a role.
  ///
  /// - Returns: whether the decision has to wait for that.
  func pause(before decision: Decision, _ turn: inout Turn) -> Bool {
    guard patience.unusable < .max, let role = tree.uselessRole(behind: decision) else {
      return false
    }
    pauseRun(becauseOf: role, &turn)
    return true
  }

  private func pauseRun(becauseOf role: Role, _ turn: inout Turn) {
    guard let replies = tree.unusable[role] else { return }
    let name = role.inWords
    var reason =
      replies.count == 1
      ? "The \(name)'s reply could not be used."
      : "\(replies.count) replies of the \(name) in a row could not be used."
    if let last = replies.last {
      reason += " Of the last one: \(caller.texts.string(last.fault))"
      let reply = caller.texts.string(last.reply)
      let start = reply.prefix(Self.quoteLength)
      if !reply.isEmpty {
        reason += " It begins: “\(start)\(start.count < reply.count ? "…" : "")”"
      }
    }
    reason += " When the run goes on, what came to nothing by this is asked again."
    pauseRun(because: reason, &turn)
  }

  /// Characters of a reply that a person is shown to see what it is like.
  private static let quoteLength = 300

  func pauseRun(because reason: String, _ turn: inout Turn) {
    guard !tree.isPaused, tree.finish == nil else { return }
    add(.intervened(Intervention(.pause, by: .program, because: Text(reason))), to: &turn)
  }
}
