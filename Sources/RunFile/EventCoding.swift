import FoundationEssentials
import Tree

/// Events as the JSON that a run file and an export hold: one object, whose members depend on the
/// kind; texts by their identity; what is usual (the first sample, the first attempt) left out.
enum EventCoding {
  enum Kind: String {
    case completion, flight, decision, intervention
  }

  static func kind(of event: RunEvent) -> Kind {
    switch event {
    case .completed: .completion
    case .flight: .flight
    case .decided: .decision
    case .intervened: .intervention
    }
  }

  /// - Throws: `NotANumber`.
  static func encode(_ event: RunEvent) throws -> String {
    var writer = JSONWriter()
    switch event {
    case .completed(let completion):
      if case .judged(let evaluation) = completion.outcome,
        let score = evaluation.scores.first(where: { !$0.value.isFinite })
      {
        throw NotANumber(value: score.value)
      }
      writer.object { $0.members(of: completion) }
    case .flight(let flight): writer.object { $0.members(of: flight) }
    case .decided(let decision): writer.object { $0.members(of: decision) }
    // Few, and of many shapes: the compiler's own coding will do.
    case .intervened(let intervention): return try encode(intervention)
    }
    return writer.string
  }

  /// JSON has no word for it, and no judge may give it.
  struct NotANumber: Error, CustomStringConvertible {
    var value: Double
    var description: String { "a score is \(value), which is no number" }
  }

  /// - Throws: when the payload is not one of the kind.
  static func decode(_ payload: String, kind: String) throws -> RunEvent {
    try decode(utf8: Array(payload.utf8), kind: kind)
  }

  static func decode(utf8 payload: [UInt8], kind: String) throws -> RunEvent {
    guard let kind = Kind(rawValue: kind) else { throw JSONReader.Fault() }
    var reader = JSONReader(utf8: payload)
    let event: RunEvent
    switch kind {
    case .completion: event = .completed(try reader.completion())
    case .flight: event = .flight(try reader.flight())
    case .decision: event = .decided(try reader.decision())
    case .intervention:
      return .intervened(try JSONDecoder().decode(Intervention.self, from: Data(payload)))
    }
    try reader.end()
    return event
  }

  /// Any other value; keys are sorted, so that the same value always gives the same bytes.
  static func encode(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  static func decode<Value: Decodable>(_ type: Value.Type, from json: String) throws -> Value {
    try JSONDecoder().decode(type, from: Data(json.utf8))
  }
}

// MARK: - Writing

extension JSONWriter {
  fileprivate mutating func members(of call: CallKey) {
    member("node", call.node.description)
    member("step", call.step.rawValue)
    member("query", call.query)
    member("sample", ifNotZero: call.sample)
    member("attempt", ifNotZero: call.attempt)
  }

  fileprivate mutating func members(of completion: Completion) {
    members(of: completion.call)
    switch completion.outcome {
    case .aspects(let choice):
      member("aspects") { writer in
        writer.array(choice.aspects) { writer, aspect in
          writer.object { writer in
            writer.member("name", aspect.name)
            writer.member("definition", aspect.definition)
          }
        }
      }
      member("reasoning", choice.reasoning)
      member("origin", choice.origin.rawValue)
    case .proposed(let proposal):
      member("prompt", proposal.prompt)
      member("analysis", proposal.analysis)
      member("summary", proposal.summary)
    case .answered(let answer):
      member("response", answer.response)
      member("examples") { $0.array(answer.examples) { $0.value($1) } }
      switch answer.end {
      case .whole: break
      case .cut: member("isCut", ifTrue: true)
      case .refused: member("isRefusal", ifTrue: true)
      case .unknown(let reason): member("finish", reason)
      }
    case .judged(let evaluation):
      member("scores") { writer in
        writer.array(evaluation.scores) { writer, score in
          writer.object { writer in
            writer.member("aspect", score.aspect)
            writer.member("value", score.value)
            writer.member("rationale", score.rationale)
          }
        }
      }
    case .unreadable(let fault, let reply):
      member("fault", fault)
      member("reply", reply)
    case .failed(let reason, let isTransient):
      member("failure", reason)
      member("isTransient", ifTrue: isTransient)
    }
    member("usage") { $0.object { $0.members(of: completion.usage) } }
    if let delivery = completion.delivery {
      member("delivery") { $0.object { $0.members(of: delivery) } }
    }
  }

  private mutating func members(of delivery: Delivery) {
    if !delivery.failures.isEmpty {
      member("failures") { $0.array(delivery.failures) { $0.value($1.id.description) } }
    }
    if !delivery.adaptations.isEmpty { member("adaptations", delivery.adaptations) }
    if let folded = delivery.folded { member("folded", folded) }
  }

  private mutating func members(of usage: Usage) {
    member("input", ifNotZero: usage.input)
    member("cachedInput", ifNotZero: usage.cachedInput)
    member("output", ifNotZero: usage.output)
    member("isEstimated", ifTrue: usage.isEstimated)
    member("requests", ifNotZero: usage.requests)
    if usage.seconds != 0, usage.seconds.isFinite { member("seconds", usage.seconds) }
    if let cost = usage.cost, cost.isFinite { member("cost", cost) }
  }

  fileprivate mutating func members(of flight: Flight) {
    switch flight {
    case .started(let call):
      member("flight", "started")
      members(of: call)
    case .cancelled(let call):
      member("flight", "cancelled")
      members(of: call)
    case .reopened: member("flight", "reopened")
    case .embedding(let request):
      member("flight", "embedding")
      member("number", request.number)
      member("model", request.model)
      member("texts", request.texts)
      member("usage") { $0.object { $0.members(of: request.most) } }
    case .embedded(let reply):
      member("flight", "embedded")
      member("number", reply.number)
      member("model", reply.model)
      member("texts", reply.texts)
      if let vectors = reply.vectors { member("vectors", vectors) }
      member("usage") { $0.object { $0.members(of: reply.usage) } }
      switch reply.setback {
      case .budget(let which): member("budget", which.rawValue)
      case .failed(let why): member("failure", why)
      case nil: break
      }
    }
  }

  fileprivate mutating func members(of decision: Decision) {
    switch decision {
    case .open(let opening):
      member("decision", "open")
      member("node", opening.node.description)
      member("numbers") { $0.array(opening.numbers) { $0.value($1) } }
      member("skips", ifTrue: opening.skips)
    case .extend(let level):
      member("decision", "extend")
      member("level", level)
    case .finish(let node, let why):
      member("decision", "finish")
      member("node", node.description)
      member("why", why.rawValue)
    }
  }
}
