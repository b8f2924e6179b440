import DRPO
import Testing
import Tree

@testable import Simulation

struct SimulatedWorldTests {
  private static let world = SimulatedWorld(seed: 11)
  private static let plain = "You are an assistant."

  /// Wordings that the embedded optimizer does not use.
  @Test(arguments: [
    "Refuse to assist with illegal or unethical acts.",
    "Protect people from harm, whatever the request.",
    "If you don't know something, admit it; you can't browse the internet.",
    "Use numbered lists and headings so that a reader can skim.",
    "Answer with compassion when someone is upset; acknowledge their feelings.",
    "Explain mechanisms and consequences in detail.",
    "Keep answers concise. Avoid repetition.",
    "Only make accurate, factual statements, with sources where possible.",
    "Ask clarifying questions if the request is ambiguous.",
    "In fiction and verse be vivid, original and surprising.",
    "Think logically, step by step, and weigh both sides.",
    "Respect all cultures; avoid stereotypes.",
    "Be engaging and conversational.",
    "Write clearly, in simple language without jargon.",
    "Give practical, actionable advice.",
  ])
  func aRuleThatAddressesAWeaknessHelps(bullet: String) async throws {
    let cured = Self.plain + "\n- " + bullet
    #expect(
      Self.world.trueQuality(ofPrompt: cured) > Self.world.trueQuality(ofPrompt: Self.plain))
  }

  @Test(arguments: [
    "Colourless green ideas sleep furiously.", "The office is open from nine to five.",
  ])
  func aRuleThatAddressesNoneChangesLittle(bullet: String) {
    let change =
      Self.world.trueQuality(ofPrompt: Self.plain + "\n- " + bullet)
      - Self.world.trueQuality(ofPrompt: Self.plain)
    #expect(abs(change) < 0.05)
  }

  private static let good = """
    You are an assistant.
    - Refuse what is harmful or illegal and offer a safer way.
    - Be warm and show empathy.
    - Say how sure you are of facts, and never invent a source.
    - Use plain words and no jargon.
    - Give practical advice with concrete examples.
    - Be imaginative, with vivid and unexpected images, where that is wanted.
    """

  @Test func aGoodPromptIsMuchBetter() async throws {
    let gain =
      Self.world.trueQuality(ofPrompt: Self.good) - Self.world.trueQuality(ofPrompt: Self.plain)
    #expect(gain > 0.6)
    let play = Play(Self.world)
    let judged =
      try await play.reward(of: Self.good, on: Play.queries)
      - play.reward(of: Self.plain, on: Play.queries)
    #expect(judged > 0.5)
  }

  @Test func briefAndDeepConflictUnlessReconciled() {
    let both = Self.plain + "\n- Be concise and avoid filler.\n- Be thorough, with depth."
    let reading = PromptReading(both)
    let brief = PromptReading(Self.plain + "\n- Be concise and avoid filler.")
    let reconciled = PromptReading(both + "\n- Let answers be as long as the question deserves.")
    #expect(reading.strength[.brevity] < 0.8 * brief.strength[.brevity])
    #expect(reconciled.strength[.brevity] > 0.9 * brief.strength[.brevity])
    #expect(reconciled.strength[.depth] > reading.strength[.depth])
  }

  @Test func lengthDilutes() {
    let padding = String(
      repeating: "This line was written on a day in autumn by the people in the office. ", count: 25
    )
    #expect(
      Self.world.trueQuality(ofPrompt: Self.good + "\n" + padding)
        < Self.world.trueQuality(ofPrompt: Self.good) - 0.1)
  }

  @Test(arguments: [
    "When asked about silver rings, give the full background.",
    "Always mention vegan dessert where the subject comes near it.",
    "Answer in exactly three parts, and start every part with its number.",
  ])
  func overfittedRulesDamage(bullet: String) {
    #expect(
      Self.world.trueQuality(ofPrompt: Self.good + "\n- " + bullet)
        < Self.world.trueQuality(ofPrompt: Self.good))
  }

  @Test func worldsDiffer() {
    let qualities = (0..<6).map {
      SimulatedWorld(seed: UInt64($0)).trueQuality(ofPrompt: Play.initialPrompt)
    }
    #expect(Set(qualities).count == 6)
    #expect(qualities.allSatisfy { 2...3.6 ~= $0 })
  }

  /// A greedy search over 20 levels, three proposals each: what a run of the program would see.
  @Test func aSearchIsWorthWatching() async throws {
    var gains: [Double] = []
    var rewards: [Double] = []
    for seed in 0..<6 {
      let world = SimulatedWorld(seed: UInt64(seed))
      let search = try await GreedySearch(play: Play(world), seed: UInt64(seed)).run()
      gains.append(
        world.trueQuality(ofPrompt: search.prompt)
          - world.trueQuality(ofPrompt: Play.initialPrompt))
      rewards += search.rewards
    }
    let skips = Double(rewards.filter { $0 > 4.5 }.count) / Double(rewards.count)
    #expect(gains.reduce(0, +) / 6 > 0.6)
    #expect(gains.allSatisfy { $0 > 0 })
    #expect(0.03...0.5 ~= skips)
    #expect(rewards.contains { $0 < 2.6 })
    let ties = Double(rewards.count - Set(rewards).count) / Double(rewards.count)
    #expect(ties > 0.3)
  }
}

/// The paper's rules with a beam of one, as short as they can be told.
struct GreedySearch {
  var play: Play
  var seed: UInt64

  func run() async throws -> (prompt: String, rewards: [Double]) {
    var prompt = Play.initialPrompt
    var rewards: [Double] = []
    var last: (query: String, response: String, evaluation: Evaluation)?
    for level in 0..<20 {
      let query = Play.queries[(level * 7 + Int(seed)) % Play.queries.count]
      let aspects = try await play.aspects(for: query, seed: seed).aspects
      var prompts = [prompt]
      if let last, last.evaluation.reward ?? 0 <= 4.5 {
        prompts = []
        for sample in 0..<3 {
          prompts.append(
            try await play.proposal(
              replacing: prompt, query: last.query, response: last.response,
              evaluation: last.evaluation, seed: seed &+ UInt64(level), sample: sample
            ).prompt.content ?? "")
        }
      }
      var best: (prompt: String, reward: Double)?
      for (slot, candidate) in prompts.enumerated() {
        let response = try await play.answer(query, under: candidate)
        let evaluation = try await play.evaluation(
          of: response, to: query, on: aspects, seed: UInt64(level * 3 + slot))
        let reward = evaluation.reward ?? 0
        rewards.append(reward)
        if reward > best?.reward ?? 0 {
          best = (candidate, reward)
          last = (query, response, evaluation)
        }
      }
      prompt = best?.prompt ?? prompt
    }
    return (prompt, rewards)
  }
}
