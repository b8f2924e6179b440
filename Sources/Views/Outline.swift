import Tree

/// Which nodes are rows of the tree pane, in what order.
///
/// The order is depth first and by slot, so a row never moves when a score comes. Built anew only when
/// the tree grows, a level is decided or a person folds: drawing looks at the rows in sight only.
struct Outline {
  enum Fold { case open, closed }

  /// What a row stands for besides itself.
  struct Hidden: Hashable {
    var count: Int
    /// Only nodes that the search has passed over are hidden.
    var isPassedOnly: Bool
  }

  private(set) var rows: [NodeID] = [.root]
  private(set) var hidden: [NodeID: Hidden] = [:]
  private var folds: [NodeID: Fold] = [:]
  /// The rows did not fit, so what was passed over is folded away where nobody unfolded it.
  private var isTight = false
  /// Levels before this one are decided.
  private var decided = 0

  func row(of id: NodeID) -> Int? { rows.firstIndex(of: id) }

  /// - Parameter height: Rows in sight.
  mutating func build(from tree: SearchTree, height: Int) {
    decided = tree.finish == nil ? tree.front ?? 0 : Int.max
    isTight = false
    collect(from: tree)
    if rows.count > height {
      isTight = true
      collect(from: tree)
    }
  }

  /// Opens what hides the node. Build anew after it.
  mutating func reveal(_ id: NodeID, in tree: SearchTree) {
    for ancestor in tree.path(to: id).dropLast() where folds[ancestor.id] == .closed {
      folds[ancestor.id] = nil
    }
    if let node = tree[id], isTight, isPassed(node, in: tree), let parent = node.parent {
      folds[parent] = .open
    }
  }

  /// Shows everything right below the node if something is hidden there, else hides it.
  mutating func toggle(_ id: NodeID) {
    folds[id] = hidden[id] == nil ? .closed : .open
  }

  /// The children that have rows.
  func shownChildren(of node: Node, in tree: SearchTree) -> [Node] {
    if folds[node.id] == .closed { return [] }
    let children = node.children.compactMap { tree[$0] }
    guard isTight, folds[node.id] != .open else { return children }
    return children.filter { !isPassed($0, in: tree) }
  }

  private mutating func collect(from tree: SearchTree) {
    rows = []
    hidden = [:]
    rows.reserveCapacity(tree.nodes.count)
    var due: [NodeID] = [.root]
    while let id = due.popLast() {
      guard let node = tree[id] else { continue }
      rows.append(id)
      guard !node.children.isEmpty else { continue }
      if folds[id] == .closed {
        hidden[id] = Hidden(count: descendants(of: node, in: tree), isPassedOnly: false)
        continue
      }
      let shown = shownChildren(of: node, in: tree)
      if shown.count < node.children.count {
        hidden[id] = Hidden(count: node.children.count - shown.count, isPassedOnly: true)
      }
      due += shown.reversed().map(\.id)
    }
  }

  private func descendants(of node: Node, in tree: SearchTree) -> Int {
    var count = 0
    var due = node.children
    while let id = due.popLast() {
      count += 1
      due += tree[id]?.children ?? []
    }
    return count
  }

  /// The search went on without it: a leaf that was dropped, pruned, or never came to be.
  private func isPassed(_ node: Node, in tree: SearchTree) -> Bool {
    guard node.children.isEmpty, tree.finish?.node != node.id else { return false }
    if !node.isAlive || node.isDeadSlot { return true }
    return node.isSettled && !node.isPinned && node.level < decided
  }
}
