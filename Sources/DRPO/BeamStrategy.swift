package import Tree

/// Beam search as in the paper (algorithm 1): a level is selected when all its living nodes are
/// settled, the best W by path reward are opened, and the first of the best at the last level is the
/// result. A beam of one is greedy search.
///
/// Each decision is derived anew from the tree. A selection of W nodes is W decisions, and after each
/// of them the rule that fills an empty seat gives the next: so a crash between two of them, and a
/// prune in the midst of them, need no case of their own.
package struct BeamStrategy: SearchStrategy {
  package init() {}

  package func next(in tree: SearchTree) -> Plan {
    if let finish = tree.finish {
      // The result is known; what it gained may be still to be found out.
      return Plan(wanted: finish.why.leavesAnythingOut ? [] : tree.liftCalls)
    }
    if tree.isStopping {
      // What is in flight still lands: it is wanted as long as its node lives.
      let landing = tree.inFlight.filter { tree[$0.node]?.isAlive == true }
      return landing.isEmpty
        ? Plan(decision: .finish(node: tree.best.id, why: .stopped))
        : Plan(wanted: landing.sorted { $0.draw(seed: 0) < $1.draw(seed: 0) })
    }
    return Plan(decision: decision(in: tree), wanted: tree.wantedCalls + tree.liftCalls)
  }

  private func decision(in tree: SearchTree) -> Decision? {
    guard tree.root.isOpened else {
      guard tree.root.isSettled else { return nil }
      return canDeepen(from: 0, in: tree)
        ? open(tree.root, in: tree) : .finish(node: .root, why: endReason(at: 0, in: tree))
    }
    guard let front = tree.front else { return deadEnd(in: tree) }
    return dueExtension(in: tree)
      ?? vacantSeat(before: front, in: tree)
      ?? advanceOfPinned(behind: front, in: tree)
      ?? selection(of: front, in: tree)
  }

  // MARK: The rules, in the order they are asked

  /// A skipped rewrite deepens the search by one level, once a level.
  private func dueExtension(in tree: SearchTree) -> Decision? {
    guard tree.extensions.count < tree.settings.maxDepthIncrease else { return nil }
    for level in tree.levels.indices where !tree.extensions.contains(level) {
      let skips = tree.level(level).contains { $0.opening?.skips == true }
      if skips { return .extend(level: level) }
    }
    return nil
  }

  /// Until the front is selected, an empty seat of the level before it goes to the next in rank.
  private func vacantSeat(before front: Int, in tree: SearchTree) -> Decision? {
    let level = front - 1
    guard let seats = tree.seats[level],
      tree.level(level).allSatisfy({ !$0.isAlive || $0.isSettled })
    else { return nil }
    return nextSeat(at: level, of: seats, in: tree).map { open($0, in: tree) }
  }

  /// A pinned branch behind the front goes on a level at a time.
  private func advanceOfPinned(behind front: Int, in tree: SearchTree) -> Decision? {
    for pinned in tree.livingPinned {
      guard let level = levelBehind(front, ofPinned: pinned, in: tree) else { continue }
      let branch = tree.branch(of: pinned.id).filter { $0.level == level && $0.isAlive }
      guard branch.allSatisfy(\.isSettled) else { continue }
      if let best = tree.ranked(branch.filter(tree.isCandidate)).first {
        return open(best, in: tree)
      }
    }
    return nil
  }

  /// The level from which a pinned branch has still to come up to the front; nil when it is there.
  private func levelBehind(_ front: Int, ofPinned pinned: Node, in tree: SearchTree) -> Int? {
    let level = tree.branch(of: pinned.id).filter(tree.isCandidate).map(\.level).max()
    guard let level, level < front, canDeepen(from: level, in: tree) else { return nil }
    return level
  }

  /// Selects the front once all its living nodes are settled, or ends the search there.
  private func selection(of front: Int, in tree: SearchTree) -> Decision? {
    let living = tree.level(front).filter(\.isAlive)
    guard living.allSatisfy(\.isSettled) else { return nil }
    if canDeepen(from: front, in: tree) {
      let held = living.count(where: \.isOpened)
      return nextSeat(at: front, of: tree.settings.beam + held, in: tree)
        .map { open($0, in: tree) }
    }
    let isAwaited = tree.livingPinned.contains {
      levelBehind(front, ofPinned: $0, in: tree) != nil
    }
    if isAwaited { return nil }
    let result = tree.ranked(living.filter { !$0.isDeadSlot }).first ?? tree.best
    return .finish(node: result.id, why: endReason(at: front, in: tree))
  }

  /// Nothing is left to be opened.
  private func deadEnd(in tree: SearchTree) -> Decision? {
    let isBusy = tree.unsettled.contains { tree[$0]?.isAlive == true }
    guard !isBusy else { return nil }
    return .finish(node: tree.lastBest ?? tree.best.id, why: .nothingAlive)
  }

  // MARK: Seats

  /// The next node to take one of the seats of a level; nil when they are taken or nobody is left.
  ///
  /// A pinned branch has a seat of its own, and the beam widens when there are more pins than seats.
  private func nextSeat(at level: Int, of seats: Int, in tree: SearchTree) -> Node? {
    let living = tree.level(level).filter(\.isAlive)
    let ranked = tree.ranked(living.filter { tree.isCandidate($0) && $0.isSettled })
    let taken = living.filter(\.isOpened)
    var reserved: [NodeID] = []
    var pins = 0
    for pinned in tree.livingPinned {
      func isOfBranch(_ node: Node) -> Bool {
        tree.path(to: node.id).contains { $0.id == pinned.id }
      }
      let isSeated = taken.contains(where: isOfBranch)
      guard let best = ranked.first(where: isOfBranch) else {
        pins += isSeated ? 1 : 0
        continue
      }
      pins += 1
      if !isSeated, !reserved.contains(best.id) { reserved.append(best.id) }
    }
    let open = max(seats, pins) - taken.count
    guard open > 0 || !reserved.isEmpty else { return nil }
    let free = max(0, open - reserved.count)
    let chosen =
      ranked.filter { reserved.contains($0.id) }.map(\.id)
      + ranked.filter { !reserved.contains($0.id) }.prefix(free).map(\.id)
    return ranked.first { chosen.contains($0.id) }
  }

  private func open(_ node: Node, in tree: SearchTree) -> Decision {
    let skips = SkipRule.applies(to: node.evaluation)
    let count = skips ? 1 : tree.settings.actions
    let first = tree.nextNumber
    return .open(Opening(node: node.id, numbers: Array(first..<(first + count)), skips: skips))
  }

  // MARK: Ends

  /// Whether nodes of this level may have children: the depth limit and the queries allow it.
  private func canDeepen(from level: Int, in tree: SearchTree) -> Bool {
    level + 1 < min(tree.depthLimit, tree.configuration.queries.count)
  }

  private func endReason(at level: Int, in tree: SearchTree) -> FinishReason {
    level + 1 >= tree.depthLimit ? .depth : .queries
  }
}

/// When a node is not rewritten: its judgement is empty, or all scores are 5, or their mean is above
/// 4.5 (paper, section 3.2; the authors' run configuration).
package enum SkipRule {
  package static let threshold = 4.5

  package static func applies(to evaluation: Evaluation?) -> Bool {
    guard let evaluation, let reward = evaluation.reward else { return true }
    return evaluation.scores.allSatisfy { $0.value == 5 } || reward > threshold
  }
}

extension SearchTree {
  /// The node and all its descendants.
  fileprivate func branch(of id: NodeID) -> [Node] {
    var branch: [Node] = []
    var due = [id]
    while let id = due.popLast() {
      guard let node = self[id] else { continue }
      branch.append(node)
      due += node.children
    }
    return branch
  }
}
