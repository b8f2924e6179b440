import Screen
import Statistics
import Tree

/// How much better the prompts of a path were judged than the initial one on the same queries: what
/// shows whether the search gets anywhere. Rewards of different levels can't tell, since their queries
/// differ.
struct PathLift: Hashable {
  private let pairs: [RewardPair]
  private let comparison: PairedComparison

  /// nil where there is no query that both have answered.
  ///
  /// - Parameter last: as it was before: it is taken over where nothing has changed.
  init?(of id: NodeID, in tree: SearchTree, after last: PathLift?) {
    let pairs = tree.pathPairs(to: id)
    if let last, last.pairs == pairs {
      self = last
      return
    }
    guard
      let comparison = PairedComparison(
        pairs.map { (first: $0.initial, second: $0.result) }, seed: tree.configuration.seed)
    else { return nil }
    self.pairs = pairs
    self.comparison = comparison
  }

  /// `+0.8 over the initial prompt (5 queries, 95 % -0.1…1.7)`
  var text: StyledText {
    let mean = comparison.differences.mean
    var text = StyledText(Displayable(Wording.signed(mean)), .best, .bold)
    text.append(" over the initial prompt ", .muted)
    let count = pairs.count == 1 ? "1 query" : "\(pairs.count) queries"
    let range = comparison.interval.map {
      ", 95 % \(Wording.fixed($0.lowerBound, 1))…\(Wording.fixed($0.upperBound, 1))"
    }
    text.append(Displayable("(\(count)\(range ?? ""))"), .muted)
    return text
  }
}
