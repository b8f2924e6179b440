import FoundationEssentials
import Glibc
import RunFile
import Tree

/// How fast a run file takes events in and gives them back.
///
/// The events are those of a search: a proposal, an answer and a judgement for each node, with the
/// `started` of each, and texts of a usual length.
enum RunFileBenchmark {
  static func run(_ tell: Benchmarks.Tell) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "espalier-bench-\(UUID().uuidString)"
    ).path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    tell(try appendOneByOne(in: folder, .full, count: 2_000))
    tell(try appendOneByOne(in: folder, .normal, count: 20_000))
    tell(try await appendTogether(in: folder, count: 20_000))
    let sizes = [100, 10_000, 100_000]
    var races: [[BenchmarkLine]] = []
    for nodes in sizes {
      let (closed, killed) = try write(in: folder, nodes: nodes)
      tell(try openAndFold(closed))
      let race = try OpenBenchmark(folder: folder).race(
        nodes: nodes, [("", closed), (" of a killed run without a snapshot", killed)])
      race.forEach(tell)
      races.append(race)
    }
    for (smaller, larger) in zip(sizes.indices, sizes.indices.dropFirst()) {
      for (few, many) in zip(races[smaller], races[larger])
      where many.figures.contains(where: { $0.name == "memory_kb" }) {
        tell(OpenBenchmark.memory(few, many, nodes: sizes[larger] - sizes[smaller]))
      }
    }
  }

  /// A run of so many nodes that was closed, and the same as it would be had its writer been killed
  /// before there was a snapshot.
  private static func write(
    in folder: String, nodes: Int
  ) throws -> (closed: String, killed: String) {
    let path = "\(folder)/closed-\(nodes)\(RunFile.suffix)"
    let killed = "\(folder)/killed-\(nodes)\(RunFile.suffix)"
    let events = events(nodes: nodes)
    let split = events.count - min(events.count, 100)
    // All but the last at once, as an import does: event by event, the largest takes minutes.
    try RunFile.create(
      at: path, configuration: configuration, events: Array(events[..<split]), time: 0)
    let file = try RunFile.open(path, for: .writing(.normal))
    defer { file.close() }
    try file.append(Array(events[split...]), at: 0)
    for part in ["", "-wal"] {
      try FileManager.default.copyItem(atPath: path + part, toPath: killed + part)
    }
    file.close()
    // Or the system would be at work on it during the race.
    sync()
    return (path, killed)
  }

  private static func appendOneByOne(
    in folder: String, _ durability: RunFile.Durability, count: Int
  ) throws -> BenchmarkLine {
    let events = Array(self.events(nodes: count / 5).prefix(count))
    let file = try create(in: folder, durability)
    defer { file.close() }
    let seconds = try ContinuousClock().measure {
      for event in events { try file.append([event], at: 0) }
    }.inSeconds
    return BenchmarkLine(
      bench: "runfile append \(durability)",
      figures: [("events_per_s", Double(events.count) / seconds)])
  }

  /// Eight writers at once, as many as calls may land together.
  private static func appendTogether(in folder: String, count: Int) async throws -> BenchmarkLine {
    let events = Array(self.events(nodes: count / 5).prefix(count))
    let file = try create(in: folder, .full)
    defer { file.close() }
    let clock = ContinuousClock()
    let start = clock.now
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<8 {
        group.addTask {
          for index in stride(from: writer, to: events.count, by: 8) {
            try await file.append([events[index]], at: 0)
          }
        }
      }
      try await group.waitForAll()
    }
    return BenchmarkLine(
      bench: "runfile append full, 8 at once",
      figures: [("events_per_s", Double(events.count) / (clock.now - start).inSeconds)])
  }

  private static func openAndFold(_ path: String) throws -> BenchmarkLine {
    let reader = try RunFile.open(path, for: .reading)
    defer { reader.close() }
    let clock = ContinuousClock()
    var start = clock.now
    func milliseconds() -> Double {
      defer { start = clock.now }
      return (clock.now - start).inSeconds * 1000
    }
    _ = try reader.events(limit: 200)
    let first = milliseconds()
    var tree = try reader.moment().tree
    let moment = milliseconds()
    let nodes = tree.nodes.count
    let prune = Intervention(.prune(NodeID.root.child(slot: 0)), by: .person("bench"))
    start = clock.now
    tree.apply(.intervened(prune))
    let pruned = milliseconds()
    let events = try reader.events()
    let read = milliseconds()
    _ = RunMoment(configuration: reader.configuration, events: events)
    let fold = milliseconds()
    return BenchmarkLine(
      bench: "runfile read \(nodes) nodes",
      figures: [
        ("events", Double(events.count)), ("first_ms", first), ("moment_ms", moment),
        ("prune_ms", pruned), ("all_events_ms", read), ("fold_ms", fold),
      ])
  }

  private static func create(
    in folder: String, _ durability: RunFile.Durability
  ) throws -> RunFile {
    return try RunFile.create(
      at: RunFile.freshPath(in: folder, name: "bench"), configuration: configuration,
      durability: durability, time: 0)
  }

  private static let configuration = RunConfiguration(
    name: "bench", preset: "default", settings: SearchSettings(), seed: 1,
    initialPrompt: "You are a helpful assistant.",
    queries: (0..<30).map { Text("Query \($0)") }, examples: [], library: [], models: [:])

  /// A tree in which each opened node has three children, level by level.
  private static func events(nodes: Int) -> [RunEvent] {
    var events: [RunEvent] = []
    var parents = [(id: NodeID.root, level: 0)][...]
    var number = 1
    while number < nodes, let parent = parents.popFirst() {
      events.append(
        .decided(
          .open(Opening(node: parent.id, numbers: Array(number..<number + 3), skips: false))))
      for slot in 0..<3 {
        let child = parent.id.child(slot: slot)
        events += self.events(of: child, level: parent.level + 1, number: number + slot)
        parents.append((child, parent.level + 1))
      }
      number += 3
    }
    return events
  }

  private static func events(of node: NodeID, level: Int, number: Int) -> [RunEvent] {
    func text(_ words: Int, _ kind: String) -> Text {
      Text("\(kind) \(number): " + String(repeating: "words and more ", count: words / 3))
    }
    let scores = ["Helpfulness", "Clarity", "Factuality", "Depth", "Engagement"].map {
      Evaluation.Score(
        aspect: $0, value: Double(1 + number % 5), rationale: text(30, "Rationale on \($0) of"))
    }
    let outcomes: [(Step, Outcome)] = [
      (
        .proposal,
        .proposed(
          Proposal(
            prompt: text(300, "Prompt"), analysis: text(90, "Analysis"), summary: text(6, "Change"))
        )
      ),
      (.answer, .answered(Answer(response: text(200, "Response"), examples: [0, 1]))),
      (.judgement, .judged(Evaluation(scores: scores))),
    ]
    return outcomes.flatMap { step, outcome -> [RunEvent] in
      let call = CallKey(node: node, step: step, query: level)
      return [
        .flight(.started(call)),
        .completed(
          Completion(call: call, outcome: outcome, usage: Usage(input: 900, output: 300))),
      ]
    }
  }
}

extension Duration {
  fileprivate var inSeconds: Double { self / .seconds(1) }
}
