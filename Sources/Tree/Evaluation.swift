/// How the judge scored one response, aspect by aspect in the order of the choice.
package struct Evaluation: Hashable, Sendable, Codable {
  package struct Score: Hashable, Sendable, Codable {
    package var aspect: String
    /// `1...5`. A `Double` because a person may override with 4.5; a judge gives whole numbers.
    package var value: Double
    package var rationale: Text

    package init(aspect: String, value: Double, rationale: Text) {
      self.aspect = aspect
      self.value = value
      self.rationale = rationale
    }
  }

  package var scores: [Score]

  package init(scores: [Score]) { self.scores = scores }

  /// The dynamic reward: the mean over the aspects chosen for this query, in `1...5`; nil without
  /// any score. Summed in the order of the scores: see `SearchTree.pathReward`.
  package var reward: Double? {
    guard !scores.isEmpty else { return nil }
    return scores.reduce(0) { $0 + $1.value } / Double(scores.count)
  }
}
