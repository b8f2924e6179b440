import Screen
import Tree

/// The word for where a node stands, in the state column.
struct StateWord {
  var text: String
  /// The word in four letters.
  var short: String
  var role: StyleRole

  init(of node: Node, in state: State) {
    let nodeState = state.tree.state(of: node)
    (text, short, role) = Self.words(nodeState)
    if nodeState.isRunning { text += Self.dots(state.frame) }
    if nodeState == .pruned, case .person = state.pruner(of: node) {
      text = "pruned, you"
      role = .yours
    }
    if state.tree.finish?.node == node.id, node.isAlive {
      (text, short, role) = ("best", "best", .best)
    }
    if node.isPinned, node.isAlive, nodeState.isRunning == false { text += ", pin" }
  }

  private static func words(_ state: NodeState) -> (String, String, StyleRole) {
    switch state {
    case .waiting: ("waiting", "wait", .waiting)
    case .rewriting: ("rewriting", "rewr", .running)
    case .answering: ("answering", "answ", .running)
    case .judging: ("judging", "judg", .running)
    case .scored: ("scored", "scor", .text)
    case .kept: ("kept", "kept", .kept)
    case .dropped: ("dropped", "drop", .dropped)
    case .pruned: ("pruned", "prun", .pruned)
    case .unreadable: ("unreadable", "unrd", .unreadable)
    case .failed: ("failed", "fail", .failed)
    }
  }

  /// One to three dots in turn, so that work is seen to move.
  private static func dots(_ frame: Int) -> String {
    String(repeating: ".", count: 1 + (frame / 2 % 3 + 3) % 3)
  }
}

extension State {
  /// Who pruned the node or the nearest of its ancestors that is pruned.
  func pruner(of node: Node) -> Intervention.Author? {
    tree.path(to: node.id).reversed().lazy.compactMap(\.prunedBy).first
  }
}
