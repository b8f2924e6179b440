import Tree

/// Which roles wait because they could not be reached, and for how long: after a failure of transport
/// a role waits, longer each time, and then a person is asked for.
struct RoleHolds {
  private struct Hold {
    var failures = 0
    var isActive = false
    /// Only a person ends it.
    var isKept = false
  }

  /// What a result means for its role.
  enum Verdict: Hashable {
    case goesOn
    /// The role is to be released after this.
    case waits(Duration)
    /// And why; or so much time.
    case needsPerson(String, orTime: Duration?)
  }

  private var holds: [Role: Hold] = [:]

  func isActive(for role: Role) -> Bool { holds[role]?.isActive == true }

  /// Whether the role is to be called again by itself.
  func isPassing(for role: Role) -> Bool { isActive(for: role) && holds[role]?.isKept == false }

  mutating func weigh(
    _ trouble: CallResult.Trouble?, of role: Role, _ patience: Patience
  ) -> Verdict {
    guard let trouble else {
      holds[role] = nil
      return .goesOn
    }
    var hold = holds[role] ?? Hold()
    if !hold.isActive { hold.failures += 1 }
    if trouble.isFinal || hold.failures > patience.failures {
      holds[role] = nil
      return .needsPerson(trouble.text, orTime: trouble.time)
    }
    // What was in flight with the call that failed first says nothing new.
    guard !hold.isActive else { return .goesOn }
    hold.isActive = true
    holds[role] = hold
    return .waits(patience.wait(afterFailures: hold.failures))
  }

  /// The wait is over.
  mutating func release(_ role: Role) {
    if holds[role]?.isKept == false { holds[role]?.isActive = false }
  }

  /// Until a person acts: the search is at its end, and what is left can be done without.
  mutating func keep(_ role: Role) { holds[role] = Hold(isActive: true, isKept: true) }

  /// A person has acted: nothing of before counts.
  mutating func clear() { holds = [:] }
}
