/// One candidate: a system prompt in the tree, with what the base model answered under it and how
/// that was judged.
///
/// A node never changes its prompt: an edit is a fork and a prune.
package struct Node: Hashable, Sendable, Identifiable {
  package enum Origin: String, Hashable, Sendable {
    /// The initial prompt.
    case root
    /// A rewrite by the optimizer.
    case rewrite
    /// The parent's prompt again, because its judgement left nothing to improve.
    case copy
    /// A person's own prompt.
    case fork
  }

  package let id: NodeID
  /// nil for the root only.
  package let parent: NodeID?
  package let slot: Int
  /// Levels count from 0, the root's; the node's own trial is on the query of its level.
  package let level: Int
  /// What people call it.
  package let number: Int
  package let origin: Origin

  /// nil until the optimizer has proposed it.
  package internal(set) var prompt: Text?
  /// For a rewrite.
  package internal(set) var proposal: Proposal?
  /// Replies to the proposal call that could not be read.
  package internal(set) var proposalFaults: [Fault] = []
  /// Why the proposal call can never succeed.
  package internal(set) var proposalFailure: Text?

  /// The node's own trial: sample 0 on the query of its level.
  package internal(set) var trial: Trial
  /// Trials beyond its own, in the order they began.
  package internal(set) var moreTrials: [Trial] = []

  /// In slot order within each opening; forks where they were made.
  package internal(set) var children: [NodeID] = []
  /// nil as long as it has not been opened.
  package internal(set) var opening: Opening?

  /// Who pruned this very node; nil when nobody did. Its descendants are dead with it.
  package internal(set) var prunedBy: Intervention.Author?
  package internal(set) var isPinned = false
  /// Scores by a person, by the name of the aspect.
  package internal(set) var overrides: [String: Double] = [:]

  /// Neither the node nor any ancestor is pruned.
  package internal(set) var isAlive = true
  /// The sum of the rewards from the root's child down to here, added in that order.
  package internal(set) var pathSum = 0.0
  /// How many rewards are in `pathSum`.
  package internal(set) var pathCount = 0
  /// The dynamic reward with overrides and the policy for unreadable judgements applied; nil while
  /// there is none.
  package internal(set) var reward: Double?

  init(
    id: NodeID, parent: NodeID?, slot: Int, level: Int, number: Int, origin: Origin, prompt: Text?
  ) {
    self.id = id
    self.parent = parent
    self.slot = slot
    self.level = level
    self.number = number
    self.origin = origin
    self.prompt = prompt
    trial = Trial(query: level, sample: 0)
  }

  /// The mean dynamic reward from the root's child to here: what the paper's beam sorts by. nil for
  /// the root and where nothing on the path is scored.
  package var pathReward: Double? { pathCount == 0 ? nil : pathSum / Double(pathCount) }

  /// The slot brought no prompt and never will.
  package var isDeadSlot: Bool {
    prompt == nil && (proposalFailure != nil || proposalFaults.count >= Fault.limit)
  }

  /// Nothing more is to come for its own trial.
  package var isSettled: Bool { isDeadSlot || trial.isSettled }

  package var isOpened: Bool { opening != nil }

  /// The judgement as it counts: the judge's scores with a person's in their place.
  package var evaluation: Evaluation? {
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
