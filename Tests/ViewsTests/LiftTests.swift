import Screen
import Testing
import Tree

@testable import Views

/// What the prompts gained over the initial one, on the screen.
struct LiftTests {
  /// The run of the sketches, with the initial prompt tried on the queries of four levels.
  private static let scenario: Scenario = {
    var scenario = Scenario.sketch
    for level in 1...4 { scenario.tryInitial(on: level, [2, 2, Double(level), 3]) }
    return scenario
  }()

  @Test func `the best prompt's is beside its path reward where there is room`() {
    let state = Self.scenario.state(160, 36)
    #expect(state.tree.resultPairs.count == 1)
    #expect(
      state.draw().text.contains(/best path .* [+-]\d\.\d\d over the initial prompt \(1 query\)/))
    #expect(!Scenario.sketch.state(160, 36).draw().text.contains("over the initial prompt"))
  }

  @Test func `a node's is by its reward, and the root has none`() {
    var state = Self.scenario.state(120, 36)
    state.press(.character("2"))
    state.goTo(1)
    #expect(state.draw().text.contains("over the initial prompt's"))
    state.goTo(0)
    #expect(!state.draw().text.contains("over the initial prompt's"))
  }

  @Test func `the root shows what it was judged on later queries`() {
    var state = Self.scenario.state(120, 50)
    state.press(.character("4"))
    state.goTo(0)
    let text = state.draw().text
    #expect(text.contains("on the queries of later levels"))
    for level in 1...4 { #expect(text.contains(" level \(level) ")) }
    #expect(text.contains("It depends."))
  }
}
