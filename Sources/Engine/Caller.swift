import DRPO
package import Models
package import Tree

/// A model with the sampling that its role asks for.
package struct PlayedRole: Sendable {
  package var model: any LanguageModel
  package var sampling: Sampling
  /// Nil where it is unknown. A simulated model costs nothing.
  package var price: TokenPrice?
  /// Where the model is and how it is spoken to: what its replies depend on besides its name.
  package var endpoint: String

  /// - Parameter endpoint: free of keys.
  package init(
    model: any LanguageModel, sampling: Sampling = Sampling(), price: TokenPrice? = nil,
    endpoint: String = ""
  ) {
    self.endpoint = endpoint
    self.model = model
    self.sampling = sampling
    self.price = price ?? (model.isSimulated ? TokenPrice(input: 0, output: 0) : nil)
  }
}

extension PlayedRole {
  package func scope(as role: Role) -> RequestScope {
    RequestScope(endpoint: endpoint, model: model.name, role: role.rawValue)
  }
}

/// How a call ended, for the engine.
struct CallResult: Sendable {
  var record: CallRecord
  /// nil when the call was called back.
  var completion: Completion?
  /// Set when the role could not be reached.
  var trouble: Trouble?

  struct Trouble: Sendable {
    var text: String
    /// Nothing of this role can succeed until a person acts.
    var isFinal: Bool
    /// Or until so much time has passed.
    var time: Duration?
  }
}

/// Makes one call: writes the brief out, asks the model, reads the reply. Holds nothing that changes.
struct Caller: Sendable {
  let models: [Role: PlayedRole]
  let embedder: Embedder?
  let texts: any TextSource
  private var writer: BriefWriter
  private let seed: UInt64
  private let holdsToSchemas: Bool

  init(
    models: [Role: PlayedRole], embedder: Embedder?, texts: any TextSource,
    _ configuration: RunConfiguration
  ) {
    self.models = models
    self.embedder = embedder
    self.texts = texts
    seed = configuration.seed
    holdsToSchemas = configuration.holdsRepliesToSchemas
    writer = BriefWriter(examples: configuration.examples, texts: texts)
  }

  /// Those by which examples are found.
  var vectors: ExampleVectors { writer.vectors }
  mutating func adopt(_ vectors: [NamedVector]) { writer.vectors.add(vectors) }

  /// What the call may take, by an estimate that would rather be too high.
  func claim(for call: CallKey, brief: CallBrief) -> Claim {
    Claim(most(for: call, brief: brief).usage)
  }

  /// The request, and the most that it may take.
  private func most(
    for call: CallKey, brief: CallBrief
  ) -> (request: ModelRequest, usage: Usage) {
    let role = player(of: call)
    let request = request(for: call, writer.write(brief).conversation, role)
    return (request, Usage(atMost: request.messages, role.sampling, price: role.price))
  }

  /// The ledger's line for a call that was called back on its way, or was under way when the program
  /// ended: its server may charge for it and says nothing of it, so it counts with the most that it
  /// may have taken.
  func recordOfLoss(_ call: CallKey, brief: CallBrief) -> CallRecord {
    let (request, usage) = most(for: call, brief: brief)
    return CallRecord(
      call: call, request: hash(of: request, in: call), model: player(of: call).model.name,
      status: .cancelled, usage: usage, reply: nil)
  }

  private func hash(of request: ModelRequest, in call: CallKey) -> UInt64 {
    CallRecord.hash(of: request.canonicalBytes(in: player(of: call).scope(as: call.step.role)))
  }

  /// Why a change can't be made with these models.
  func refusal(of action: Intervention.Action) -> Refusal? {
    guard case .set(let settings) = action, settings.maxCost != nil else { return nil }
    var unpriced = models.values.filter { $0.price == nil }.map(\.model.name)
    if let embedder, embedder.price == nil { unpriced.append(embedder.model.name) }
    guard !unpriced.isEmpty else { return nil }
    return .settings(
      "A budget in USD needs the price of \(Set(unpriced).sorted().joined(separator: ", ")), "
        + "which the configuration doesn't tell.")
  }

