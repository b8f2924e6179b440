import DRPO
import Datasets
import Engine
import FoundationEssentials
import Models
import RunFile
import Simulation
import Tree

/// How near a search comes to the least time that its dependencies allow: preset paper with models of
/// 50 ms a call, no rewrite skipped, and the run file on.
///
/// Two calls one after another for the root and three for each of 19 levels: 59 latencies.
enum SearchBenchmark {
  private static let latency = 0.05
  private static let bound = 59 * latency
  /// The authors' program makes its 281 calls one after another.
  private static let serial = 281 * latency
  private static let repetitions = 5

  static func run() async throws -> [BenchmarkLine] {
    var seconds: [Double] = []
    var cpu: [Double] = []
    var calls = 0
    for _ in 0..<repetitions {
      let before = ProcessUse.own.cpu
      let (time, tree) = try await search()
      seconds.append(time)
      calls = tree.totals.completed
      cpu.append((ProcessUse.own.cpu - before) / Double(max(calls, 1)))
    }
    return [
      BenchmarkLine(
        bench: "search",
        figures: [
          ("ratio", seconds.median / bound), ("seconds", seconds.median), ("bound_s", bound),
          ("serial_s", serial), ("calls", Double(calls)),
          ("cpu_ms_per_call", cpu.median * 1000),
          ("peak_mb", Double(ProcessUse.own.memory) / 1_048_576),
        ])
    ]
  }

  private static func search() async throws -> (seconds: Double, tree: SearchTree) {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "espalier-bench-\(UUID().uuidString)"
    ).path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = try RunFile.create(
      at: folder + "/search.espalier", configuration: configuration, durability: .normal,
      time: 0)
    defer { file.close() }
    let model = NeverPerfect(
      model: SimulatedModel(latency: .fixed(.milliseconds(50))))
    let engine = Engine(
      tree: SearchTree(configuration: configuration), texts: TextsInMemory(),
      models: Dictionary(
        uniqueKeysWithValues: Role.allCases.map { ($0, PlayedRole(model: model)) }),
      sink: FileSink(file: file))
    let clock = ContinuousClock()
    let start = clock.now
    let ending = await engine.run()
    let time = (clock.now - start) / .seconds(1)
    let tree = await engine.tree
    guard ending == .finished, tree.levels.count == 20 else {
      throw Unfit(levels: tree.levels.count)
    }
    return (time, tree)
  }

  /// The search was not the one that is to be measured.
  private struct Unfit: Error, CustomStringConvertible {
    var levels: Int
    var description: String { "the search ended with \(levels) levels in place of 20" }
  }

  private static let configuration = RunConfiguration(
    name: "bench", preset: "paper",
    settings: SearchSettings(
      beam: 2, actions: 3, depth: 20, maxDepthIncrease: 10, examplesShown: 2, unreadable: .zero),
    seed: 7, initialPrompt: "You are a helpful assistant.",
    queries: ShippedData.queries.prefix(30).map { Text($0.text) },
    examples: ShippedData.examples.map {
      Example(query: Text($0.query), response: Text($0.response))
    },
    library: AspectLibrary.all, models: [:])
}

/// A judge that finds a fault everywhere, so that no rewrite is skipped.
private struct NeverPerfect: LanguageModel {
  let model: SimulatedModel

  var name: String { model.name }
  var isSimulated: Bool { true }

  func reply(
    to request: ModelRequest, onText: (@Sendable (String) -> Void)?
  ) async throws -> ModelReply {
    var reply = try await model.reply(to: request, onText: onText)
    guard request.format == .json else { return reply }
    reply.text = reply.text.split(separator: "\"score\": 5", omittingEmptySubsequences: false)
      .joined(separator: "\"score\": 4")
    return reply
  }
}

private struct FileSink: EventSink {
  let file: RunFile

  func append(_ events: [RunEvent], records: [CallRecord]) async throws -> [RecordedEvent] {
    try await file.append(events, calls: records, at: 0)
  }
}

extension [Double] {
  /// The middle one, or the upper of the two in the middle; 0 of none.
  var median: Double { isEmpty ? 0 : sorted()[count / 2] }
}
