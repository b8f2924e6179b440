import Tree

/// Which roles wait because they could not be reached, and for how long: after a failure of transport
/// a role waits, longer each time, and then stops until a person acts. The others go on meanwhile.
struct RoleHolds {
  private struct Hold {
    var failures = 0
    var isActive = false
    /// Why only a person ends it, or a time that the server named.
    var stop: Stop?
  }

  private struct Stop {
    var reason: String
    var isTold = false
  }

  /// What a result means for its role.
  enum Verdict: Hashable {
    case goesOn
    /// The role is to be released after this.
    case waits(Duration)
    /// Until a person acts, or so much time has passed.
    case stops(for: Duration?)
  }

  private var holds: [Role: Hold] = [:]

  func isActive(for role: Role) -> Bool { holds[role]?.isActive == true }

  /// Whether the role is to be called again by itself.
  func isPassing(for role: Role) -> Bool { isActive(for: role) && !isStopped(role) }

  func isStopped(_ role: Role) -> Bool { holds[role]?.stop != nil }

  /// Why roles have stopped, each reason once, in the order of the roles.
  var reasons: [String] {
    var reasons: [String] = []
    for case let stop? in Role.allCases.map({ holds[$0]?.stop })
    where !reasons.contains(stop.reason) { reasons.append(stop.reason) }
    return reasons
  }

  mutating func weigh(
    _ trouble: CallResult.Trouble?, of role: Role, _ patience: Patience
  ) -> Verdict {
    // What was in flight when it stopped does not start it again.
    guard !isStopped(role) else { return .goesOn }
    guard let trouble else {
      holds[role] = nil
      return .goesOn
    }
    var hold = holds[role] ?? Hold()
    if !hold.isActive { hold.failures += 1 }
    if trouble.isFinal || hold.failures > patience.failures {
      holds[role] = Hold(isActive: true, stop: Stop(reason: trouble.text))
      return .stops(for: trouble.time)
    }
    // What was in flight with the call that failed first says nothing new.
    guard !hold.isActive else { return .goesOn }
    hold.isActive = true
    holds[role] = hold
    return .waits(patience.wait(afterFailures: hold.failures))
  }

  /// The wait is over.
  mutating func release(_ role: Role) { if !isStopped(role) { holds[role]?.isActive = false } }

  /// The time is over for which a role was to stop.
  mutating func end(_ role: Role) { if isStopped(role) { holds[role] = nil } }

  /// A person has acted: nothing of before counts.
  mutating func clear() { holds = [:] }

  /// Which roles have stopped, and why, as far as that has not been told yet.
  mutating func takeUntold() -> [(role: Role, reason: String)] {
    Role.allCases.compactMap { role in
      guard let stop = holds[role]?.stop, !stop.isTold else { return nil }
      holds[role]?.stop?.isTold = true
      return (role, stop.reason)
    }
  }
}
