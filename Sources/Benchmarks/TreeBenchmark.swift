import DRPO
import Tree

/// What folding costs an event, for logs of growing size, next to a loop that only appends.
enum TreeBenchmark {
  static func run() -> [BenchmarkLine] { [100, 10_000, 100_000].map(measure) }

  private static func measure(nodes: Int) -> BenchmarkLine {
    let configuration = configuration(levels: nodes / 6 + 2)
    let log = log(nodes: nodes)
    let repetitions = max(3, 20_000 / nodes)
    let fold = microseconds(repetitions, of: log.count) {
      SearchTree(configuration: configuration, events: log).nodes.count
    }
    let append = microseconds(repetitions, of: log.count) {
      var copy: [RunEvent] = []
      for event in log { copy.append(event) }
      return copy.count
    }
    return BenchmarkLine(
      bench: "tree fold, \(nodes) nodes",
      figures: [("us_per_event", fold), ("append_us_per_event", append)])
  }

  private static func microseconds(_ repetitions: Int, of count: Int, _ work: () -> Int) -> Double {
    let clock = ContinuousClock()
    var times: [Double] = []
    var sum = 0
    for _ in 0..<repetitions {
      times.append(clock.measure { sum += work() } / .microseconds(1) / Double(count))
    }
    precondition(sum > 0)
    return times.median
  }

  private static func configuration(levels: Int) -> RunConfiguration {
    RunConfiguration(
      name: "bench", preset: "paper", settings: SearchSettings(depth: levels), seed: 7,
      initialPrompt: "p", queries: Array(repeating: "q", count: levels), examples: [], library: [],
      models: [:])
  }

  /// The log of a search with a beam of two: six nodes a level, two of them opened.
  private static func log(nodes: Int) -> [RunEvent] {
    var log: [RunEvent] = []
    func complete(_ call: CallKey, _ outcome: Outcome) {
      log.append(.flight(.started(call)))
      log.append(.completed(Completion(call: call, outcome: outcome, usage: Usage())))
    }
    let scores = ["Depth", "Safety", "Wit"].map {
      Evaluation.Score(aspect: $0, value: 3, rationale: "r")
    }
    let choice = AspectChoice(
      aspects: scores.map { Aspect(name: $0.aspect, definition: "d") }, reasoning: "r",
      origin: .judge)
    var (parents, level, number) = ([NodeID.root], 0, 1)
    while number < nodes {
      var children: [NodeID] = []
      for parent in parents {
        log.append(
          .decided(
            .open(Opening(node: parent, numbers: Array(number..<(number + 3)), skips: false))))
        number += 3
        children += (0..<3).map { parent.child(slot: $0) }
      }
      level += 1
      complete(.aspects(query: level), .aspects(choice))
      for child in children {
        complete(
          CallKey(node: child, step: .proposal, query: level - 1),
          .proposed(Proposal(prompt: "p", analysis: "a", summary: "s")))
      }
      for child in children {
        complete(
          CallKey(node: child, step: .answer, query: level),
          .answered(Answer(response: "r", examples: [])))
      }
      for child in children {
        complete(
          CallKey(node: child, step: .judgement, query: level),
          .judged(Evaluation(scores: scores)))
      }
      parents = Array(children.prefix(2))
    }
    return log
  }
}
