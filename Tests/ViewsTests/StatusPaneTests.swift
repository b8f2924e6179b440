import Screen
import Testing
import Tree

@testable import Views

/// What the numbers below the tree say of the best.
struct StatusPaneTests {
  /// Of the three rewrites of the initial prompt one has a score, of whatever aspects.
  private static let young: Scenario = {
    var scenario = Scenario()
    scenario.answer(0)
    scenario.judge(0, [3, 3])
    scenario.open(0, [1, 2, 3])
    scenario.grow(1, "shorter", prompt: "Help.", [4, 4])
    return scenario
  }()

  private func footer(_ run: Scenario) -> String {
    let lines = run.state(120, 40).draw().text.split(separator: "\n")
    return lines.first { $0.contains("in flight") }.map(String.init) ?? ""
  }

  @Test func `as long as a level is judged, its scores make no best`() {
    #expect(footer(Self.young).contains("no best path yet"))
    var run = Self.young
    run.grow(2, "longer", prompt: "Help well.", [3, 3])
    run.grow(3, "kinder", prompt: "Help kindly.", [2, 2])
    #expect(footer(run).contains("best path 4.00 (1)"))
  }

  @Test func `stopped before, the initial prompt is the best`() {
    var run = Self.young
    run.finish(0, .stopped)
    #expect(footer(run).contains("the best is the initial prompt"))
  }

  @Test func `an end without a score has none`() {
    var run = Scenario()
    run.open(0, [1])
    run.finish(1, .stopped)
    #expect(footer(run).contains("no path was scored"))
  }
}
