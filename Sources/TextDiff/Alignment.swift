/// Which elements of two sequences correspond, in order: the longest common subsequence as runs.
struct Alignment {
  /// A stretch of both sequences. In a common run both ranges have one length and equal elements;
  /// in another the old elements are replaced by the new ones, and one range may be empty.
  struct Run: Equatable {
    var isCommon: Bool
    var old: Range<Int>
    var new: Range<Int>
  }

  /// Bound on the elements of one side that the other has too, times those of the other: 4,000
  /// words against 4,000 take a quarter of a second and 60 MB when nothing is in its old place.
  private static let mostPairs = 16_000_000

  /// Common and other runs in turn, which together cover both sequences.
  private(set) var runs: [Run] = []

  /// Myers' algorithm, as the standard library has it, on as little as possible: it takes O(ND)
  /// time and O(D²) memory for D differences. A common start and end are set apart first, and so is
  /// what the other side does not have at all: it differs in any case, and of a rewritten text it
  /// is the larger part. Beyond `mostPairs` all between the common start and end counts as replaced.
  init(old: [Int], new: [Int]) {
    let shorter = min(old.count, new.count)
    var start = 0
    while start < shorter, old[start] == new[start] { start += 1 }
    var end = 0
    while end < shorter - start, old[old.count - 1 - end] == new[new.count - 1 - end] { end += 1 }

    let oldMiddle = start..<(old.count - end)
    let newMiddle = start..<(new.count - end)
    let inOld = Set(old[oldMiddle])
    let inNew = Set(new[newMiddle])
    let oldShared = oldMiddle.filter { inNew.contains(old[$0]) }
    let newShared = newMiddle.filter { inOld.contains(new[$0]) }
    let isTooMuch = oldShared.count * newShared.count > Self.mostPairs
    var isOldCommon = [Bool](repeating: true, count: old.count)
    var isNewCommon = [Bool](repeating: true, count: new.count)
    for index in oldMiddle { isOldCommon[index] = !isTooMuch && inNew.contains(old[index]) }
    for index in newMiddle { isNewCommon[index] = !isTooMuch && inOld.contains(new[index]) }
    if !isTooMuch {
      for change in newShared.map({ new[$0] }).difference(from: oldShared.map { old[$0] }) {
        switch change {
        case .remove(let offset, _, _): isOldCommon[oldShared[offset]] = false
        case .insert(let offset, _, _): isNewCommon[newShared[offset]] = false
        }
      }
    }

    var (i, j) = (0, 0)
    while i < old.count || j < new.count {
      let (oldStart, newStart) = (i, j)
      while i < old.count, !isOldCommon[i] { i += 1 }
      while j < new.count, !isNewCommon[j] { j += 1 }
      if i > oldStart || j > newStart {
        runs.append(Run(isCommon: false, old: oldStart..<i, new: newStart..<j))
      }
      let (oldCommon, newCommon) = (i, j)
      while i < old.count, j < new.count, isOldCommon[i], isNewCommon[j] {
        (i, j) = (i + 1, j + 1)
      }
      if i > oldCommon {
        runs.append(Run(isCommon: true, old: oldCommon..<i, new: newCommon..<j))
      }
    }
  }
}
