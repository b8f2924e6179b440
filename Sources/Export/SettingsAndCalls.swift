import Tree

extension RunRecord {
  /// Every setting of the search with its value, for a table of two columns.
  package var settingRows: [(name: String, value: String)] {
    let configuration = tree.configuration
    let settings = tree.settings
    var rows: [(name: String, value: String)] = [
      ("preset", presetWords),
      ("beam size W", "\(settings.beam)"),
      ("actions M", "\(settings.actions)"),
      ("depth L", "\(settings.depth), at most \(settings.maxDepthIncrease) more"),
      (
        "in-context examples",
        configuration.examples.isEmpty
          ? "\(settings.examplesShown) a query"
          : "\(settings.examplesShown) a query, of \(configuration.examples.count)"
      ),
      ("unreadable judgements", settings.unreadable == .zero ? "count 0" : "leave unscored"),
      ("limits", settings.limits.isEmpty ? "none" : settings.limits.joined(separator: ", ")),
      ("queries", "\(configuration.queries.count)"),
      ("seed", seed.map { "\($0)" } ?? "unknown"),
    ]
    if usesEmbeddings {
      rows.append(("examples found by", retrievalSetback ?? "their meaning (embeddings)"))
    }
    if settings.measuresLift {
      rows.append(("lift", "the initial prompt is tried on the query of each level"))
    }
    let isBegun = ended != nil || !areCallsKnown
    if isBegun {
      rows.append(("started", started?.timestamp ?? "unknown"))
      rows.append(("last event", ended?.timestamp ?? "unknown"))
    }
    return rows
  }
}

extension SearchSettings {
  /// What the run may take, such as `500 calls`; empty without a limit.
  var limits: [String] {
    [
      maxCalls?.counted("call"), maxTokens?.counted("token"), maxCost.map { "$\($0.fixed())" },
      maxMinutes.map { "\($0 == $0.rounded() ? $0.fixed(0) : $0.fixed(1)) min" },
    ].compactMap { $0 }
  }
}

extension SearchSettings {
  /// What differs, such as `beam 3, at most 500 calls, no limit of tokens`, by the names that
  /// flags have.
  func changes(since old: SearchSettings) -> String {
    let counts: [(String, KeyPath<SearchSettings, Int>)] = [
      ("beam", \.beam), ("actions", \.actions), ("depth", \.depth),
      ("levels more at most", \.maxDepthIncrease), ("examples a query", \.examplesShown),
    ]
    var changes = counts.filter { self[keyPath: $1] != old[keyPath: $1] }.map {
      "\($0) \(self[keyPath: $1])"
    }
    let added = limits.filter { !old.limits.contains($0) }
    if !added.isEmpty { changes.append("at most " + added.joined(separator: ", ")) }
    let lifted = [
      ("calls", old.maxCalls != nil && maxCalls == nil),
      ("tokens", old.maxTokens != nil && maxTokens == nil),
      ("cost", old.maxCost != nil && maxCost == nil),
      ("time", old.maxMinutes != nil && maxMinutes == nil),
    ]
    changes += lifted.filter(\.1).map { "no limit of \($0.0)" }
    if unreadable != old.unreadable {
      changes.append("unreadable judgements \(unreadable == .zero ? "count 0" : "unscored")")
    }
    return changes.isEmpty ? "what was set already" : changes.joined(separator: ", ")
  }
}

/// Who played each role and gave the embeddings, and what that took.
enum CallTable {
  static let header = [
    "role", "model", "sampling", "calls", "tokens in", "tokens out", "waited", "cost",
  ]

  /// One row a role, one for embeddings where there are any, and one for all.
  static func rows(of record: RunRecord) -> [[String]] {
    let (configuration, totals) = (record.tree.configuration, record.tree.totals)
    var shares = Role.allCases.map {
      row(
        $0.rawValue, configuration.models[$0], totals[$0], record.costWords(of: .role($0)), record)
    }
    if record.usesEmbeddings {
      let cost = record.costWords(of: .retrieval)
      shares.append(row("embeddings", configuration.embeddings, totals.retrieval, cost, record))
    }
    guard record.areCallsKnown else {
      return shares.map { Array($0[..<4]) + Array(repeating: "unknown", count: 4) }
    }
    return shares + [
      [
        "all", "", "", calls(totals.started, cached: totals.cached),
        tokens(totals.input, cached: totals.cachedInput, totals.isEstimated),
        tokens(totals.output, totals.isEstimated), "", record.costWords(),
      ]
    ]
  }

  private static func row(
    _ name: String, _ model: ModelDescription?, _ share: Totals.Share, _ cost: String,
    _ record: RunRecord
  ) -> [String] {
    [
      name, self.name(of: model), sampling(of: model),
      record.areCallsKnown ? calls(share.started, cached: share.cached) : "unknown",
      tokens(share.input, cached: share.cachedInput, share.isEstimated),
      tokens(share.output, share.isEstimated),
      share.seconds > 0 ? share.seconds.fixed(1) + " s" : "–", cost,
    ]
  }

  private static func name(of model: ModelDescription?) -> String {
    guard let model else { return "not known" }
    if model.isSimulated { return "\(model.name) (SIMULATED)" }
    return model.endpoint.map { "\(model.name) at \($0)" } ?? model.name
  }

  private static func sampling(of model: ModelDescription?) -> String {
    let parts = [
      model?.temperature.map { "temperature \($0)" }, model?.topP.map { "top_p \($0)" },
      model?.maxTokens.map { "at most \($0.counted("token"))" },
    ]
    return parts.compactMap { $0 }.joined(separator: ", ")
  }

  /// - Parameter cached: those that the run's own cache answered.
  private static func calls(_ count: Int, cached: Int) -> String {
    count.grouped + (cached == 0 ? "" : " (\(cached.grouped) from the cache)")
  }

  /// With a tilde where some of it is our own estimate.
  ///
  /// - Parameter cached: those that the server had in its cache of prefixes.
  private static func tokens(_ count: Int, cached: Int = 0, _ isEstimated: Bool) -> String {
    (isEstimated ? "~" : "") + count.grouped + (cached == 0 ? "" : " (\(cached.grouped) cached)")
  }
}
