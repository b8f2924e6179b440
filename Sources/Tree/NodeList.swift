/// The nodes of a tree in the order of their making, the root first. A position never changes, as
/// nodes are only added.
///
/// Where nodes stand is kept for itself, so that a look at all of 100,000 reads a few megabytes; the
/// records are kept in pages, which stay packed until one of their nodes changes, so that a tree from
/// a snapshot is there at once.
package struct NodeList: Sendable {
  package private(set) var standings: [Node.Standing] = []
  /// Empty where the page is still packed.
  private var pages: [[Node.Record]] = []
  private let packed: PackedNodes?
  /// Positions of the nodes that are not in `packed`, which knows its own.
  private var added: [NodeID: Int] = [:]

  private static let pageSize = PackedNodes.pageSize

  init() { packed = nil }

  /// - Parameters:
  ///   - unpacker: at the nodes; then after them.
  ///   - pages: those of the records.
  init(
    from unpacker: inout Unpacker, pages records: any RecordPages
  ) throws(PackingFault) {
    let (standings, packed) = try PackedNodes.unpack(&unpacker, pages: records)
    self.standings = standings
    self.packed = packed
    pages = Array(repeating: [], count: (standings.count + Self.pageSize - 1) / Self.pageSize)
    for position in standings.indices { link(position) }
  }

  package func position(of id: NodeID) -> Int? {
    if let position = added[id] { return position }
    return packed?.position(of: id, in: standings)
  }

  /// The positions of the nodes of each level, in the order of their making.
  func positionsByLevel() -> [[Int32]] {
    var levels: [[Int32]] = []
    var start = 0
    // Neighbours are mostly of one level.
    while start < standings.count {
      let level = standings[start].level
      let end = standings[start...].firstIndex { $0.level != level } ?? standings.count
      if level == levels.count { levels.append([]) }
      levels[level] += Int32(clamping: start)..<Int32(clamping: end)
      start = end
    }
    return levels
  }

  /// The positions of the children, in the order of `Node.children`.
  package func children(of position: Int) -> Children {
    Children(standings: standings, upcoming: standings[position].firstChildPosition)
  }

  package struct Children: Sequence, IteratorProtocol {
    fileprivate let standings: [Node.Standing]
    fileprivate var upcoming: Int?

    package mutating func next() -> Int? {
      guard let position = upcoming else { return nil }
      upcoming = standings[position].nextSiblingPosition
      return position
    }
  }

  func record(at position: Int) -> Node.Record {
    let (page, place) = position.quotientAndRemainder(dividingBy: Self.pageSize)
    if pages[page].isEmpty, let packed { return packed.record(at: position) }
    return pages[page][place]
  }

  // MARK: Changes

  mutating func add(_ standing: Node.Standing, _ record: Node.Record) {
    let position = standings.count
    added[standing.id] = position
    standings.append(standing)
    standings[position].note(record)
    link(position)
    if position % Self.pageSize == 0 {
      pages.append([])
    } else {
      unpack(position / Self.pageSize)
    }
    pages[position / Self.pageSize].append(record)
  }

  /// Changes what is known of a node besides where it stands.
  mutating func change<Result>(
    _ position: Int, _ body: (inout Node.Record) -> Result
  ) -> Result {
    let (page, place) = position.quotientAndRemainder(dividingBy: Self.pageSize)
    unpack(page)
    defer { standings[position].note(pages[page][place]) }
    return body(&pages[page][place])
  }

  /// Changes where a node stands.
  mutating func move(_ position: Int, _ body: (inout Node.Standing) -> Void) {
    body(&standings[position])
  }

  private mutating func unpack(_ page: Int) {
    guard pages[page].isEmpty, let packed else { return }
    let start = page * Self.pageSize
    let end = Swift.min(start + Self.pageSize, packed.count)
    guard start < end else { return }
    pages[page] = (start..<end).map(packed.record(at:))
  }

  private mutating func link(_ position: Int) {
    guard let parent = standings[position].parent else { return }
    if let elder = standings[parent].link(lastChild: position) {
      standings[elder].link(nextSibling: position)
    }
  }
}

extension NodeList: RandomAccessCollection, Equatable {
  package var startIndex: Int { 0 }
  package var endIndex: Int { standings.count }

  package subscript(position: Int) -> Node {
    let standing = standings[position]
    return Node(
      standing: standing, record: record(at: position),
      parent: standing.parent.map { standings[$0].id },
      children: standing.hasChildren ? children(of: position).map { standings[$0].id } : [])
  }

  package static func == (a: Self, b: Self) -> Bool { a.elementsEqual(b) }
}
