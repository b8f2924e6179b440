package import Tree

/// What scripted models say: a pure function of the call, so that no order of completions can change
/// it. Rewards may be set by a node's number; the others are drawn.
package struct ScriptedWorld: Sendable {
  package var seed: UInt64
  /// Rewards by the number of the node, `1...5`; the scores are then all equal to it.
  package var rewards: [Int: Double] = [:]
  /// How many of a hundred calls end unreadable, each attempt on its own.
  package var unreadablePercent = 0
  /// How many of a hundred tries fail in transport.
  package var failingPercent = 0
  /// How many of a hundred answers are refused for good.
  package var rejectedPercent = 0

  package init(seed: UInt64 = 1) { self.seed = seed }

  /// - Parameter tries: how often the call has failed in transport before.
  package func outcome(of call: CallKey, tries: Int, in tree: SearchTree) -> Outcome {
    if percent(call, "fail", tries) < failingPercent {
      return .failed(reason: "the connection broke", isTransient: true)
    }
    switch call.step {
    case .aspects:
      if percent(call, "read") < unreadablePercent {
        // After a second one the reader falls back, as the engine's does.
        if call.attempt > 0 { return .aspects(choice(call, origin: .library)) }
        return .unreadable(fault: "no JSON", reply: "Let me think.")
      }
      return .aspects(choice(call, origin: .judge))
    case .proposal:
      if percent(call, "read") < unreadablePercent {
        return .unreadable(fault: "no JSON", reply: "I would say:")
      }
      let name = String(call.draw(seed: seed) % 10_000)
      return .proposed(
        Proposal(
          prompt: Text("You are assistant \(name)."), analysis: "It lacks a name.",
          summary: Text("named \(name)")))
    case .answer:
      if percent(call, "reject") < rejectedPercent {
        return .failed(reason: "the prompt is too long", isTransient: false)
      }
      return .answered(Answer(response: Text("Answer \(call.draw(seed: seed))"), examples: []))
    case .judgement:
      if percent(call, "read") < unreadablePercent {
        return .unreadable(fault: "no score", reply: "Fine.")
      }
      return .judged(evaluation(call, in: tree))
    }
  }

  private func choice(_ call: CallKey, origin: AspectChoice.Origin) -> AspectChoice {
    let count = 2 + Int(call.draw(seed: seed) % 4)
    let names = ["Clarity", "Depth", "Safety", "Empathy", "Factuality"].prefix(count)
    return AspectChoice(
      aspects: names.map { Aspect(name: $0, definition: "\($0) of the answer.") },
      reasoning: "They matter here.", origin: origin)
  }

  private func evaluation(_ call: CallKey, in tree: SearchTree) -> Evaluation {
    let names = tree.aspects[call.query]?.aspects.map(\.name) ?? []
    let set = tree[call.node].flatMap { rewards[$0.number] }
    return Evaluation(
      scores: names.enumerated().map { position, name in
        let drawn = Double(1 + number(call, "score\(position)") % 5)
        return Evaluation.Score(
          aspect: name, value: set ?? drawn, rationale: Text("\(name) was \(set ?? drawn)."))
      })
  }

  private func percent(_ call: CallKey, _ what: String, _ tries: Int = 0) -> Int {
    Int(number(call, what, tries) % 100)
  }

  private func number(_ call: CallKey, _ what: String, _ tries: Int = 0) -> UInt64 {
    var hash = StableHash(seed: call.draw(seed: seed))
    hash.combine(what)
    hash.combine(tries)
    return hash.finalize()
  }
}
