import Tree

extension SearchDriver {
  /// A whole run drawn from a seed: models that fail now and then, and a person who steps in in every
  /// way there is. Every event of its log means something.
  package static func random(seed: UInt64) -> SearchDriver {
    var chance = SeededGenerator(seed: seed)
    var world = ScriptedWorld(seed: seed)
    world.unreadablePercent = [0, 20].randomElement(using: &chance) ?? 0
    world.failingPercent = [0, 10].randomElement(using: &chance) ?? 0
    world.rejectedPercent = [0, 5].randomElement(using: &chance) ?? 0
    var driver = SearchDriver(
      configuration: .scripted(
        beam: .random(in: 1...2, using: &chance), actions: .random(in: 1...3, using: &chance),
        depth: .random(in: 2...5, using: &chance), measuresLift: seed % 2 == 0),
      world: world, order: seed)
    for _ in 0..<Int.random(in: 4...24, using: &chance) {
      for _ in 0..<Int.random(in: 0...6, using: &chance) { driver.step() }
      driver.interveneAtRandom(using: &chance)
    }
    if driver.tree.isPaused { driver.intervene(.continue) }
    driver.run()
    return driver
  }

  /// One of all the ways to step in; nothing where it would be refused.
  private mutating func interveneAtRandom(using chance: inout SeededGenerator) {
    let action: Intervention.Action
    switch Int.random(in: 0...17, using: &chance) {
    case 0:
      if let action = tree.undo, tree.refusal(of: action) == nil { undo() }
      return
    case 1:
      if let action = tree.redo, tree.refusal(of: action) == nil { redo() }
      return
    case 2: action = .steer("Be brief.")
    case 3: action = .steer(nil)
    case 4: action = .lock("You are")
    case 5: action = .unlock("You are")
    case 6: action = .stop
    case 7:
      let judged = tree.nodes.filter { !$0.overrides.isEmpty }
      guard let node = judged.first, let aspect = node.overrides.keys.min() else { return }
      action = .override(node.id, aspect: aspect, score: nil)
    default: action = .random(in: tree, using: &chance)
    }
    if tree.refusal(of: action) == nil { intervene(action) }
  }
}
