package import Tree

/// A run, or one node, as plain text to read.
package struct Card {
  private let record: RunRecord

  package init(_ record: RunRecord) { self.record = record }

  // MARK: A run

  /// How it stands, its settings, who was called, and the best prompt.
  package var run: String {
    let tree = record.tree
    let best = record.best
    var parts = ["\(tree.configuration.name): \(record.standing)."]
    if tree.configuration.isSimulated { parts[0] += "\n\(RunRecord.simulationNotice)" }
    parts.append(Self.columns(record.settingRows.map { [$0.name, $0.value] }))
    parts.append(Self.columns([CallTable.header] + CallTable.rows(of: record)))
    let interventions = record.ledger.interventions.map { entry in
      [
        entry.time > 0 ? entry.time.timestamp : "–",
        record.words.line(for: entry),
      ]
    }
    if !interventions.isEmpty { parts.append("Interventions\n" + Self.columns(interventions)) }
    parts.append(
      "Best prompt: node \(best.number) at level \(best.level), path reward "
        + "\(best.pathReward.reward), after \(record.callWords). \(record.liftSentence)")
    parts.append(record.prompt(of: best))
    return parts.joined(separator: "\n\n")
  }

  // MARK: A node

  package func node(_ node: Node) -> String {
    var parts = [title(of: node)]
    func add(_ title: String, _ text: String?) {
      guard let text, !text.isEmpty else { return }
      parts.append("\(title)\n\n\(text)")
    }
    add("Prompt", record.open(node.prompt))
    add("Why it was rewritten so", record.secret(node.proposal?.analysis))
    add("Query", record.query(ofLevel: node.level))
    add("Response", record.secret(node.trial.answer?.response))
    if let notice = node.trial.answer?.end.notice { parts.append(notice) }
    add("Judgement", judgement(of: node))
    add("Trouble", record.failure(of: node))
    return parts.joined(separator: "\n\n")
  }

  private func title(of node: Node) -> String {
    let tree = record.tree
    var lines = [
      "node \(node.number), level \(node.level), \(record.stateWord(of: node)): "
        + record.change(of: node).oneLine
    ]
    if tree.configuration.isSimulated { lines.append(RunRecord.simulationNotice) }
    lines.append("reward \(node.reward.reward), path reward \(record.pathReward(of: node).reward)")
    if let parent = node.parent.flatMap({ tree[$0] }) {
      lines[lines.count - 1] += ", child of node \(parent.number)"
    }
    let children = node.children.compactMap { tree[$0]?.number }.map(String.init)
    if !children.isEmpty {
      lines[lines.count - 1] += ", parent of " + children.joined(separator: ", ")
    }
    return lines.joined(separator: "\n")
  }

  private func judgement(of node: Node) -> String? {
    guard let scores = node.evaluation?.scores, !scores.isEmpty else { return nil }
    return scores.map { score in
      var line = "\(score.aspect) \(score.value.mark)"
      if node.overrides[score.aspect] != nil { line += " by a person" }
      guard let rationale = record.secret(score.rationale), !rationale.isEmpty else { return line }
      return "\(line): \(rationale)"
    }
    .joined(separator: "\n")
  }

  /// Rows with their cells below each other.
  package static func columns(_ rows: [[String]]) -> String {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      row.enumerated().map { column, cell in
        column == row.count - 1
          ? cell : cell + String(repeating: " ", count: widths[column] - cell.count + 2)
      }
      .joined()
    }
    .joined(separator: "\n")
  }
}
