/// The name a person probably meant: the nearest one, if it is near enough to be a slip.
package func suggestion(for name: String, among names: some Sequence<String>) -> String? {
  let given = Array(name.lowercased().utf8)
  let nearest =
    names
    .map { (name: $0, distance: editDistance(given, Array($0.lowercased().utf8))) }
    .min { ($0.distance, $0.name) < ($1.distance, $1.name) }
  guard let nearest, nearest.distance <= max(1, given.count / 3) else { return nil }
  return nearest.name
}

/// Insertions, deletions, replacements and swaps of neighbours between two names.
private func editDistance(_ one: [UInt8], _ other: [UInt8]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...other.count)
  for i in one.indices {
    var row = [i + 1]
    for j in other.indices {
      var best = min(last[j + 1] + 1, row[j] + 1, last[j] + (one[i] == other[j] ? 0 : 1))
      if i > 0, j > 0, one[i] == other[j - 1], one[i - 1] == other[j] {
        best = min(best, beforeLast[j - 1] + 1)
      }
      row.append(best)
    }
    beforeLast = last
    last = row
  }
  return last[other.count]
}
