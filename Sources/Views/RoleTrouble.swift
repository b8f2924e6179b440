import Tree

/// Why roles wait for their server: those that wait for the same reason are told together.
struct RoleTrouble {
  private(set) var message: String
  private var roles: [Role]
  /// Of the call that is tried again first; nil when it is the engine that waits, or a person has to
  /// act.
  private var next: String?
  private var calls: Int

  var names: String { roles.map(\.rawValue).joined(separator: ", ") }

  /// `base, judge wait (3 calls), again in 12 s: `
  var lead: String {
    let verb = roles.count == 1 ? "waits" : "wait"
    let count = calls > 1 ? " (\(calls) calls)" : ""
    return "\(names) \(verb)\(count)\(next.map { ", \($0)" } ?? ""): "
  }

  static func all(in state: State) -> [RoleTrouble] {
    var troubles: [RoleTrouble] = []
    for role in Role.allCases {
      guard let trouble = RoleTrouble(role, in: state) else { continue }
      if let index = troubles.firstIndex(where: { $0.isLike(trouble) }) {
        troubles[index].roles += trouble.roles
        troubles[index].calls += trouble.calls
      } else {
        troubles.append(trouble)
      }
    }
    return troubles
  }

  private func isLike(_ other: RoleTrouble) -> Bool {
    message == other.message && next == other.next
  }

  private init?(_ role: Role, in state: State) {
    let waiting = state.callTroubles.filter { $0.key.step.role == role }.values
    roles = [role]
    calls = waiting.count
    let now = state.clock.now
    let first = waiting.min {
      ($0.until ?? .infinity, $0.message) < ($1.until ?? .infinity, $1.message)
    }
    if let first {
      message = first.message
      next = first.waitWords(now: now)
    } else if let trouble = state.tree.totals[role].trouble, state.tree.finish == nil {
      message = state.texts.string(trouble)
    } else {
      return nil
    }
  }
}
