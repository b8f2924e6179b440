import DRPO
import TestSupport
import Testing
import Tree

@Suite struct BeamStrategyPropertyTests {
  private static let configurations: [RunConfiguration] = [
    .scripted(),
    .scripted(beam: 1, actions: 1, depth: 4),
    .scripted(beam: 3, actions: 2, depth: 5, unreadable: .zero),
    .scripted(depth: 20, maxDepthIncrease: 10, queries: 9),
    .scripted(depth: 1),
    .scripted(measuresLift: true),
    .scripted(beam: 1, depth: 20, queries: 5, unreadable: .zero, measuresLift: true),
  ]

  private static func world(_ seed: UInt64) -> ScriptedWorld {
    var world = ScriptedWorld(seed: seed)
    world.unreadablePercent = [0, 10, 40][Int(seed % 3)]
    world.failingPercent = [0, 20][Int(seed % 2)]
    world.rejectedPercent = [0, 0, 0, 8][Int(seed % 4)]
    return world
  }

  @Test(arguments: configurations)
  func `completions in any order give the same tree`(configuration: RunConfiguration) {
    for seed: UInt64 in 0..<12 {
      var expected = SearchDriver(configuration: configuration, world: Self.world(seed), order: 0)
      expected.run()
      #expect(expected.violations == [], "seed \(seed)")
      #expect(expected.tree.finish != nil, "seed \(seed)")
      #expect(expected.tree.ignored == 0)
      for order: UInt64 in 1..<8 {
        var other = SearchDriver(
          configuration: configuration, world: Self.world(seed), order: order)
        other.run()
        expectSame(other.tree, expected.tree, "seed \(seed), order \(order)")
      }
    }
  }

  @Test(arguments: configurations)
  func `a crash after any event and a resume give the uninterrupted tree`(
    configuration: RunConfiguration
  ) {
    for seed: UInt64 in 0..<4 {
      let world = Self.world(seed)
      var whole = SearchDriver(configuration: configuration, world: world, order: seed)
      whole.run()
      for count in stride(from: 0, through: whole.log.count, by: 5) {
        var resumed = SearchDriver(
          configuration: configuration, world: world, order: 99 + seed,
          history: Array(whole.log.prefix(count)))
        resumed.run()
        #expect(resumed.violations == [], "seed \(seed), after \(count) events")
        expectSame(resumed.tree, whole.tree, "seed \(seed), after \(count) events")
      }
    }
  }

  @Test func `random interventions never give a dead node work, and every run ends`() {
    for seed: UInt64 in 0..<300 {
      var chance = SeededGenerator(seed: seed)
      let limit = seed % 5 == 0 ? Int.random(in: 0...120, using: &chance) : nil
      var driver = SearchDriver(
        configuration: .scripted(maxCalls: limit, measuresLift: seed % 2 == 0),
        world: Self.world(seed), order: seed)
      for _ in 0..<Int.random(in: 1...15, using: &chance) {
        for _ in 0..<Int.random(in: 0...40, using: &chance) { driver.step() }
        driver.intervene(.random(in: driver.tree, using: &chance))
        if Bool.random(using: &chance) { driver.undo() }
        if Int.random(in: 0...3, using: &chance) == 0 { driver.redo() }
      }
      if driver.tree.isPaused { driver.intervene(.continue) }
      driver.run()
      #expect(driver.violations == [], "seed \(seed)")
      #expect(driver.tree.finish != nil, "seed \(seed):\n\(driver.tree.drawing)")
      let folded = SearchTree(configuration: driver.tree.configuration, events: driver.log)
      expectSame(folded, driver.tree, "seed \(seed)")
    }
  }

  @Test func `shuffled, duplicated and thinned logs fold without a trap`() {
    for seed: UInt64 in 0..<60 {
      var chance = SeededGenerator(seed: seed)
      var driver = SearchDriver(
        configuration: .scripted(measuresLift: seed % 2 == 0), world: Self.world(seed),
        order: seed)
      for _ in 0..<6 {
        for _ in 0..<20 { driver.step() }
        driver.intervene(.random(in: driver.tree, using: &chance))
      }
      if driver.tree.isPaused { driver.intervene(.continue) }
      driver.run()
      let log = driver.log
      let damaged = [
        log.shuffled(using: &chance),
        log + log,
        log.filter { _ in Bool.random(using: &chance) },
        (log + log).shuffled(using: &chance).filter { _ in Bool.random(using: &chance) },
      ]
      for events in damaged {
        let tree = SearchTree(configuration: driver.tree.configuration, events: events)
        let again = SearchTree(configuration: driver.tree.configuration, events: events)
        expectSame(tree, again, "seed \(seed)")
        _ = tree.drawing
        // The strategy has to cope with what such a log makes, too.
        var resumed = SearchDriver(
          configuration: driver.tree.configuration, world: Self.world(seed), history: events)
        if resumed.tree.isPaused { resumed.intervene(.continue) }
        resumed.run(steps: 5_000)
      }
      let twice = SearchTree(configuration: driver.tree.configuration, events: log)
      expectSame(twice, driver.tree, "seed \(seed)")
    }
  }
}
