import DRPO
package import Models
import Tree

/// A model with the sampling that its role asks for.
package struct PlayedRole: Sendable {
  package var model: any LanguageModel
  package var sampling: Sampling

  package init(model: any LanguageModel, sampling: Sampling = Sampling()) {
    self.model = model
    self.sampling = sampling
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
  }
}

/// Makes one call: writes the brief out, asks the model, reads the reply. Holds nothing that changes.
struct Caller: Sendable {
  let models: [Role: PlayedRole]
  let texts: any TextSource
  let writer: BriefWriter
  let seed: UInt64

  init(models: [Role: PlayedRole], texts: any TextSource, examples: [Example], seed: UInt64) {
    self.models = models
    self.texts = texts
    self.seed = seed
    writer = BriefWriter(examples: examples, texts: texts)
  }

  /// Not on the engine's queue: reading a long reply must not hold up the engine.
  @concurrent
  func perform(
    _ call: CallKey, brief: CallBrief, onText: @escaping @Sendable (String) -> Void
  ) async -> CallResult {
    guard let role = models[call.step.role] else {
      preconditionFailure("no model plays the \(call.step.role)")
    }
    let letter = writer.write(brief)
    let request = ModelRequest(
      letter.conversation, sampling: role.sampling, seed: call.draw(seed: seed),
      sample: call.sample)
    var record = CallRecord(
      call: call, request: request.fingerprint, model: role.model.name, status: .failed,
      usage: Usage(requests: 0), reply: nil)
    let clock = ContinuousClock()
    let start = clock.now
    do {
      let reply = try await role.model.reply(
        to: request, onText: call.step == .answer ? onText : nil)
      record.usage = Usage(reply, seconds: (clock.now - start).inSeconds)
      record.reply = reply.text
      let outcome = letter.outcome(of: reply, in: call)
      record.status =
        switch outcome {
        case .unreadable: .unreadable
        case .failed: .failed
        case .aspects, .proposed, .answered, .judged: .answered
        }
      return CallResult(
        record: record,
        completion: Completion(call: call, outcome: outcome, usage: record.usage))
    } catch is CancellationError where Task.isCancelled {
      record.status = .cancelled
      record.usage.seconds = (clock.now - start).inSeconds
      return CallResult(record: record)
    } catch {
      record.usage.seconds = (clock.now - start).inSeconds
      return failure(of: call, error, letter, record)
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
    default:
      outcome = .failed(reason: Text(text), isTransient: true)
      result.trouble = CallResult.Trouble(text: text, isFinal: false)
    }
    result.completion = Completion(call: call, outcome: outcome, usage: record.usage)
    return result
  }
}

extension Usage {
  fileprivate init(_ reply: ModelReply, seconds: Double) {
    self.init(
      input: reply.usage.input, cachedInput: reply.usage.cachedInput, output: reply.usage.output,
      isEstimated: reply.usage.isEstimated, requests: reply.requests, seconds: seconds,
      cost: reply.cost)
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
      messages: messages, sampling: sampling, format: conversation.wantsJSON ? .json : .text,
      seed: seed, sample: sample)
  }

  /// A hash of what is sent, for the ledger.
  fileprivate var fingerprint: UInt64 {
    var hash = StableHash()
    for message in messages {
      hash.combine(message.speaker.rawValue)
      hash.combine(message.content)
    }
    hash.combine(seed)
    hash.combine(sample)
    return hash.finalize()
  }
}
