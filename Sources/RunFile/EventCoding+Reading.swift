import Tree

// Members may come in any order, for an export that went through another program; those that say
// what the event is must be there.

/// The members of a call's key as far as they have been read.
private struct CallMembers {
  var node: NodeID?
  var step: Step?
  var query: Int?
  var sample = 0
  var attempt = 0

  /// - Returns: whether the member belongs to a call.
  mutating func take(_ key: String, from reader: inout JSONReader) throws -> Bool {
    switch key {
    case "node": node = try reader.node()
    case "step": step = try reader.value(Step.self)
    case "query": query = try reader.int()
    case "sample": sample = try reader.int()
    case "attempt": attempt = try reader.int()
    default: return false
    }
    return true
  }

  func call() throws -> CallKey {
    guard let node, let step, let query else { throw JSONReader.Fault() }
    return CallKey(node: node, step: step, query: query, sample: sample, attempt: attempt)
  }
}

/// The members that tell how a call ended, as far as they have been read.
private struct OutcomeMembers {
  var prompt, analysis, summary, response, reasoning, fault, reply, failure: Text?
  var aspects: [Aspect]?
  var origin: AspectChoice.Origin?
  var examples: [Int]?
  var end = Answer.End.whole
  var scores: [Evaluation.Score]?
  var isTransient = false

  mutating func take(_ key: String, from reader: inout JSONReader) throws {
    switch key {
    case "aspects": aspects = try reader.array { try $0.aspect() }
    case "origin": origin = try reader.value(AspectChoice.Origin.self)
    case "examples": examples = try reader.array { try $0.int() }
    case "isCut": if try reader.bool() { end = .cut }
    case "isRefusal": if try reader.bool() { end = .refused }
    case "finish": end = .unknown(try reader.string())
    case "scores": scores = try reader.array { try $0.score() }
    case "isTransient": isTransient = try reader.bool()
    case "prompt": prompt = try reader.text()
    case "analysis": analysis = try reader.text()
    case "summary": summary = try reader.text()
    case "response": response = try reader.text()
    case "reasoning": reasoning = try reader.text()
    case "fault": fault = try reader.text()
    case "reply": reply = try reader.text()
    case "failure": failure = try reader.text()
    default: throw JSONReader.Fault()
    }
  }

  func outcome() throws -> Outcome {
    if let scores { return .judged(Evaluation(scores: scores)) }
    if let response, let examples {
      return .answered(Answer(response: response, examples: examples, end: end))
    }
    if let prompt, let analysis, let summary {
      return .proposed(Proposal(prompt: prompt, analysis: analysis, summary: summary))
    }
    if let aspects, let reasoning, let origin {
      return .aspects(AspectChoice(aspects: aspects, reasoning: reasoning, origin: origin))
    }
    if let fault, let reply { return .unreadable(fault: fault, reply: reply) }
    guard let failure else { throw JSONReader.Fault() }
    return .failed(reason: failure, isTransient: isTransient)
  }
}

/// The members that tell of a request for embeddings, as far as they have been read.
private struct EmbeddingMembers {
  var number, texts: Int?
  var model: String?
  var usage: Usage?
  var vectors: Text?
  var setback: RetrievalSetback?

  mutating func take(_ key: String, from reader: inout JSONReader) throws {
    switch key {
    case "number": number = try reader.int()
    case "texts": texts = try reader.int()
    case "model": model = try reader.string()
    case "usage": usage = try reader.usage()
    case "vectors": vectors = try reader.text()
    case "budget": setback = .budget(try reader.value(FinishReason.self))
    case "failure": setback = .failed(try reader.text())
    default: throw JSONReader.Fault()
    }
  }

  func request() throws -> EmbeddingRequest {
    guard let number, let texts, let model, let usage else { throw JSONReader.Fault() }
    return EmbeddingRequest(number: number, model: model, texts: texts, most: usage)
  }

