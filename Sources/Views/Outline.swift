import Tree

/// Which nodes are rows of the tree pane, in what order.
///
/// The order is depth first and by slot, so a row never moves when a score comes. Built anew only
/// when the tree grows, a level is decided or a person folds: drawing looks at the rows in sight
/// only. Nodes are read where they are, by position: to copy each would take most of the time in a
/// tree of 100,000.
struct Outline {
  enum Fold { case open, closed }

  struct Row: Hashable {
    var id: NodeID
    /// In `SearchTree.nodes`.
    var position: Int
  }

  /// What a row stands for besides itself.
  struct Hidden: Hashable {
    var count: Int
    /// Only nodes that the search has passed over are hidden.
    var isPassedOnly: Bool
  }

  private(set) var rows: [Row] = [Row(id: .root, position: 0)]
  private(set) var hidden: [NodeID: Hidden] = [:]
  private var folds: [NodeID: Fold] = [:]
  /// The rows did not fit, so what was passed over is folded away where nobody unfolded it.
  private var isTight = false
  /// Levels before this one are decided.
  private var decided = 0

  func row(of id: NodeID) -> Int? { rows.firstIndex { $0.id == id } }

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
    if isTight, let position = tree.position(of: id), isPassed(position, in: tree),
      let parent = tree.nodes[position].parent
    {
      folds[parent] = .open
    }
  }

  /// Shows everything right below the node if something is hidden there, else hides it.
  mutating func toggle(_ id: NodeID) {
    folds[id] = hidden[id] == nil ? .closed : .open
  }

  /// The positions of the children that have rows.
  func shownChildren(of position: Int, in tree: SearchTree) -> [Int] {
    let id = tree.nodes[position].id
    // Most nodes are leaves, and most that are not were never folded by hand.
    let fold = folds.isEmpty ? nil : folds[id]
    if fold == .closed { return [] }
    let children = tree.nodes[position].children.compactMap { tree.position(of: $0) }
    guard isTight, fold != .open else { return children }
    return children.filter { !isPassed($0, in: tree) }
  }

  private mutating func collect(from tree: SearchTree) {
    rows = []
    hidden = [:]
    rows.reserveCapacity(tree.nodes.count)
    var due: [Int] = [0]
    while let position = due.popLast() {
      let id = tree.nodes[position].id
      rows.append(Row(id: id, position: position))
      let count = tree.nodes[position].children.count
      guard count > 0 else { continue }
      if !folds.isEmpty, folds[id] == .closed {
        hidden[id] = Hidden(count: descendants(of: position, in: tree), isPassedOnly: false)
        continue
      }
      let shown = shownChildren(of: position, in: tree)
      if shown.count < count {
        hidden[id] = Hidden(count: count - shown.count, isPassedOnly: true)
      }
      due.append(contentsOf: shown.reversed())
    }
  }

  private func descendants(of position: Int, in tree: SearchTree) -> Int {
    var count = 0
    var due = tree.nodes[position].children
    while let id = due.popLast() {
      count += 1
      if let position = tree.position(of: id) { due += tree.nodes[position].children }
    }
    return count
  }

  /// The search went on without it: a leaf that was dropped, pruned, or never came to be.
  private func isPassed(_ position: Int, in tree: SearchTree) -> Bool {
    guard tree.nodes[position].children.isEmpty else { return false }
    if !tree.nodes[position].isAlive { return true }
    // What is at the front or beyond is at work, or about to be selected.
    guard tree.nodes[position].level < decided else { return tree.nodes[position].isDeadSlot }
    if tree.nodes[position].isDeadSlot { return true }
    return tree.nodes[position].isSettled && !tree.nodes[position].isPinned
      && tree.finish?.node != tree.nodes[position].id
  }
}
