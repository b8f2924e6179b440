/// What a person did to a run, with who, when (`RecordedEvent.time`) and why.
package struct Intervention: Hashable, Sendable, Codable {
  package enum Action: Hashable, Sendable, Codable {
    case prune(NodeID)
    case restore(NodeID)
    case pin(NodeID)
    case unpin(NodeID)
    /// A child of `parent` with a prompt of the person's own. `slot` is -1 or below, not used before.
    case fork(parent: NodeID, slot: Int, number: Int, prompt: Text)
    /// The score of one aspect of the node's own trial, `1...5`; nil gives it back to the judge.
    case override(NodeID, aspect: String, score: Double?)
    /// A wish that every later rewrite is told; nil takes it back.
    case steer(Text?)
    /// A span of the prompt that rewrites must keep, word for word.
    case lock(Text)
    case unlock(Text)
    case pause
    case `continue`
    case set(SearchSettings)
    /// End here, with the best so far.
    case stop
  }

  package enum Author: Hashable, Sendable, Codable {
    case person(String)
    /// The program itself, as when unreadable replies pause the run.
    case program
  }

  /// How an intervention stands to the earlier ones: what is undone can be redone, until something
  /// new is done.
  package enum Relation: String, Hashable, Sendable, Codable {
    case new
    /// Takes back the newest that still stands.
    case undo
    /// Does again what was undone last.
    case redo
  }

  package var action: Action
  package var author: Author
  package var reason: Text?
  package var relation: Relation

  package init(
    _ action: Action, by author: Author, because reason: Text? = nil, relation: Relation = .new
  ) {
    self.action = action
    self.author = author
    self.reason = reason
    self.relation = relation
  }
}
