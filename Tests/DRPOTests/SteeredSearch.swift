import TestSupport
import Tree

extension SearchDriver {
  /// The search that the tests of interventions steer: W 2, M 3, four levels. Left alone it opens 2
  /// and 3, then 5 and 7, and ends at 13.
  static func steered(
    beam: Int = 2, changing rewards: [Int: Double] = [:], maxCalls: Int? = nil,
    measuresLift: Bool = false
  ) -> SearchDriver {
    var world = ScriptedWorld()
    for number in 0...60 { world.rewards[number] = 2 }
    let set: [Int: Double] = [
      0: 3, 1: 2, 2: 4, 3: 3, 4: 2, 5: 3, 6: 1, 7: 4, 8: 3, 9: 2, 10: 1, 11: 2, 12: 3, 13: 4,
    ]
    world.rewards.merge(set) { $1 }
    world.rewards.merge(rewards) { $1 }
    return SearchDriver(
      configuration: .scripted(
        beam: beam, depth: 4, maxCalls: maxCalls, measuresLift: measuresLift),
      world: world)
  }

  func id(_ number: Int) -> NodeID {
    tree.node(numbered: number)?.id ?? NodeID(rawValue: .max)
  }

  /// The calls in flight for a node and all below it.
  func calls(below number: Int) -> Set<CallKey> {
    tree.inFlight
      .filter { call in tree.path(to: call.node).contains { $0.number == number } }
  }

  func fork(of number: Int) -> Intervention.Action {
    .fork(
      parent: id(number), slot: tree.nextForkSlot(of: id(number)), number: tree.nextNumber,
      prompt: "You are mine.")
  }

  /// Gives all aspects of the node the same score.
  mutating func override(_ number: Int, with score: Double) {
    for aspect in tree.node(numbered: number)?.trial.evaluation?.scores.map(\.aspect) ?? [] {
      intervene(.override(id(number), aspect: aspect, score: score))
    }
  }
}

extension SearchTree {
  static func has(_ number: Int) -> (SearchTree) -> Bool {
    { $0.node(numbered: number) != nil }
  }
}