  /// As `SearchTree.refusal(ofAsking:)`, where that takes the models or the texts.
  func refusal(ofAsking action: Intervention.Action, in tree: SearchTree) -> Refusal? {
    if let refusal = refusal(of: action) { return refusal }
    switch action {
    case .set(let settings)
    where settings.maxCost != nil && settings.maxCost != tree.settings.maxCost:
      guard models.values.allSatisfy(\.model.isSimulated), embedder == nil else { return nil }
      return .settings("No call of this run costs anything, so a budget in USD would never end it.")
    case .lock(let span):
      let words = texts.string(span)
      // The newest are those that will be rewritten, and most likely have it.
      let isSomewhere = tree.nodes.reversed().contains {
        $0.isAlive && $0.prompt.map(texts.string)?.contains(words) == true
      }
      return isSomewhere ? nil : .nowhere
    default: return nil
    }
  }

  private func player(of call: CallKey) -> PlayedRole {
    guard let role = models[call.step.role] else {
      preconditionFailure("no model plays the \(call.step.role)")
    }
    return role
  }

  /// What came of one request for several calls, and what it took where it failed.
  struct SharedResult: Sendable {
    var reply: Result<SharedReply?, any Error>
    var spent: Spending.Sum
  }

  /// Asks for the replies to several calls at once.
  ///
  /// - Parameter brief: the same for all the calls.
  @concurrent
  func ask(
    together calls: [CallKey], brief: CallBrief, onSetback: @escaping @Sendable (Setback) -> Void
  ) async -> SharedResult {
    let role = player(of: calls[0])
    let conversation = writer.write(brief).conversation
    let requests = calls.map { request(for: $0, conversation, role) }
    let spending = Spending(onSetback: onSetback)
    let reply: Result<SharedReply?, any Error>
    do {
      reply = .success(
        try await Spending.$current.withValue(spending) {
          try await role.model.replies(to: requests)
        })
    } catch {
      reply = .failure(error)
    }
    return SharedResult(reply: reply, spent: spending.sum)
  }

  private func request(
    for call: CallKey, _ conversation: Conversation, _ role: PlayedRole
  ) -> ModelRequest {
    var request = ModelRequest(
      conversation, sampling: role.sampling, seed: call.draw(seed: seed), sample: call.sample)
    request.urgency = call.urgency
    if holdsToSchemas { request.schema = conversation.schema }
    return request
  }

  /// Not on the engine's queue: reading a long reply must not hold up the engine.
  ///
  /// - Parameter question: where the call may get its reply together with others.
  @concurrent
  func perform(
    _ call: CallKey, brief: CallBrief, sharing question: SharedQuestion? = nil,
    onText: @escaping @Sendable (String) -> Void,
    onSetback: @escaping @Sendable (Setback) -> Void
  ) async -> CallResult {
    let role = player(of: call)
    let letter = writer.write(brief)
    let request = request(for: call, letter.conversation, role)
    var record = CallRecord(
      call: call,
      request: hash(of: request, in: call),
      model: role.model.name, status: .failed,
      usage: Usage(requests: 0), reply: nil)
    let clock = ContinuousClock()
    let start = clock.now
    let spending = Spending(onSetback: onSetback)
    var part = SharedQuestion.Part(reply: .success(nil))
    do {
      if let question { part = try await question.part(of: call) }
      let reply: ModelReply
      if let shared = try part.reply.get() {
        reply = shared
      } else {
        reply = try await Spending.$current.withValue(spending) {
          try await role.model.reply(to: request, onText: call.step == .answer ? onText : nil)
        }
      }
      record.usage = Usage(reply, role.price, seconds: (clock.now - start).inSeconds)
      record.usage.add(part, role.price)
      record.reply = reply.text
      let outcome = letter.outcome(of: reply, in: call)
      record.status =
        switch outcome {
        case .unreadable: .unreadable
        case .failed: .failed
        case .answered(let answer):
          switch answer.end {
          case .whole: .answered
          case .cut: .cut
          case .refused, .unknown: .odd
          }
        case .aspects, .proposed, .judged: .answered
        }
      if [.answered, .cut].contains(record.status), let cache = role.model as? CachingModel {
        await cache.keep(reply, to: request)
      }
      return CallResult(
        record: record,
        completion: Completion(
          call: call, outcome: outcome, usage: record.usage,
          delivery: Delivery(spending.sum, part, of: call)))
    } catch  where error.isCallBack {
      record.status = .cancelled
      record.usage = Usage(spending.sum, seconds: (clock.now - start).inSeconds)
      record.usage.add(part, role.price)
      return CallResult(record: record)
    } catch {
      record.usage = Usage(spending.sum, seconds: (clock.now - start).inSeconds)
      record.usage.add(part, role.price)
      var result = failure(of: call, error, letter, record)
      result.completion?.delivery = Delivery(spending.sum, part, of: call)
      return result
    }
  }

