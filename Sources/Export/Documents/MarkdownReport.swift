import TextDiff
import Tree

/// A report on a run in GitHub's Markdown: the best prompt, how it came about, rewards, settings and
/// calls.
struct MarkdownReport {
  private let record: RunRecord
  /// The node whose prompt and lineage it shows.
  private let node: Node
  private var tree: SearchTree { record.tree }

  init(_ record: RunRecord, about node: Node) {
    self.record = record
    self.node = node
  }

  var text: String {
    ([title, promptSection] + [lineage, rewards, interventions, settings, calls].compactMap { $0 })
      .joined(separator: "\n\n") + "\n"
  }

  // MARK: Sections

  private var title: String {
    var lines = ["# \(Self.escaped(tree.configuration.name))"]
    if tree.configuration.isSimulated { lines.append("> **\(RunRecord.simulationNotice)**") }
    if record.isRedacted { lines.append("> \(RunRecord.redactionNotice)") }
    let best = record.best
    lines.append(
      "A search for a better prompt by DRPO (preset \(Self.escaped(record.presetWords))), "
        + "\(record.standing). The best prompt is node \(best.number) at level \(best.level), "
        + "path reward \(best.pathReward.reward), after \(record.callWords).")
    lines.append(Self.escaped(record.liftSentence))
    return lines.joined(separator: "\n\n")
  }

  private var promptSection: String {
    let heading = node.id == record.best.id ? "Best prompt" : "Prompt of node \(node.number)"
    guard node.prompt != nil else { return "## \(heading)\n\nNo rewrite came." }
    return "## \(heading)\n\n" + Self.fenced(record.prompt(of: node))
  }

  private var lineage: String? {
    let path = tree.path(to: node.id)
    guard path.count > 1 else { return nil }
    let steps = zip(path, path.dropFirst()).map { parent, child in
      step(from: parent, to: child)
    }
    return "## How it came about\n\n" + steps.joined(separator: "\n\n")
  }

  private func step(from parent: Node, to child: Node) -> String {
    var parts = [
      "### Level \(child.level), node \(child.number): "
        + Self.escaped(record.change(of: child).oneLine),
      "Reward \(child.reward.reward) on the query of its level, state "
        + "\(record.stateWord(of: child)).",
    ]
    if child.prompt != nil, child.origin != .copy {
      let lines = Self.changedLines(
        from: record.prompt(of: parent), to: record.prompt(of: child))
      if !lines.isEmpty { parts.append(Self.fenced(lines, language: "diff")) }
    }
    return parts.joined(separator: "\n\n")
  }

  private var rewards: String {
    let tables = record.levelTables.map(table)
    return "## Rewards by level and aspect\n\n\(RunRecord.levelsNotice)\n\n"
      + tables.joined(separator: "\n\n")
  }

  private func table(_ table: LevelTable) -> String {
    var parts = ["### Level \(table.level)"]
    if let query = record.query(ofLevel: table.level) {
      parts.append(Self.quoted(query))
    }
    parts.append("\(table.summaryWords).")
    let rows = table.rows.map { row in
      ["\(row.node.number)", record.stateWord(of: row.node)]
        + row.scores.map { mark($0, of: row.node) }
        + [row.node.reward.reward, record.pathReward(of: row.node).reward]
    }
    parts.append(
      Self.table(["node", "state"] + table.aspects + ["reward", "path reward"], rows))
    return parts.joined(separator: "\n\n")
  }

  private func mark(_ score: Evaluation.Score?, of node: Node) -> String {
    guard let score else { return "–" }
    return score.value.mark + (node.overrides[score.aspect] == nil ? "" : " by a person")
  }

  private var interventions: String? {
    guard !record.ledger.interventions.isEmpty else { return nil }
    let rows = record.ledger.interventions.map { entry in
      [
        entry.time > 0 ? entry.time.timestamp : "–", EventWords.author(entry.intervention),
        record.wholeWords.action(entry), record.reason(of: entry.intervention) ?? "",
      ]
    }
    return "## Interventions\n\n" + Self.table(["when", "who", "what", "why"], rows)
  }

  private var settings: String {
    "## Settings\n\n" + Self.table(["setting", "value"], record.settingRows.map { [$0, $1] })
  }

  private var calls: String {
    "## Models and calls\n\n" + Self.table(CallTable.header, CallTable.rows(of: record))
  }
}

// MARK: - Markdown

extension MarkdownReport {
  /// A fence that no run of backticks in the text can end.
  private static func fenced(_ text: String, language: String = "") -> String {
    var longest = 0
    var run = 0
    for byte in text.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return "\(fence)\(language)\n\(text.visible)\n\(fence)"
  }

  /// Plain text that Markdown takes for nothing else.
  ///
  /// - Parameter startsLine: whether it could be taken for a heading or an item of a list.
  private static func escaped(_ text: String, startsLine: Bool = false) -> String {
    var escaped = ""
    var isAtStart = startsLine
    for character in text.visible {
      let opens = "#+-.)=:".contains(character) && isAtStart
      if opens || "\\`*_{}[]<>|~&$@".contains(character) { escaped.append("\\") }
      escaped.append(character)
      // Digits may be the number of an item.
      isAtStart = isAtStart && (character.isNumber || character.isWhitespace)
    }
    return escaped
  }

  private static func quoted(_ text: String) -> String {
    text.visible.split(separator: "\n", omittingEmptySubsequences: false)
      .map { line in "> " + escaped(String(line), startsLine: true) }.joined(separator: "\n")
  }

  private static func table(_ header: [String], _ rows: [[String]]) -> String {
    func line(_ cells: [String]) -> String {
      "| " + cells.map { escaped($0.oneLine) }.joined(separator: " | ") + " |"
    }
    let rule = "|" + String(repeating: " --- |", count: header.count)
    return ([line(header), rule] + rows.map(line)).joined(separator: "\n")
  }

  /// The lines that differ, as `diff` marks them, and `…` for those between that do not.
  private static func changedLines(from old: String, to new: String) -> String {
    var lines: [String] = []
    var isInGap = false
    for row in SideBySide.rows(left: old, right: new) {
      if row.kind == .same {
        if !isInGap { lines.append("  …") }
        isInGap = true
        continue
      }
      isInGap = false
      if let left = row.left { lines.append("- " + left.text) }
      if let right = row.right { lines.append("+ " + right.text) }
    }
    return lines == ["  …"] ? "" : lines.joined(separator: "\n")
  }
}
