import ArgumentParser
import Tree

/// Where a fork leaves the history of a run.
///
/// After an event, which it shares; or before a node was decided on: before it was opened, or, of a
/// node that was passed over, before the first of its level was; of the node that the search ended
/// with, before the end.
enum ForkPoint: Equatable, ExpressibleByArgument {
  case node(Int)
  case event(Int)

  /// `12` for a node, `e131` for an event.
  init?(argument: String) {
    if let number = Int(argument), number >= 0 {
      self = .node(number)
    } else if argument.first == "e", let ordinal = Int(argument.dropFirst()), ordinal >= 0 {
      self = .event(ordinal)
    } else {
      return nil
    }
  }

  /// How many events the fork shares.
  ///
  /// - Throws: a `Failure` where there is no such event or node, or nothing is decided of it yet.
  func count(in events: [RunEvent], of configuration: RunConfiguration) throws -> Int {
    switch self {
    case .event(let ordinal):
      try Past.check(ordinal, in: events.count)
      return ordinal + 1
    case .node(let number):
      let tree = SearchTree(configuration: configuration, events: events)
      let node = try tree.named(number)
      if let count = Self.decision(on: node, in: events, tree) { return count }
      throw Failure(
        "nothing has been decided on node \(number) yet, so there is no before. Fork at an event, "
          + "such as --at e\(max(0, events.count - 1)).")
    }
  }

  private static func decision(
    on node: Node, in events: [RunEvent], _ tree: SearchTree
  ) -> Int? {
    func first(_ isIt: (Decision) -> Bool) -> Int? {
      events.firstIndex { event in
        guard case .decided(let decision) = event else { return false }
        return isIt(decision)
      }
    }
    let opened = first { decision in
      guard case .open(let opening) = decision else { return false }
      return node.isOpened ? opening.node == node.id : tree[opening.node]?.level == node.level
    }
    return opened
      ?? first { decision in
        guard case .finish(let best, _) = decision else { return false }
        return tree[best]?.level == node.level
      }
  }
}
