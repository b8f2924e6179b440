extension SearchTree {
  /// Why a person can't ask for the action: beyond what is impossible, it would change nothing, or is
  /// most likely a slip. A history that has such an action is valid all the same, so that `apply` goes by
  /// `refusal` alone.
  package func refusal(ofAsking action: Intervention.Action) -> Refusal? {
    if let refusal = refusal(of: action) { return refusal }
    switch action {
    case .override(let id, let aspect, nil):
      guard let node = self[id], node.overrides[aspect] == nil else { return nil }
      return .notOverridden(node.number, aspect: aspect)
    case .steer(nil): return wish == nil ? .noWish : nil
    case .lock(let span): return locks.contains(span) ? .alreadyLocked : nil
    case .set(let new):
      return new == settings ? .sameSettings : settings.slip(in: new).map(Refusal.settings)
    default: return nil
    }
  }
}

extension SearchSettings {
  /// What is wrong with the settings that are new; of those that stay nothing is said.
  fileprivate func slip(in new: SearchSettings) -> String? {
    let counts: [(what: String, KeyPath<SearchSettings, Int>, most: Int)] = [
      ("The beam", \.beam, 1_000), ("The number of rewrites a node gets", \.actions, 1_000),
      ("The depth", \.depth, 10_000),
    ]
    for (what, path, most) in counts
    where new[keyPath: path] != self[keyPath: path] && new[keyPath: path] > most {
      return "\(what) is at most \(most), not \(new[keyPath: path])."
    }
    let budgets: [(what: String, isZero: Bool)] = [
      ("0 calls", new.maxCalls == 0 && maxCalls != 0),
      ("0 tokens", new.maxTokens == 0 && maxTokens != 0),
      ("0 USD", new.maxCost == 0 && maxCost != 0),
      ("0 minutes", new.maxMinutes == 0 && maxMinutes != 0),
    ]
    return budgets.first(where: \.isZero).map {
      "With \($0.what) nothing more can be done. Stop the run to end it here."
    }
  }
}
