import Tree

/// Which nodes are rows of the tree pane, in what order.
///
/// The order is depth first and by slot, so a row never moves when a score comes. Built anew only
/// when the tree grows, a level is decided or a person folds: drawing looks at the rows in sight
/// only. Nodes are told by where they stand, so that a tree of 100,000 has its rows in a moment.
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
    let isWhole = !folds.values.contains(.closed)
    isTight = isWhole && tree.nodes.count > height
    collect(from: tree)
    if !isTight, rows.count > height {
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
      let parent = tree.nodes.standings[position].parent
    {
      folds[tree.nodes.standings[parent].id] = .open
    }
  }

  /// Shows everything right below the node if something is hidden there, else hides it.
  mutating func toggle(_ id: NodeID) {
    folds[id] = hidden[id] == nil ? .closed : .open
  }

  /// The positions of the children that have rows.
  func shownChildren(of position: Int, in tree: SearchTree) -> [Int] {
    // Most nodes are leaves, and most that are not were never folded by hand.
    let fold = folds.isEmpty ? nil : folds[tree.nodes.standings[position].id]
    if fold == .closed { return [] }
    let children = Array(tree.nodes.children(of: position))
    guard isTight, fold != .open else { return children }
    return children.filter { !isPassed($0, in: tree) }
  }

  private mutating func collect(from tree: SearchTree) {
    rows = []
    hidden = [:]
    rows.reserveCapacity(tree.nodes.count)
    let standings = tree.nodes.standings
    var due: [Int] = [0]
    while let position = due.popLast() {
      let id = standings[position].id
      rows.append(Row(id: id, position: position))
      guard standings[position].hasChildren else { continue }
      let fold = folds.isEmpty ? nil : folds[id]
      if fold == .closed {
        hidden[id] = Hidden(count: descendants(of: position, in: tree), isPassedOnly: false)
        continue
      }
      let first = due.count
      var passed = 0
      for child in tree.nodes.children(of: position) {
        if isTight, fold != .open, isPassed(child, in: tree) {
          passed += 1
        } else {
          due.append(child)
        }
      }
      if passed > 0 { hidden[id] = Hidden(count: passed, isPassedOnly: true) }
      due[first...].reverse()
    }
  }

  private func descendants(of position: Int, in tree: SearchTree) -> Int {
    var count = -1
    var due = [position]
    while let position = due.popLast() {
      count += 1
      due += tree.nodes.children(of: position)
    }
    return count
  }

  /// The search went on without it: a leaf that was dropped, pruned, or never came to be.
  private func isPassed(_ position: Int, in tree: SearchTree) -> Bool {
    let node = tree.nodes.standings[position]
    if node.hasChildren { return false }
    if !node.isAlive || node.isDeadSlot { return true }
    // What is at the front or beyond is at work, or about to be selected.
    return node.level < decided && node.isSettled && !node.isPinned
      && tree.finish?.node != node.id
  }
}
