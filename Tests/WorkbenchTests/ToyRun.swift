import Screen
import Tree

@testable import Workbench

/// A run in memory: what it is told by a test is taken by the workbench, and what is sent is kept.
///
/// For one thread, as the tests drive a session without any other.
final class ToyRun: RunSource, @unchecked Sendable {
  let configuration: RunConfiguration
  let texts: any TextSource = TextsInMemory()
  let readOnly: String?
  var past: RunPast { RunPast(configuration: configuration, events: before) }
  private var before: [RecordedEvent] = []
  private var updates: [Update] = []
  private(set) var sent: [Request] = []
  private var ordinal = 0

  init(readOnly: String? = nil) {
    self.readOnly = readOnly
    let model = ModelDescription(name: "simulated", endpoint: nil, isSimulated: true)
    configuration = RunConfiguration(
      name: "toy", preset: "paper", settings: SearchSettings(), seed: 1,
      initialPrompt: "You are a helpful assistant.", queries: ["One?", "Two?", "Three?"],
      examples: [], library: [], models: [.base: model, .judge: model, .optimizer: model])
  }

  func expectedCalls(in tree: SearchTree) -> Int? { 8 }

  func words(for event: RunEvent, in tree: SearchTree) -> String { "" }

  func take() -> [Update] {
    defer { updates = [] }
    return updates
  }

  func onUpdate(_ wake: @escaping @Sendable () -> Void) {}

  func send(_ request: Request) { sent.append(request) }

  // MARK: Telling

  func record(_ event: RunEvent) -> RecordedEvent {
    defer { ordinal += 1 }
    return RecordedEvent(ordinal: ordinal, time: 1_000, event: event)
  }

  func happened(before event: RunEvent) { before.append(record(event)) }

  func tell(_ update: Update) { updates.append(update) }

  func tell(_ event: RunEvent) { updates.append(.events([record(event)])) }
}

extension CallKey {
  static let rootAnswer = CallKey(node: .root, step: .answer, query: 0)
}

extension RunEvent {
  static let rootStarted = RunEvent.flight(.started(.rootAnswer))

  static let rootAnswered = RunEvent.completed(
    Completion(
      call: .rootAnswer, outcome: .answered(Answer(response: "Yes.", examples: [])),
      usage: Usage(input: 10, output: 2)))
}
