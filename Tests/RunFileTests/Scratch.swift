import Foundation
import GRDB
import Tree

@testable import RunFile

/// A folder of its own for a test, gone with it.
final class Scratch {
  let folder: URL

  /// - Parameter inMemory: for tests that write a lot and do not ask how sure it is.
  init(inMemory: Bool = false) throws {
    let memory = URL(filePath: "/dev/shm")
    let place =
      inMemory && FileManager.default.isWritableFile(atPath: memory.path)
      ? memory : FileManager.default.temporaryDirectory
    folder = place.appending(path: "espalier-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func path(_ name: String = "quiet-cedar.espalier") -> String {
    folder.appending(path: name).path
  }

  /// The names of the files in the folder.
  var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }
  }

  func create(_ configuration: RunConfiguration = .small) throws -> RunFile {
    try RunFile.create(at: path(), configuration: configuration, durability: .normal, time: 100)
  }

  /// The path of a closed file with these events, and these calls in its ledger.
  func closedRun(
    _ events: [RunEvent] = Sample.events, calls: [CallRecord] = []
  ) throws -> String {
    let file = try create()
    try file.append(events, calls: calls, at: 101)
    file.close()
    return path()
  }

  /// Copies the files of the run while it is open, as a crash would leave them.
  func copyOfLive(_ parts: [String]) throws -> String {
    let folder = folder.appending(path: "crashed")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let copy = folder.appending(path: "copy.espalier").path
    for part in parts {
      try FileManager.default.copyItem(atPath: path() + part, toPath: copy + part)
    }
    return copy
  }

  func names(beside path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(
      atPath: URL(filePath: path).deletingLastPathComponent().path
    ).sorted()
  }
}

/// Does something to a file behind the program's back.
@discardableResult
func change<Value>(_ path: String, _ body: (Database) throws -> Value) throws -> Value {
  let queue = try DatabaseQueue(path: path)
  defer { try? queue.close() }
  return try queue.write(body)
}

func change(_ path: String, _ sql: String) throws {
  try change(path) { try $0.execute(sql: sql) }
}

extension RunConfiguration {
  static let small = RunConfiguration(
    name: "quiet-cedar", preset: "paper", settings: SearchSettings(beam: 1, actions: 2, depth: 3),
    seed: 7, initialPrompt: "You help.", queries: ["First?", "Second?", "Third?"],
    examples: [Example(query: "What is dew?", response: "Water.\u{0} And a NUL.")],
    library: [Aspect(name: "Clarity", definition: "Is it clear?")],
    models: [.base: ModelDescription(name: "simulated", endpoint: nil, isSimulated: true)])
}

enum Sample {
  static let root = NodeID.root
  static let child = NodeID.root.child(slot: 0)

  /// One of each kind of event and outcome.
  static let events: [RunEvent] = [
    .flight(.started(.aspects(query: 0))),
    completed(
      .aspects(query: 0),
      .aspects(
        AspectChoice(
          aspects: [Aspect(name: "Wit\u{0}", definition: "Is it \"witty\"? 🙂")],
          reasoning: "It asks for a joke.", origin: .judge))),
    completed(
      CallKey(node: root, step: .answer, query: 0),
      .answered(Answer(response: "A joke.\u{0}\u{1b}[31m é e\u{301}", examples: [0]))),
    completed(
      CallKey(node: root, step: .judgement, query: 0),
      .unreadable(fault: "No JSON.", reply: "I can't.")),
    completed(
      CallKey(node: root, step: .judgement, query: 0, attempt: 1),
      .judged(Evaluation(scores: [.init(aspect: "Wit", value: 4.5, rationale: "Fine.")]))),
    .decided(.open(Opening(node: root, numbers: [1, 2], skips: false))),
    .decided(.extend(level: 0)),
    completed(
      CallKey(node: child, step: .proposal, query: 1),
      .proposed(Proposal(prompt: "You help well.", analysis: "Fine.", summary: "well"))),
    completed(
      CallKey(node: child, step: .answer, query: 1),
      .failed(reason: "Broken connection.", isTransient: true)),
    .intervened(
      Intervention(
        .fork(parent: root, slot: -1, number: 3, prompt: "Mine."), by: .person("ada"),
        because: "I know better.")),
    .intervened(Intervention(.set(SearchSettings(maxCalls: 9)), by: .program, relation: .redo)),
    .intervened(Intervention(.steer(nil), by: .program)),
    .flight(.cancelled(CallKey(node: child, step: .answer, query: 1))),
    .flight(.reopened),
    .decided(.finish(node: child, why: .calls)),
  ]

  static let embeddings: [RunEvent] = [
    .flight(
      .embedding(
        EmbeddingRequest(
          number: 0, model: "m at h", texts: 4, most: Usage(input: 90, isEstimated: true)))),
    .flight(
      .embedded(
        EmbeddingReply(
          number: 0, model: "m at h", texts: 4, vectors: "0123 3f800000",
          usage: Usage(input: 80, seconds: 0.5, cost: 1e-6)))),
    .flight(
      .embedded(
        EmbeddingReply(
          number: 1, model: "m at h", texts: 2, usage: Usage(requests: 0, cost: 0),
          setback: .budget(.tokens)))),
    .flight(
      .embedded(
        EmbeddingReply(
          number: 2, model: "n", texts: 2, usage: Usage(), setback: .failed("Nobody is there.")))),
  ]

  /// Of each status, with and without a reply and a known price.
  static let calls: [CallRecord] = CallRecord.Status.allCases.enumerated().map { index, status in
    CallRecord(
      call: CallKey(node: child, step: .answer, query: index, attempt: index % 2),
      request: UInt64(index) &* 0x9e37_79b9_7f4a_7c15, model: "m\(index)", status: status,
      usage: Usage(
        input: 100 * index, cachedInput: index, output: 70_000 + index,
        isEstimated: index % 2 == 1, requests: index % 3, seconds: 0.125 * Double(index),
        cost: index == 3 ? nil : 1e-5 * Double(index)),
      reply: index % 4 == 3 ? nil : "A reply,\u{0} the \(index)th. é")
  }

  static func completed(_ call: CallKey, _ outcome: Outcome) -> RunEvent {
    .completed(
      Completion(
        call: call, outcome: outcome,
        usage: Usage(input: 10, cachedInput: 3, output: 5, seconds: 0.1, cost: 1e-5)))
  }

  /// `count` answers, each with a text of its own.
  static func answers(_ count: Int, from first: Int = 0) -> [RunEvent] {
    (first..<first + count).map { number in
      completed(
        CallKey(node: root, step: .answer, query: number),
        .answered(Answer(response: Text("answer \(number)"), examples: [])))
    }
  }
}
