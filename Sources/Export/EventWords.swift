package import Tree

/// What happened, in a line of plain words an event.
package struct EventWords: Sendable {
  private let record: RunRecord
  /// Characters of a text that a person or a model wrote; nil for all of it.
  private let room: Int?

  /// In a line to be read there is no room for a whole document.
  static let usualRoom = 200

  init(_ record: RunRecord, room: Int? = usualRoom) {
    self.record = record
    self.room = room
  }

  /// - Parameter event: the last that the record's tree has taken in.
  package func line(for event: RunEvent) -> String {
    switch event {
    case .completed(let completion): self.completion(completion)
    case .flight(let flight): self.flight(flight)
    case .decided(let decision): self.decision(decision)
    case .intervened(let intervention):
      line(for: intervention, since: record.tree.settings(before: intervention))
    }
  }

  /// What the intervention did, without who and why.
  ///
  /// - Parameter intervention: the last event that the record's tree has taken in.
  package func deed(of intervention: Intervention) -> String {
    action(intervention, since: record.tree.settings(before: intervention))
  }

  func line(for entry: Ledger.Entry) -> String {
    line(for: entry.intervention, since: entry.settings)
  }

  /// Who did it stands behind, in brackets: a user called `root` is not to be taken for a node.
  private func line(for intervention: Intervention, since settings: SearchSettings?) -> String {
    action(intervention, since: settings) + " (by \(Self.author(intervention)))"
      + (record.reason(of: intervention).map { ": \(brief($0))" } ?? "")
  }

  static func author(_ intervention: Intervention) -> String {
    switch intervention.author {
    case .person(let name): name
    case .program: "the program"
    }
  }

  /// The text on one line, as far as there is room for it.
  private func brief(_ text: String) -> String {
    let line = text.oneLine
    guard let room, line.count > room else { return line }
    return "\(line.prefix(room))…"
  }

  private func name(_ id: NodeID) -> String {
    record.tree[id].map { "node \($0.number)" } ?? "an unknown node"
  }

  // MARK: Calls

  private func completion(_ completion: Completion) -> String {
    let call = completion.call
    let subject = call.step == .aspects ? "level \(call.query)" : name(call.node)
    let tokens = completion.usage.output
    var took = tokens > 0 ? ", \(tokens.counted("token"))" : ""
    if completion.isCached { took = ", from the cache" }
    return "\(subject)\(place(of: call)): \(outcome(completion.outcome, of: call))\(took)"
  }

  /// Which query, where it is not that of the node's own level.
  private func place(of call: CallKey) -> String {
    call.isForLift ? " on the query of level \(call.query)" : ""
  }

  private func outcome(_ outcome: Outcome, of call: CallKey) -> String {
    switch outcome {
    case .aspects(let choice):
      let names = choice.aspects.map(\.name).joined(separator: ", ")
      return choice.origin == .library ? "the default aspects, \(names)" : "aspects \(names)"
    case .proposed(let proposal):
      let summary = record.open(proposal.summary).map(brief) ?? ""
      return summary.isEmpty ? "prompt rewritten" : "prompt rewritten: \(summary)"
    case .answered(let answer):
      return answer.end.words.map { "answered, \($0)" } ?? "answered"
    case .judged(let evaluation):
      let scores = evaluation.scores.map { "\($0.aspect) \($0.value.mark)" }
      return "judged \(evaluation.reward.reward) (\(scores.joined(separator: ", ")))"
    case .unreadable(let fault, _):
      return "\(noun(call.step)) unreadable" + told(fault)
    case .failed(let reason, let isTransient):
      return "\(noun(call.step)) failed\(isTransient ? ", to be sent again" : "")" + told(reason)
    }
  }

  private func told(_ text: Text) -> String {
    record.secret(text).map { ": \(brief($0))" } ?? ""
  }

  private func noun(_ step: Step) -> String {
    switch step {
    case .aspects: "choice of aspects"
    case .proposal: "rewrite"
    case .answer: "answer"
    case .judgement: "judgement"
    }
  }

  private func flight(_ flight: Flight) -> String {
    func words(_ call: CallKey) -> String {
      let again = call.attempt > 0 ? " again" : ""
      return call.step == .aspects
        ? "level \(call.query): choosing aspects\(again)"
        : "\(name(call.node)): \(gerund(call.step))\(place(of: call))\(again)"
    }
    return switch flight {
    case .started(let call): words(call)
    case .cancelled(let call): words(call) + ", called back"
    case .reopened: "a new process goes on with the run"
    case .embedding(let request):
      "asking \(request.model) for the embeddings of \(request.texts.counted("text"))"
    case .embedded(let reply): embedded(reply)
    }
  }

  private func embedded(_ reply: EmbeddingReply) -> String {
    let place = "embeddings of \(reply.texts.counted("text")) by \(reply.model)"
    if reply.vectors != nil {
      return reply.usage.requests == 0
        ? "\(place), from the cache" : "\(place), \(reply.usage.input.counted("token"))"
    }
    return reply.setback.map { brief(record.words(on: $0)) } ?? "\(place), called back"
  }

  private func gerund(_ step: Step) -> String {
    switch step {
    case .aspects: "choosing aspects"
    case .proposal: "rewriting"
    case .answer: "answering"
    case .judgement: "judging"
    }
  }

  // MARK: Decisions and interventions

  private func decision(_ decision: Decision) -> String {
    switch decision {
    case .open(let opening):
      let numbers = opening.numbers.map(String.init).joined(separator: ", ")
      let children = opening.numbers.count == 1 ? "node \(numbers)" : "nodes \(numbers)"
      return opening.skips
        ? "\(name(opening.node)) kept, its prompt carried on unchanged as \(children)"
        : "\(name(opening.node)) kept, to be rewritten as \(children)"
    case .extend(let level): return "level \(level): the depth limit grows by one"
    case .finish(let node, let why):
      let reward = record.tree[node]?.pathReward
      return "finished, \(why.words): \(name(node)) is the best"
        + (reward.map { ", path reward \($0.fixed())" } ?? "")
    }
  }

  func action(_ entry: Ledger.Entry) -> String {
    action(entry.intervention, since: entry.settings)
  }

  /// - Parameter settings: before it; nil for those that the run began with.
  private func action(
    _ intervention: Intervention, since settings: SearchSettings?
  ) -> String {
    let words = action(
      intervention.action, since: settings ?? record.tree.configuration.settings)
    return switch intervention.relation {
    case .new: words
    case .undo: "took a step back: \(words)"
    case .redo: "did it again: \(words)"
    }
  }

  private func action(_ action: Intervention.Action, since old: SearchSettings) -> String {
    switch action {
    case .prune(let id): "pruned \(name(id))"
    case .restore(let id): "restored \(name(id))"
    case .pin(let id): "pinned \(name(id))"
    case .unpin(let id): "unpinned \(name(id))"
    case .fork(let parent, _, let number, _): "forked \(name(parent)) as node \(number)"
    case .override(let id, let aspect, let score?):
      "scored \(name(id)) for \(aspect): \(score.mark)"
    case .override(let id, let aspect, nil):
      "gave the score of \(name(id)) for \(aspect) back to the judge"
    case .steer(let wish?): "wished for \"\(brief(record.open(wish) ?? ""))\""
    case .steer(nil): "took the wish back"
    case .lock(let span): "locked \"\(brief(record.open(span) ?? ""))\""
    case .unlock(let span): "unlocked \"\(brief(record.open(span) ?? ""))\""
    case .pause: "paused the run"
    case .continue: "let the run go on"
    case .set(let settings): "set " + settings.changes(since: old)
    case .stop: "stopped the run"
    }
  }
}

extension RunRecord {
  package var words: EventWords { EventWords(self) }

  /// For an export, which holds all that was written.
  var wholeWords: EventWords { EventWords(self, room: nil) }
}

extension FinishReason {
  fileprivate var words: String {
    switch self {
    case .depth: "at the depth limit"
    case .queries: "where the queries end"
    case .stopped: "stopped"
    case .calls: "by the limit of calls"
    case .tokens: "by the limit of tokens"
    case .cost: "by the limit of its cost"
    case .minutes: "by the limit of its time"
    case .nothingAlive: "with nothing left alive"
    }
  }
}