  private func failure(
    of call: CallKey, _ error: any Error, _ letter: Letter, _ record: CallRecord
  ) -> CallResult {
    let text = String(describing: error)
    var result = CallResult(record: record)
    let outcome: Outcome
    switch error {
    case ModelError.rejected:
      outcome = letter.outcome(ofRejection: text)
    case ModelError.stopped:
      outcome = .failed(reason: Text(text), isTransient: true)
      result.trouble = CallResult.Trouble(text: text, isFinal: true)
    case ModelError.postponed(_, let time):
      outcome = .failed(reason: Text(text), isTransient: true)
      result.trouble = CallResult.Trouble(text: text, isFinal: true, time: time)
    default:
      outcome = .failed(reason: Text(text), isTransient: true)
      result.trouble = CallResult.Trouble(text: text, isFinal: false)
    }
    result.completion = Completion(call: call, outcome: outcome, usage: record.usage)
    return result
  }
}

extension Usage {
  fileprivate init(_ reply: ModelReply, _ price: TokenPrice?, seconds: Double) {
    self.init(
      input: reply.usage.input, cachedInput: reply.usage.cachedInput, output: reply.usage.output,
      isEstimated: reply.usage.isEstimated, requests: reply.requests, seconds: seconds,
      cost: reply.cost ?? price?.cost(of: reply.usage))
  }

  /// Of a call that came to nothing.
  init(_ spent: Spending.Sum, seconds: Double) {
    self.init(
      input: spent.usage.input, cachedInput: spent.usage.cachedInput, output: spent.usage.output,
      isEstimated: spent.usage.isEstimated, requests: spent.requests, seconds: seconds,
      cost: spent.cost)
  }

  /// What a request took that was shared with others and did not bring the reply.
  fileprivate mutating func add(_ part: SharedQuestion.Part, _ price: TokenPrice?) {
    guard part.requests > 0 else { return }
    input += part.usage.input
    cachedInput += part.usage.cachedInput
    output += part.usage.output
    isEstimated = isEstimated || part.usage.isEstimated
    requests += part.requests
    cost = cost.flatMap { cost in price.map { cost + $0.cost(of: part.usage) } }
  }
}

extension Delivery {
  /// nil where there is nothing to tell. The turn as it was sent is kept where a candidate's prompt
  /// is in it; with the other roles it is our own words.
  ///
  /// - Parameter part: of a request shared with other calls, which came before.
  fileprivate init?(_ met: Spending.Sum, _ part: SharedQuestion.Part, of call: CallKey) {
    self.init(
      failures: (part.failures + met.failures).map { Text($0) },
      adaptations: met.requests > 0 ? met.adaptations : part.adaptations,
      folded: call.step == .answer ? met.folded.map { Text($0) } : nil)
    if isEmpty { return nil }
  }
}

extension CallKey {
  /// Upper levels first, and in a level first what has the longest way before it; behind all of them
  /// what no decision waits for.
  fileprivate var urgency: Int {
    if isForLift { return .max / 2 + query }
    return switch step {
    case .aspects: 3 * query
    case .proposal: 3 * (query + 1)
    case .answer: 3 * query + 1
    case .judgement: 3 * query + 2
    }
  }
}

extension Duration {
  var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}

extension ModelRequest {
  init(_ conversation: Conversation, sampling: Sampling, seed: UInt64, sample: Int) {
    var messages: [Message] = []
    if let system = conversation.system { messages.append(Message(.system, system)) }
    for turn in conversation.turns {
      messages.append(Message(turn.speaker == .user ? .user : .assistant, turn.text))
    }
    self.init(
      messages: messages, sampling: sampling, format: conversation.schema == nil ? .text : .json,
      seed: seed, sample: sample)
  }
}
