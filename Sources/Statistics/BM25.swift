/// Ranks texts by the words they share with a query: Okapi BM25 as in S. Robertson and H. Zaragoza,
/// "The Probabilistic Relevance Framework: BM25 and Beyond", Foundations and Trends in Information
/// Retrieval 3(4), 2009.
///
/// The weight of a word in n of N texts is `ln(1 + (N - n + 0.5) / (n + 0.5))`, which stays above 0
/// for words of most texts. Ranks depend on nothing but the texts: sums run in the order of the
/// query's words, and the logarithm is this room's own.
package struct BM25: Sendable {
  /// A word's count in one document.
  private struct Posting {
    var document: Int
    var count: Int
  }

  /// How soon repeating a word stops to count: the usual choice between 1.2 and 2.
  private static let saturation = 1.2
  /// How much a long document is held back: 0 not at all, 1 in full.
  private static let lengthWeight = 0.75

  private let postings: [String: [Posting]]
  /// For each document, its length's part of the denominator.
  private let lengthNorms: [Double]
  private let ignoring: Set<String>

  /// - Parameter ignoring: words that count neither in documents nor in queries, in lower case:
  ///   `Words.englishStopWords`, or none.
  package init(documents: [String], ignoring: Set<String> = []) {
    self.ignoring = ignoring
    var postings: [String: [Posting]] = [:]
    var lengths: [Int] = []
    lengths.reserveCapacity(documents.count)
    for (index, document) in documents.enumerated() {
      let counts = Self.counted(document, ignoring: ignoring)
      lengths.append(counts.reduce(0) { $0 + $1.count })
      for (word, count) in counts {
        postings[word, default: []].append(Posting(document: index, count: count))
      }
    }
    let mean = max(
      Double(lengths.reduce(0, +)) / Double(max(lengths.count, 1)), .leastNonzeroMagnitude)
    self.postings = postings
    self.lengthNorms = lengths.map {
      Self.saturation * (1 - Self.lengthWeight + Self.lengthWeight * Double($0) / mean)
    }
  }

  /// The indices of the `k` documents that fit the query best, the best first, equals by index. All
  /// of them when there are fewer; documents that share no word come last and are still given.
  package func nearest(_ k: Int, to query: String) -> [Int] {
    let scores = scores(for: query)
    let ranked = scores.indices.sorted {
      scores[$0] == scores[$1] ? $0 < $1 : scores[$0] > scores[$1]
    }
    return Array(ranked.prefix(max(k, 0)))
  }

  /// The score of each document; 0 without a word in common. A word that the query repeats counts
  /// as often as it is there.
  package func scores(for query: String) -> [Double] {
    var scores = [Double](repeating: 0, count: lengthNorms.count)
    let total = Double(lengthNorms.count)
    for (word, repeats) in Self.counted(query, ignoring: ignoring) {
      guard let found = postings[word] else { continue }
      let having = Double(found.count)
      let weight = Double(repeats) * (1 + (total - having + 0.5) / (having + 0.5)).naturalLogarithm
      for posting in found {
        let count = Double(posting.count)
        scores[posting.document] +=
          weight * count * (Self.saturation + 1) / (count + lengthNorms[posting.document])
      }
    }
    return scores
  }

  /// The words of a text with their counts, in the order of their first appearance.
  private static func counted(
    _ text: String, ignoring: Set<String>
  ) -> [(word: String, count: Int)] {
    var places: [String: Int] = [:]
    var counts: [(word: String, count: Int)] = []
    for word in Words.lowercased(in: text) where !ignoring.contains(word) {
      if let place = places[word] {
        counts[place].count += 1
      } else {
        places[word] = counts.count
        counts.append((word, 1))
      }
    }
    return counts
  }
}
