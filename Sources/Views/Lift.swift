import Screen
import Statistics
import Tree

/// How much better the best prompt was judged than the initial one on the same queries: what shows
/// whether the search gets anywhere. Rewards of different levels can't tell, since their queries
/// differ.
struct Lift: Hashable {
  private let pairs: [RewardPair]
  private let comparison: PairedComparison

  /// nil where there is no query that both have answered.
  ///
  /// - Parameter last: as it was before: it is taken over where nothing has changed.
  init?(of tree: SearchTree, after last: Lift?) {
    let pairs = tree.resultPairs
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

  /// `+0.83 over the initial prompt (5 queries, 95 % -0.10…+1.70)`
  var text: StyledText {
    let mean = comparison.differences.mean
    var text = StyledText(Displayable(Wording.signed(mean, 2)), .best, .bold)
    text.append(" over the initial prompt ", .muted)
    let range = comparison.interval.map {
      ", 95 % \(Wording.signed($0.lowerBound, 2))…\(Wording.signed($0.upperBound, 2))"
    }
    text.append(
      Displayable("(\(pairs.count == 1 ? "1 query" : "\(pairs.count) queries")\(range ?? ""))"),
      .muted)
    return text
  }
}
