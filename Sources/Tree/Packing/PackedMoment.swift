/// A moment of a run in bytes: what is needed as soon as one looks at it, and what is known of each
/// node besides where it stands, which is most of it.
package struct PackedMoment: Hashable, Sendable {
  package var head: [UInt8]
  /// Records of nodes, so many a page and in their order.
  package var pages: [[UInt8]]

  package init(head: [UInt8], pages: [[UInt8]]) {
    self.head = head
    self.pages = pages
  }
}

/// Where the records of a packed moment are.
package protocol RecordPages: Sendable {
  /// The page as it was packed; empty where it is lost.
  func page(_ number: Int) -> [UInt8]
}

/// Pages in memory.
struct LoadedPages: RecordPages {
  let pages: [[UInt8]]

  func page(_ number: Int) -> [UInt8] {
    pages.indices.contains(number) ? pages[number] : []
  }
}
