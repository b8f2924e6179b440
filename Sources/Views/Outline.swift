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
    var position: Int { Int(storedPosition) }
    var hidden: Hidden? {
      hiddenCount == 0
        ? nil : Hidden(count: Int(hiddenCount.magnitude), isPassedOnly: hiddenCount > 0)
    }

    // Of few bits: there are as many rows as nodes.
    private let storedPosition: Int32
    /// How many rows it stands for besides its own; below 0 where not all of them were passed over.
    private var hiddenCount: Int32 = 0

    fileprivate init(id: NodeID, position: Int) {
      self.id = id
      storedPosition = Int32(clamping: position)
    }

    fileprivate mutating func hidePassed() { hiddenCount += 1 }
    fileprivate mutating func hide(_ count: Int) { hiddenCount = Int32(clamping: -count) }
  }

  /// What a row stands for besides itself.
  struct Hidden: Hashable {
    var count: Int
    /// Only nodes that the search has passed over are hidden.
    var isPassedOnly: Bool
  }

  private(set) var rows: [Row] = [Row(id: .root, position: 0)]
  private var folds: [NodeID: Fold] = [:]
  /// The rows did not fit, so what was passed over is folded away where nobody unfolded it.
  private var isTight = false
  /// Levels before this one are decided.
  private var decided = 0

  func row(of id: NodeID) -> Int? { rows.firstIndex { $0.id == id } }

  /// What its row stands for besides the node; nil also where it has no row.
  func hidden(below id: NodeID) -> Hidden? { row(of: id).flatMap { rows[$0].hidden } }

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
    if isTight, let position = tree.position(of: id),
      isPassed(tree.nodes.standings[position], tree.finish),
      let parent = tree.nodes.standings[position].parent
    {
      folds[tree.nodes.standings[parent].id] = .open
    }
  }

  /// Shows everything right below the node if something is hidden there, else hides it.
  mutating func toggle(_ id: NodeID) {
    folds[id] = hidden(below: id) == nil ? .closed : .open
  }

  /// The positions of the children that have rows.
  func shownChildren(of position: Int, in tree: SearchTree) -> [Int] {
    // Most nodes are leaves, and most that are not were never folded by hand.
    let fold = folds.isEmpty ? nil : folds[tree.nodes.standings[position].id]
    if fold == .closed { return [] }
    let children = Array(tree.nodes.children(of: position))
    guard isTight, fold != .open else { return children }
    return children.filter { !isPassed(tree.nodes.standings[$0], tree.finish) }
  }

  /// The positions of the siblings behind the node that have rows, as has the node.
  func shownSiblings(after position: Int, in tree: SearchTree) -> [Int] {
    let standings = tree.nodes.standings
    let hidesPassed =
      isTight && standings[position].parent.flatMap { folds[standings[$0].id] } != .open
    return sequence(first: position) { standings[$0].nextSiblingPosition }.dropFirst()
      .filter { !hidesPassed || !isPassed(standings[$0], tree.finish) }
  }

  private mutating func collect(from tree: SearchTree) {
    rows = []
    rows.reserveCapacity(tree.nodes.count)
    let standings = tree.nodes.standings
    let finish = tree.finish
    // From the root down, the nodes whose children are being laid out.
    var way: [(position: Int, row: Int, hidesPassed: Bool)] = []
    var upcoming: Int? = 0
    while true {
      guard let position = upcoming else {
        guard let (parent, _, _) = way.popLast() else { return }
        upcoming = standings[parent].nextSiblingPosition
        continue
      }
      upcoming = standings[position].nextSiblingPosition
      if let parent = way.last, parent.hidesPassed, isPassed(standings[position], finish) {
        rows[parent.row].hidePassed()
        continue
      }
      let id = standings[position].id
      rows.append(Row(id: id, position: position))
      guard standings[position].hasChildren else { continue }
      let fold = folds.isEmpty ? nil : folds[id]
      if fold == .closed {
        rows[rows.count - 1].hide(descendants(of: position, in: tree))
      } else {
        way.append((position, rows.count - 1, hidesPassed: isTight && fold != .open))
        upcoming = standings[position].firstChildPosition
      }
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
  private func isPassed(_ node: Node.Standing, _ finish: SearchTree.Finish?) -> Bool {
    if node.hasChildren { return false }
    if !node.isAlive || node.isDeadSlot { return true }
    // What is at the front or beyond is at work, or about to be selected.
    return node.level < decided && node.isSettled && !node.isPinned
      && finish?.node != node.id
  }
}
