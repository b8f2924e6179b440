package import Tree

extension Intervention.Action {
  /// Any intervention, allowed or not.
  package static func random(in tree: SearchTree, using chance: inout SeededGenerator) -> Self {
    let node = tree.nodes.randomElement(using: &chance) ?? tree.root
    switch Int.random(in: 0...9, using: &chance) {
    case 0, 1, 2: return .prune(node.id)
    case 3: return .restore(node.id)
    case 4: return .pin(node.id)
    case 5: return .unpin(node.id)
    case 6:
      return .fork(
        parent: node.id, slot: tree.nextForkSlot(of: node.id), number: tree.nextNumber,
        prompt: "You are mine.")
    case 7:
      let aspect = node.evaluation?.scores.first?.aspect ?? "Clarity"
      return .override(
        node.id, aspect: aspect, score: Double(Int.random(in: 1...5, using: &chance)))
    case 8:
      var settings = tree.settings
      settings.beam = Int.random(in: 1...3, using: &chance)
      settings.actions = Int.random(in: 1...3, using: &chance)
      settings.depth = Int.random(in: 2...7, using: &chance)
      return .set(settings)
    default: return tree.isPaused ? .continue : .pause
    }
  }
}
