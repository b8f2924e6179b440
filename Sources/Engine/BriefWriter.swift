import DRPO
import Models
import Statistics
import Tree

/// Writes a brief out as the conversation that a model gets: looks the texts up, and the examples
/// that are nearest to the query.
///
/// The paper retrieves examples by sentence embeddings; so does this where it has vectors. Else it is
/// BM25, which needs no model.
struct BriefWriter: Sendable {
  private let examples: [Example]
  private let texts: any TextSource
  private let ranking: BM25
  var vectors: ExampleVectors

  init(examples: [Example], texts: any TextSource) {
    self.examples = examples
    self.texts = texts
    vectors = ExampleVectors(examples: examples)
    ranking = BM25(documents: examples.map { texts.string($0.query) })
  }

  func write(_ brief: CallBrief) -> Letter {
    switch brief {
    case .aspects(let query, let library, let faults):
      let conversation = Texts.aspectSelection(query: texts.string(query), library: library)
      return Letter(conversation: asked(conversation, faults), task: .aspects(library))
    case .proposal(let rewrite, let faults):
      let prompt = texts.string(rewrite.prompt)
      let locks = rewrite.locks.map(texts.string)
      let conversation = Texts.rewriting(
        prompt: prompt, query: texts.string(rewrite.query),
        response: texts.string(rewrite.response), evaluation: resolved(rewrite.evaluation),
        recentPrompts: rewrite.recent.map(texts.string),
        wishes: rewrite.wish.map { [texts.string($0)] } ?? [], locked: locks)
      return Letter(
        conversation: asked(conversation, faults), task: .proposal(replacing: prompt, locks: locks))
    case .answer(let prompt, let asked, let count):
      let query = texts.string(asked)
      let shown =
        count == 0
        ? [] : vectors.nearest(count, to: asked.id) ?? ranking.nearest(count, to: query)
      let conversation = Texts.answering(
        prompt: texts.string(prompt),
        examples: shown.map {
          (query: texts.string(examples[$0].query), response: texts.string(examples[$0].response))
        },
        query: query)
      return Letter(conversation: conversation, task: .answer(examples: shown))
    case .judgement(let query, let response, let aspects, let faults):
      let conversation = Texts.evaluation(
        query: texts.string(query), response: texts.string(response), aspects: aspects)
      return Letter(conversation: asked(conversation, faults), task: .judgement(aspects))
    }
  }

  /// The conversation, and after an unreadable reply the re-ask that quotes the fault.
  private func asked(_ conversation: Conversation, _ faults: [Tree.Fault]) -> Conversation {
    guard let fault = faults.last else { return conversation }
    return Texts.reask(
      conversation, reply: texts.string(fault.reply), fault: texts.string(fault.fault))
  }

  private func resolved(_ evaluation: Evaluation) -> Evaluation {
    Evaluation(
      scores: evaluation.scores.map {
        Evaluation.Score(
          aspect: $0.aspect, value: $0.value, rationale: Text(texts.string($0.rationale)))
      })
  }
}

/// A conversation on its way, and how its reply is to be read.
struct Letter: Sendable {
  enum Task: Sendable {
    case aspects([Aspect])
    case proposal(replacing: String, locks: [String])
    case answer(examples: [Int])
    case judgement([Aspect])
  }

  var conversation: Conversation
  var task: Task

  func outcome(of reply: ModelReply, in call: CallKey) -> Outcome {
    switch task {
    case .answer(let examples): Self.answer(reply, examples)
    default: read(reply, in: call)
    }
  }

  /// What it means that the request itself can't be answered. The aspects of a query have a way out.
  func outcome(ofRejection reason: String) -> Outcome {
    if case .aspects = task { return Self.defaultAspects(because: reason) }
    return .failed(reason: Text(reason), isTransient: false)
  }

  /// The base model is judged for what it says: a refusal is an answer, and so is a text that ran
  /// into its limit. A text that was withheld or is empty is none.
  private static func answer(_ reply: ModelReply, _ examples: [Int]) -> Outcome {
    func answered(_ text: String, _ end: Answer.End) -> Outcome {
      .answered(Answer(response: Text(text), examples: examples, end: end))
    }
    switch reply.finish {
    case .refusal(let refusal):
      return answered(reply.text.isEmpty ? refusal : reply.text, .refused)
    case .contentFilter:
      return .failed(reason: "The server's content filter withheld the answer.", isTransient: false)
    case .toolCalls:
      return .failed(
        reason: "The model asked for a tool in place of an answer.", isTransient: false)
    case .stop, .length, .other: break
    }
    if reply.text.allSatisfy(\.isWhitespace) {
      let why = reply.fault ?? "the reply was empty"
      return .failed(reason: Text("There is no answer: \(why)."), isTransient: false)
    }
    switch reply.finish {
    case .length: return answered(reply.text, .cut)
    case .other(let reason):
      return answered(reply.text, .unknown(String(reason.prefix(longestReason))))
    default: return answered(reply.text, .whole)
    }
  }

  /// Characters of a reason for the end of a reply that are kept: a server may write anything there.
  private static let longestReason = 40

  private func read(_ reply: ModelReply, in call: CallKey) -> Outcome {
    let result: Result<Outcome, Reading.Fault>
    switch task {
    case .aspects(let library):
      result = Reading.aspects(reply.text, library: library).map { .aspects($0) }
    case .proposal(let prompt, let locks):
      result = Reading.proposal(reply.text, replacing: prompt, locked: locks).map { .proposed($0) }
    case .judgement(let aspects):
      result = Reading.evaluation(reply.text, aspects: aspects).map { .judged($0) }
    case .answer:
      preconditionFailure("an answer is not read")
    }
    let text: String
    switch result {
    // What is whole in a reply that was cut may be a part of what was to come.
    case .success(let outcome):
      guard reply.finish == .length else { return outcome }
      text = "it was cut at the limit of tokens."
    case .failure(let fault):
      text = (reply.finish.limitation.map { "\($0) " } ?? "") + String(describing: fault)
    }
    if case .aspects = task, call.attempt + 1 >= Tree.Fault.limit {
      return Self.defaultAspects(because: text)
    }
    return .unreadable(fault: Text(text), reply: Text(reply.text))
  }

  private static func defaultAspects(because reason: String) -> Outcome {
    .aspects(
      AspectChoice(
        aspects: AspectLibrary.defaultFive,
        reasoning: Text("The judge's choice could not be had: \(reason)"), origin: .library))
  }
}

extension ModelReply.Finish {
  /// Why a reply that can't be read may be short of its end.
  fileprivate var limitation: String? {
    switch self {
    case .stop: nil
    case .other(let reason): "the model stopped for an unknown reason (\(reason));"
    case .length: "it was cut at the limit of tokens;"
    case .contentFilter: "the server's content filter withheld it;"
    case .refusal: "the model refused;"
    case .toolCalls: "the model asked for a tool;"
    }
  }
}
