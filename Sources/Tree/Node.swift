/// One candidate: a system prompt in the tree, with what the base model answered under it and how
/// that was judged.
///
/// A node never changes its prompt: an edit is a fork and a prune.
///
/// It is put together from what the tree keeps of it (`NodeList`): who looks at many nodes looks at
/// their `standings`, which costs a fraction.
package struct Node: Sendable, Identifiable {
  package enum Origin: String, Hashable, Sendable, CaseIterable {
    /// The initial prompt.
    case root
    /// A rewrite by the optimizer.
    case rewrite
    /// The parent's prompt again, because its judgement left nothing to improve.
    case copy
    /// A person's own prompt.
    case fork
  }

  package let standing: Standing
  let record: Record
  /// nil for the root only.
  package let parent: NodeID?
  /// In slot order within each opening; forks where they were made.
  package let children: [NodeID]
}

// MARK: - Where it stands

extension Node {
  package var id: NodeID { standing.id }
  package var slot: Int { standing.slot }
  /// Levels count from 0, the root's; the node's own trial is on the query of its level.
  package var level: Int { standing.level }
  /// What people call it.
  package var number: Int { standing.number }
  package var origin: Origin { standing.origin }

  package var isPinned: Bool { standing.isPinned }
  /// Neither the node nor any ancestor is pruned.
  package var isAlive: Bool { standing.isAlive }
  /// The dynamic reward with overrides and the policy for unreadable judgements applied; nil while
  /// there is none.
  package var reward: Double? { standing.reward }
  /// The mean dynamic reward from the root's child to here: what the paper's beam sorts by. nil for
  /// the root and where nothing on the path is scored.
  package var pathReward: Double? { standing.pathReward }
  /// The slot brought no prompt and never will.
  package var isDeadSlot: Bool { standing.isDeadSlot }
  /// Nothing more is to come for its own trial.
  package var isSettled: Bool { standing.isSettled }
  package var isOpened: Bool { standing.isOpened }
}

// MARK: - What calls and people brought

extension Node {
  /// nil until the optimizer has proposed it.
  package var prompt: Text? { record.prompt }
  /// For a rewrite.
  package var proposal: Proposal? { record.proposal }
  /// Replies to the proposal call that could not be read.
  package var proposalFaults: [Fault] { record.proposalFaults }
  /// Why the proposal call can never succeed.
  package var proposalFailure: Text? { record.proposalFailure }
  /// The node's own trial: sample 0 on the query of its level.
  package var trial: Trial { record.trial }
  /// Trials beyond its own, by query and then by sample.
  package var moreTrials: [Trial] { record.moreTrials }
  /// nil as long as it has not been opened.
  package var opening: Opening? { record.opening }
  /// Who pruned this very node; nil when nobody did. Its descendants are dead with it.
  package var prunedBy: Intervention.Author? { record.prunedBy }
  /// Scores by a person, by the name of the aspect.
  package var overrides: [String: Double] { record.overrides }
  /// The judgement as it counts: the judge's scores with a person's in their place.
  package var evaluation: Evaluation? { record.evaluation }

  /// What is known of a node besides where it stands.
  struct Record: Hashable, Sendable {
    var prompt: Text?
    var proposal: Proposal?
    var proposalFaults: [Fault] = []
    var proposalFailure: Text?
    var trial: Trial
    var moreTrials: [Trial] = []
    var opening: Opening?
    var prunedBy: Intervention.Author?
    var overrides: [String: Double] = [:]

    init(prompt: Text?, level: Int) {
      self.prompt = prompt
      trial = Trial(query: level, sample: 0)
    }

    var isDeadSlot: Bool {
      prompt == nil && (proposalFailure != nil || proposalFaults.count >= Fault.limit)
    }

    var isSettled: Bool { isDeadSlot || trial.isSettled }

    var evaluation: Evaluation? {
      guard !overrides.isEmpty else { return trial.evaluation }
      var scores = trial.evaluation?.scores ?? []
      for index in scores.indices {
        if let score = overrides[scores[index].aspect] { scores[index].value = score }
      }
      if scores.isEmpty {
        scores = overrides.sorted { $0.key < $1.key }.map {
          Evaluation.Score(aspect: $0.key, value: $0.value, rationale: "")
        }
      }
      return Evaluation(scores: scores)
    }
  }
}

extension Node {
  /// The trial on a query, its own or a further one.
  package func trial(on query: Int, sample: Int = 0) -> Trial? {
    ([trial] + moreTrials).first { $0.query == query && $0.sample == sample }
  }
}

/// Two nodes are equal when a person would see the same, wherever their trees keep them.
extension Node: Hashable {
  package static func == (a: Node, b: Node) -> Bool {
    a.standing.isSame(as: b.standing) && a.parent == b.parent && a.children == b.children
      && a.record == b.record
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(id)
    hasher.combine(record)
  }
}

/// A reply that could not be read.
package struct Fault: Hashable, Sendable {
  /// One re-ask, then the call is over.
  package static let limit = 2

  package var attempt: Int
  package var fault: Text
  package var reply: Text
}

/// One prompt on one query: response and evaluation.
package struct Trial: Hashable, Sendable {
  package let query: Int
  package let sample: Int
  package internal(set) var answer: Answer?
  /// As the judge gave it.
  package internal(set) var evaluation: Evaluation?
  /// Judgements that could not be read.
  package internal(set) var faults: [Fault] = []
  /// Why it can never be completed: the prompt is too long for the model, say.
  package internal(set) var failure: Text?

  init(query: Int, sample: Int) {
    self.query = query
    self.sample = sample
  }

  package var isUnreadable: Bool { evaluation == nil && faults.count >= Fault.limit }
  package var isSettled: Bool { evaluation != nil || isUnreadable || failure != nil }
}
