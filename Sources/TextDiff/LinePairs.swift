/// Which removed lines became which added ones.
enum LinePairs {
  /// Lines with a smaller share of words in common are different lines.
  private static let leastSimilarity = 0.3
  /// With more pairs to weigh than this, none is made: the time grows with their number.
  private static let mostPairs = 250_000

  /// The pairs, in order on both sides, whose similarities sum to most.
  static func best(_ old: [Substring], _ new: [Substring]) -> [(left: Int, right: Int)] {
    guard !old.isEmpty, !new.isEmpty, old.count * new.count <= mostPairs else { return [] }
    var number = Numbering()
    let oldWords = old.map { sortedWords($0, &number) }
    let newWords = new.map { sortedWords($0, &number) }
    let width = new.count + 1
    // best[i * width + j]: the most that the lines from i and from j on can sum to.
    var best = [Double](repeating: 0, count: (old.count + 1) * width)
    var similarities = [Double](repeating: 0, count: old.count * new.count)
    for i in old.indices.reversed() {
      for j in new.indices.reversed() {
        let similarity = similarity(oldWords[i], newWords[j])
        similarities[i * new.count + j] = similarity
        var most = max(best[(i + 1) * width + j], best[i * width + j + 1])
        if similarity >= leastSimilarity {
          most = max(most, similarity + best[(i + 1) * width + j + 1])
        }
        best[i * width + j] = most
      }
    }

    var pairs: [(left: Int, right: Int)] = []
    var (i, j) = (0, 0)
    while i < old.count, j < new.count {
      let similarity = similarities[i * new.count + j]
      if similarity >= leastSimilarity,
        best[i * width + j] == similarity + best[(i + 1) * width + j + 1]
      {
        pairs.append((i, j))
        (i, j) = (i + 1, j + 1)
      } else if best[i * width + j] == best[(i + 1) * width + j] {
        i += 1
      } else {
        j += 1
      }
    }
    return pairs
  }

  private static func sortedWords(_ line: Substring, _ number: inout Numbering) -> [Int] {
    Token.all(in: line).dropFirst().map { number($0.word) }.sorted()
  }

  /// Dice's coefficient of two sorted bags of words: 0 for nothing in common, 1 for equal bags.
  private static func similarity(_ old: [Int], _ new: [Int]) -> Double {
    guard !old.isEmpty, !new.isEmpty else { return 0 }
    var (i, j, common) = (0, 0, 0)
    while i < old.count, j < new.count {
      if old[i] == new[j] {
        (i, j, common) = (i + 1, j + 1, common + 1)
      } else if old[i] < new[j] {
        i += 1
      } else {
        j += 1
      }
    }
    return 2 * Double(common) / Double(old.count + new.count)
  }
}
