import Tree

/// The texts read last, up to a number of bytes, so that drawing the same node again reads nothing.
struct TextCache {
  private let capacity: Int
  private var entries: [TextID: Entry] = [:]
  private var bytes = 0
  private var clock = 0

  private struct Entry {
    var content: String
    var lastUse: Int
  }

  init(capacity: Int) { self.capacity = capacity }

  subscript(id: TextID) -> String? {
    mutating get {
      clock += 1
      entries[id]?.lastUse = clock
      return entries[id]?.content
    }
  }

  mutating func insert(_ content: String, for id: TextID) {
    let size = content.utf8.count
    guard entries[id] == nil, size <= capacity else { return }
    clock += 1
    entries[id] = Entry(content: content, lastUse: clock)
    bytes += size
    if bytes > capacity { shrink() }
  }

  /// Drops the older half: seldom, so that an insertion is cheap on average.
  private mutating func shrink() {
    for (id, entry) in entries.sorted(by: { $0.value.lastUse < $1.value.lastUse }) {
      guard bytes > capacity / 2 else { return }
      entries[id] = nil
      bytes -= entry.content.utf8.count
    }
  }
}
