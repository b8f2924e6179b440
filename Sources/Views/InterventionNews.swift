import Tree

/// What a notice says of an intervention that has been done.
enum InterventionNews {
  /// - Parameters:
  ///   - tree: After it.
  ///   - settings: Before it.
  static func text(
    of intervention: Intervention, in tree: SearchTree, since settings: SearchSettings,
    texts: any TextSource
  ) -> String? {
    let took = intervention.relation == .undo ? "Taken back: " : ""
    switch intervention.action {
    case .prune(let id):
      guard let node = tree[id] else { return nil }
      return took + "\(node.number) is pruned, and what grew from it. u takes it back."
    case .restore(let id):
      guard let node = tree[id] else { return nil }
      if tree.isBehind(id), !node.isPinned {
        return
          "\(node.number) is alive again, but the search has gone on. P pins it to bring it up."
      }
      return "\(node.number) is alive again."
    case .pin(let id):
      return tree[id].map {
        "\($0.number) is pinned: its best descendant has a seat of each level."
      }
    case .unpin(let id): return tree[id].map { "\($0.number) is no longer pinned." }
    case .fork(let parent, let slot, let number, _):
      let isThere = tree[parent.child(slot: slot)] != nil
      return isThere ? "\(number) is yours: it is tried next, and pinned." : nil
    case .override(let id, let aspect, let score):
      guard let node = tree[id] else { return nil }
      guard let score else { return "\(aspect) of \(node.number) is the judge's again." }
      return "\(aspect) of \(node.number) counts as \(Wording.mark(score)) from now on."
    case .steer(let wish):
      return wish == nil
        ? "Rewrites are told no wish any more." : "Every rewrite from now on is told your wish."
    case .lock: return "Rewrites must keep that span word for word."
    case .unlock: return "Rewrites may change that span again."
    case .pause:
      guard case .person = intervention.author else { return nil }
      return "Paused: nothing new starts, what is in flight lands. p goes on."
    case .continue: return "Going on."
    case .set(let new): return took + describe(new, since: settings)
    case .stop: return "Stopping: what is in flight lands, then the best so far is the result."
    }
  }

  /// What a change of settings changed.
  private static func describe(_ new: SearchSettings, since old: SearchSettings) -> String {
    var shape: [String] = []
    if new.beam != old.beam { shape.append("beam \(new.beam)") }
    if new.actions != old.actions { shape.append(Wording.plural(new.actions, "rewrite")) }
    if new.depth != old.depth { shape.append("depth \(new.depth)") }
    var most: [String] = []
    var lifted: [String] = []
    func tell<Value: Equatable>(
      _ limit: Value?, _ before: Value?, of what: String, _ words: (Value) -> String
    ) {
      guard limit != before else { return }
      if let limit { most.append(words(limit)) } else { lifted.append(what) }
    }
    tell(new.maxCalls, old.maxCalls, of: "calls") { "\($0) calls" }
    tell(new.maxTokens, old.maxTokens, of: "tokens") { "\($0) tokens" }
    tell(new.maxCost, old.maxCost, of: "USD") { "$\(Wording.fixed($0))" }
    tell(new.maxMinutes, old.maxMinutes, of: "minutes") { "\(Wording.mark($0)) minutes" }
    var sentences: [String] = []
    if !shape.isEmpty { sentences.append("From the next level: \(shape.joined(separator: ", ")).") }
    if !most.isEmpty {
      sentences.append("At most \(most.joined(separator: ", ")), from now on.")
    }
    if !lifted.isEmpty {
      sentences.append("No limit of \(lifted.joined(separator: ", ")) any more.")
    }
    return sentences.isEmpty ? "That is how it was." : sentences.joined(separator: " ")
  }
}