  func reply() throws -> EmbeddingReply {
    let asked = try request()
    return EmbeddingReply(
      number: asked.number, model: asked.model, texts: asked.texts, vectors: vectors,
      usage: asked.most, setback: setback)
  }
}

extension JSONReader {
  mutating func completion() throws -> Completion {
    var call = CallMembers()
    var outcome = OutcomeMembers()
    var usage: Usage?
    var delivery: Delivery?
    try object { reader, key in
      if try call.take(key, from: &reader) { return }
      switch key {
      case "usage": usage = try reader.usage()
      case "delivery": delivery = try reader.delivery()
      default: try outcome.take(key, from: &reader)
      }
    }
    guard let usage else { throw Fault() }
    return Completion(
      call: try call.call(), outcome: try outcome.outcome(), usage: usage, delivery: delivery)
  }

  fileprivate mutating func aspect() throws -> Aspect {
    var aspect = Aspect(name: "", definition: "")
    try object { reader, key in
      switch key {
      case "name": aspect.name = try reader.string()
      case "definition": aspect.definition = try reader.string()
      default: throw Fault()
      }
    }
    return aspect
  }

  fileprivate mutating func score() throws -> Evaluation.Score {
    var aspect: String?
    var value: Double?
    var rationale: Text?
    try object { reader, key in
      switch key {
      case "aspect": aspect = try reader.string()
      case "value": value = try reader.double()
      case "rationale": rationale = try reader.text()
      default: throw Fault()
      }
    }
    guard let aspect, let value, let rationale else { throw Fault() }
    return Evaluation.Score(aspect: aspect, value: value, rationale: rationale)
  }

  private mutating func delivery() throws -> Delivery {
    var delivery = Delivery()
    try object { reader, key in
      switch key {
      case "failures": delivery.failures = try reader.array { try $0.text() }
      case "adaptations": delivery.adaptations = try reader.string()
      case "folded": delivery.folded = try reader.text()
      default: throw Fault()
      }
    }
    return delivery
  }

  fileprivate mutating func usage() throws -> Usage {
    var usage = Usage(requests: 0)
    try object { reader, key in
      switch key {
      case "input": usage.input = try reader.int()
      case "cachedInput": usage.cachedInput = try reader.int()
      case "output": usage.output = try reader.int()
      case "isEstimated": usage.isEstimated = try reader.bool()
      case "requests": usage.requests = try reader.int()
      case "seconds": usage.seconds = try reader.double()
      case "cost": usage.cost = try reader.double()
      default: throw Fault()
      }
    }
    return usage
  }

  mutating func flight() throws -> Flight {
    var call = CallMembers()
    var embedding = EmbeddingMembers()
    var flight: String?
    try object { reader, key in
      if try call.take(key, from: &reader) { return }
      if key == "flight" {
        flight = try reader.string()
      } else {
        try embedding.take(key, from: &reader)
      }
    }
    switch flight {
    case "embedding": return .embedding(try embedding.request())
    case "embedded": return .embedded(try embedding.reply())
    case "started": return .started(try call.call())
    case "cancelled": return .cancelled(try call.call())
    case "reopened": return .reopened
    default: throw Fault()
    }
  }

  mutating func decision() throws -> Decision {
    var decision: String?
    var node: NodeID?
    var numbers: [Int]?
    var skips = false
    var level: Int?
    var why: FinishReason?
    try object { reader, key in
      switch key {
      case "decision": decision = try reader.string()
      case "node": node = try reader.node()
      case "numbers": numbers = try reader.array { try $0.int() }
      case "skips": skips = try reader.bool()
      case "level": level = try reader.int()
      case "why": why = try reader.value(FinishReason.self)
      default: throw Fault()
      }
    }
    if decision == "open", let node, let numbers {
      return .open(Opening(node: node, numbers: numbers, skips: skips))
    }
    if decision == "extend", let level { return .extend(level: level) }
    guard decision == "finish", let node, let why else { throw Fault() }
    return .finish(node: node, why: why)
  }
}
