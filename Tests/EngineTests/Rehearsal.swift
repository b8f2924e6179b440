import DRPO
import Engine
import Locking
import Models
import Simulation
import TestSupport
import Tree

/// An engine with its log in memory, and an audience that follows the run as an interface would: by
/// folding what it is told.
final class Rehearsal: Sendable {
  let engine: Engine
  let sink: MemorySink
  let configuration: RunConfiguration
  let clock = RecordingClock()
  private let updates: AsyncStream<EngineUpdate>
  private let asked = Locked<[ModelRequest]>([])
  private let carryOns = Locked(0)

  /// - Parameter history: what has happened before, as after a crash.
  init(
    _ configuration: RunConfiguration = .scripted(depth: 4), history: [RunEvent] = [],
    model: any LanguageModel = SimulatedModel(latency: .none),
    patience: Patience = .endless, sink: (any EventSink)? = nil,
    clock: (any Clock<Duration>)? = nil
  ) {
    self.configuration = configuration
    let memory = MemorySink(
      log: history.enumerated().map {
        RecordedEvent(ordinal: $0.offset, time: 0, event: $0.element)
      })
    self.sink = memory
    let (updates, continuation) = AsyncStream.makeStream(of: EngineUpdate.self)
    self.updates = updates
    let noted = NotedModel(model: model, asked: asked, carryOns: carryOns)
    let roles = Role.allCases.map { ($0, PlayedRole(model: noted)) }
    engine = Engine(
      tree: SearchTree(configuration: configuration, events: history), texts: TextsInMemory(),
      models: Dictionary(uniqueKeysWithValues: roles), sink: sink ?? memory, patience: patience,
      clock: clock ?? self.clock
    ) {
      continuation.yield($0)
    }
  }

  /// What models were asked, in order.
  var requests: [ModelRequest] { asked.withLock { $0 } }

  /// How often a role's model was told to carry on.
  var carriedOn: Int { carryOns.withLock { $0 } }

  var log: [RunEvent] { get async { await sink.log.map(\.event) } }

  /// Runs to the end.
  @discardableResult
  func run(stayingOpen: Bool = false) async -> Ending { await engine.run(stayingOpen: stayingOpen) }

  /// Returns when the tree, as the audience knows it, is as wanted; for one use in a test at a time.
  @discardableResult
  func until(_ condition: (SearchTree) -> Bool) async -> SearchTree {
    var tree = SearchTree(configuration: configuration)
    for await update in updates {
      // The log is longer than what this loop has seen, where it was asked before.
      guard case .events = update else { continue }
      tree = SearchTree(configuration: configuration, events: await log)
      if condition(tree) { break }
    }
    return tree
  }

  /// Returns with the first update that is as wanted.
  func first(_ condition: (EngineUpdate) -> Bool) async -> EngineUpdate? {
    for await update in updates where condition(update) { return update }
    return nil
  }

  func intervene(_ action: Intervention.Action) async -> Result<RecordedEvent, InterventionError> {
    await engine.intervene(Intervention(action, by: .person("tester")))
  }
}

/// Notes the requests.
private struct NotedModel: LanguageModel {
  let model: any LanguageModel
  let asked: Locked<[ModelRequest]>
  let carryOns: Locked<Int>

  var name: String { model.name }
  var isSimulated: Bool { true }

  func reply(
    to request: ModelRequest, onText: (@Sendable (String) -> Void)?
  ) async throws -> ModelReply {
    asked.withLock { $0.append(request) }
    return try await model.reply(to: request, onText: onText)
  }

  func replies(to requests: [ModelRequest]) async throws -> SharedReply? {
    try await model.replies(to: requests)
  }

  func carryOn() { carryOns.withLock { $0 += 1 } }
}

extension Patience {
  /// Never asks for a person.
  static let endless = Patience(unusable: .max, failures: .max)
}

extension SearchTree {
  func id(_ number: Int) -> NodeID {
    node(numbered: number)?.id ?? NodeID(rawValue: .max)
  }
}
