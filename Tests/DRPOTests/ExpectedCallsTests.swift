import DRPO
import TestSupport
import Testing
import Tree

@Suite struct ExpectedCallsTests {
  private static let cases: [(configuration: RunConfiguration, total: Int)] = [
    (.scripted(depth: 20, queries: 180), 355),
    (.scripted(depth: 1), 3),
    (.scripted(beam: 1, actions: 1, depth: 3), 11),
    (.scripted(beam: 3, actions: 2, depth: 3), 23),
    (.scripted(depth: 20, queries: 2), 13),
    (.scripted(depth: 20, queries: 180, measuresLift: true), 393),
    (.scripted(depth: 1, measuresLift: true), 3),
    (.scripted(beam: 1, actions: 1, depth: 3, measuresLift: true), 15),
  ]

  @Test func `before the first call it is what the settings say`() {
    for (configuration, total) in Self.cases {
      let tree = SearchTree(configuration: configuration)
      #expect(ExpectedCalls(tree).total == total)
    }
  }

  /// With no judgement above 4.5, so that no rewrite is skipped.
  @Test(arguments: [false, true])
  func `a search without skips makes exactly the expected calls`(measuresLift: Bool) {
    var world = ScriptedWorld(seed: 3)
    for number in 0..<400 { world.rewards[number] = Double(1 + number % 4) }
    var driver = SearchDriver(
      configuration: .scripted(depth: 8, measuresLift: measuresLift), world: world, order: 5)
    let expected = ExpectedCalls(driver.tree).total
    while driver.step() {
      #expect(ExpectedCalls(driver.tree).total == expected)
    }
    #expect(driver.tree.totals.started == expected)
    #expect(ExpectedCalls(driver.tree).total == expected)
  }
}
