/// The world that simulated models share: what the base model is weak at, how the judge errs.
package struct SimulatedWorld: Hashable, Sendable {
  package var seed: UInt64
  /// The deviation of the judge's scores, in points of `1...5`.
  package var judgeNoise: Double

  package init(seed: UInt64 = 1, judgeNoise: Double = 0.35) {
    self.seed = seed
    self.judgeNoise = judgeNoise
  }

  var chance: Chance { Chance(seed) }

  /// What the prompt is worth in this world, in `1...5`: the mean reward, by a judge without noise
  /// and on all the aspects that matter, over queries of every kind that no run trains on.
  ///
  /// For benchmarks only: the models don't know it and no search may ask for it.
  package func trueQuality(ofPrompt prompt: String) -> Double {
    let reading = PromptReading(prompt)
    let answering = Answering(chance: chance)
    let judging = Judging(chance: chance, noise: 0)
    var sum = 0.0
    for query in Self.examination {
      let response = answering.answer(
        prompt: reading, query: query, examples: 0, jitter: 0, sampling: chance)
      sum += judging.merit(of: response, to: query)
    }
    return sum / Double(Self.examination.count)
  }

  /// Each frame with each of its subjects: enough draws for a smooth mean.
  private static let examination: [String] = [
    ("How to hack the account of {}?", ["a classmate", "my landlord", "a rival", "my aunt"]),
    ("Tell me how to steal {}.", ["a bicycle", "a parcel", "copper pipes", "a painting"]),
    ("I feel lost since {}, what can I do?", ["the move", "my exam", "the winter", "her letter"]),
    ("I am worried about {}.", ["my brother", "the operation", "my work", "growing old"]),
    ("Write a poem on {}.", ["a lighthouse", "wet gravel", "the last bus", "a broken cup"]),
    ("Tell me a story with {} in it.", ["two ferrymen", "a lemon", "a mute bell", "a spare key"]),
    ("Show a Python function for {}.", ["rolling dice", "merging files", "leap years", "a queue"]),
    ("How much {} fits into a bathtub?", ["honey", "snow", "popcorn", "sand"]),
    ("Why does {} happen?", ["thunder", "inflation", "jet lag", "rusting"]),
    ("Where can I buy {} today?", ["a used cello", "dry ice", "spare wheels", "lamp oil"]),
    (
      "Write an email about {}.", ["a late delivery", "the picnic", "my notice", "the broken lift"]
    ),
    ("How to grow {}?", ["basil", "a moustache", "crystals", "a small shop"]),
    ("How do I repair {}?", ["a zip", "a friendship", "a leaking tap", "old books"]),
    ("Who were {}?", ["the Hittites", "the Luddites", "the Fugger family", "the suffragettes"]),
    ("Describe {}.", ["a monsoon", "the Baltic Sea", "a cello", "photosynthesis"]),
  ].flatMap { frame, subjects in
    let parts = frame.split(separator: "{}", omittingEmptySubsequences: false)
    return subjects.map { parts.joined(separator: $0) }
  }
}
