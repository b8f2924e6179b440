/// What an aspect is about, by its name, or by the words that explain it.
enum AspectSense {
  /// The traits with their weights, which sum to 1; empty when the words say nothing.
  static func traits(name: String, explanation: String) -> [(trait: Trait, weight: Double)] {
    if let known = known[name.lowercased().filter(\.isLetter)] { return known }
    let hits = Trait.asked(in: WordList(name + " " + explanation))
    var counts = Traits(repeating: 0.0)
    for hit in hits { counts[hit.sign] += 1 }
    let total = Double(hits.count)
    return Trait.allCases.compactMap { counts[$0] > 0 ? ($0, counts[$0] / total) : nil }
  }

  private static let known: [String: [(trait: Trait, weight: Double)]] = [
    "helpfulness": [(.usefulness, 0.7), (.focus, 0.15), (.depth, 0.15)],
    "clarity": [(.plainness, 0.65), (.structure, 0.35)],
    "factuality": [(.evidence, 1)],
    "depth": [(.depth, 1)],
    "engagement": [(.liveliness, 1)],
    "conciseness": [(.brevity, 1)],
    "safety": [(.safety, 1)],
    "compliance": [(.focus, 1)],
    "limitations": [(.limits, 1)],
    "criticalthinking": [(.reasoning, 1)],
    "creativity": [(.creativity, 1)],
    "interactivity": [(.asking, 1)],
    "empathy": [(.warmth, 1)],
    "sensitivity": [(.tact, 1)],
  ]
}
