import Statistics
import Tree

/// The nodes of one level with their scores: all of them answered the same query, so they can be
/// compared with each other, and with no other level.
struct LevelTable {
  struct Row {
    var node: Node
    /// One for each aspect; nil where the node has no score for it.
    var scores: [Evaluation.Score?]
  }

  let level: Int
  /// As the judge chose them; then what only an evaluation names.
  let aspects: [String]
  let rows: [Row]
  /// Of the rewards; nil where nothing is scored.
  let summary: Summary?

  init(_ level: Int, in tree: SearchTree) {
    self.level = level
    let nodes = tree.level(level)
    var names = tree.aspects[level]?.aspects.map(\.name) ?? []
    for node in nodes {
      for score in node.evaluation?.scores ?? [] where !names.contains(score.aspect) {
        names.append(score.aspect)
      }
    }
    aspects = names
    rows = nodes.map { node in
      let scores = node.evaluation?.scores ?? []
      return Row(node: node, scores: names.map { name in scores.first { $0.aspect == name } })
    }
    summary = Summary(nodes.compactMap(\.reward))
  }

  /// `6 scored, 3.00 to 4.50, mean 3.83`.
  var summaryWords: String {
    guard let summary else { return "nothing scored" }
    if summary.count == 1 { return "1 scored, \(summary.mean.fixed())" }
    return "\(summary.count) scored, \(summary.minimum.fixed()) to \(summary.maximum.fixed()), "
      + "mean \(summary.mean.fixed())"
  }
}

extension RunRecord {
  var levelTables: [LevelTable] { tree.levels.indices.map { LevelTable($0, in: tree) } }

  /// What is said wherever rewards of several levels stand together.
  static let levelsNotice =
    "Each level answers a query of its own, judged on aspects chosen for it. Rewards are to be "
    + "compared within a level; from one level to the next they say nothing about progress."
}
