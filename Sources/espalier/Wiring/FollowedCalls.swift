import RunFile
import Tree
import Workbench

/// Joins what a follower reads in the file with what the writer says besides, which comes sooner: the
/// words of a call count once its start has been read.
struct FollowedCalls: Sendable {
  private var inFlight: Set<CallKey>
  /// How many bytes of its reply have been passed on: a follower that was left behind comes again, and
  /// is told all of it.
  private var told: [CallKey: Int] = [:]
  private var early: [CallKey: [Aside]] = [:]

  /// Calls whose end was read before the last that was said of them may stay in `early`.
  private static let mostEarly = 1_000

  init(inFlight: Set<CallKey>) { self.inFlight = inFlight }

  /// - Returns: what is known now that these have been read.
  mutating func take(_ events: [RecordedEvent]) -> [Update] {
    var updates: [Update] = [.events(events)]
    for event in events {
      switch event.event {
      case .flight(.started(let call)):
        inFlight.insert(call)
        told[call] = nil
      case .flight(.cancelled(let call)): forget(call)
      case .completed(let completion): forget(completion.call)
      case .flight(.reopened): (inFlight, told) = ([], [:])
      case .flight(.embedding), .flight(.embedded), .decided, .intervened: break
      }
    }
    for call in early.keys.filter(inFlight.contains) {
      updates += (early.removeValue(forKey: call) ?? []).compactMap { update($0) }
    }
    return updates
  }

  /// - Returns: nil where it does not count, or not yet.
  mutating func take(_ aside: Aside) -> Update? {
    guard let call = aside.call, !inFlight.contains(call) else { return update(aside) }
    if early.count > Self.mostEarly { early = [:] }
    early[call, default: []].append(aside)
    return nil
  }

  private mutating func forget(_ call: CallKey) {
    inFlight.remove(call)
    told[call] = nil
    early[call] = nil
  }

  private mutating func update(_ aside: Aside) -> Update? {
    switch aside {
    case .words(let call, let words, let start):
      let known = told[call, default: 0]
      let end = start + words.utf8.count
      guard start <= known, known < end else { return nil }
      told[call] = end
      return .words(call, String(decoding: words.utf8.dropFirst(known - start), as: UTF8.self))
    case .trouble(let call, let trouble): return .trouble(call, trouble)
    case .storage(let trouble): return .storage(trouble: trouble)
    case .notice(let text): return .notice(text)
    }
  }
}

extension Aside {
  /// The call that it is about.
  fileprivate var call: CallKey? {
    switch self {
    case .words(let call, _, _), .trouble(let call, _): call
    case .storage, .notice: nil
    }
  }
}
