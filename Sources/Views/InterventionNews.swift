import Tree

/// What a notice says of an intervention that has been done.
enum InterventionNews {
  /// - Parameter tree: After it.
  static func text(
    of intervention: Intervention, in tree: SearchTree, texts: any TextSource
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
    case .set(let settings): return took + describe(settings)
    case .stop: return "Stopping: what is in flight lands, then the best so far is the result."
    }
  }

  private static func describe(_ settings: SearchSettings) -> String {
    let limits = [
      settings.maxCalls.map { "\($0) calls" }, settings.maxTokens.map { "\($0) tokens" },
      settings.maxCost.map { "$\(Wording.fixed($0))" },
      settings.maxMinutes.map { "\(Wording.mark($0)) minutes" },
    ].compactMap { $0 }
    let most = limits.isEmpty ? "" : " At most \(limits.joined(separator: ", ")), from now on."
    return "From the next level: beam \(settings.beam), \(settings.actions) rewrites, "
      + "depth \(settings.depth).\(most)"
  }
}
