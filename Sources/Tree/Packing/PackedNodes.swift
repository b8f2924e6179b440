/// What a snapshot holds of nodes besides where they stand: the order of their identities, and their
/// records in pages, each asked for when somebody looks at a node of it.
struct PackedNodes: Sendable {
  /// Nodes a page: few enough that a look at one costs little.
  static let pageSize = 64

  var count: Int { order.count }
  /// The positions of the nodes in the order of their identities.
  private let order: [Cell]
  private let strings: [String]
  private let pages: any RecordPages

  private typealias Cell = UInt32
  private static let cellSize = MemoryLayout<Cell>.size

  /// Packs the columns.
  static func pack(_ standings: [Node.Standing], into packer: inout Packer) {
    packer.pack(unsigned: UInt(standings.count))
    for standing in standings { standing.pack(into: &packer) }
    let ids = standings.map(\.id.rawValue)
    for position in ids.indices.sorted(by: { ids[$0] < ids[$1] }) {
      packer.append(Cell(clamping: position))
    }
  }

  /// Packs the records.
  ///
  /// - Parameter strings: gets those that they name.
  static func pages(of nodes: NodeList, strings: inout Packer) -> [[UInt8]] {
    stride(from: 0, to: nodes.count, by: pageSize).map { start in
      let end = min(start + pageSize, nodes.count)
      let records = (start..<end).map { position in
        strings.apart { $0.pack(nodes.record(at: position)) }
      }
      // Where each begins stands before them.
      var page = Packer()
      var offset = (end - start) * cellSize
      for record in records {
        page.append(Cell(clamping: offset))
        offset += record.count
      }
      for record in records { page.append(record) }
      return page.bytes
    }
  }

  /// - Parameters:
  ///   - unpacker: at the columns; then after them.
  ///   - pages: those of the records.
  /// - Returns: where the nodes stand, and the rest.
  static func unpack(
    _ unpacker: inout Unpacker, pages: any RecordPages
  ) throws(PackingFault) -> (standings: [Node.Standing], rest: PackedNodes) {
    let count = try unpacker.count()
    let start = try unpacker.skip(count * Node.Standing.packedSize)
    let standings = standings(count, in: unpacker.bytes, from: start)
    guard !standings.isEmpty, standings.count == count else { throw PackingFault() }
    let orderStart = try unpacker.skip(count * cellSize)
    let order = unpacker.bytes.withUnsafeBytes { bytes in
      (0..<count).map { place in
        Cell(
          littleEndian: bytes.loadUnaligned(
            fromByteOffset: orderStart + place * cellSize, as: Cell.self))
      }
    }
    return (standings, PackedNodes(order: order, strings: unpacker.strings, pages: pages))
  }

  /// - Returns: those before the first that no node is packed as.
  private static func standings(
    _ count: Int, in bytes: [UInt8], from start: Int
  ) -> [Node.Standing] {
    var standings: [Node.Standing] = []
    standings.reserveCapacity(count)
    bytes.withUnsafeBytes { bytes in
      for position in 0..<count {
        let start = start + position * Node.Standing.packedSize
        let packed = UnsafeRawBufferPointer(
          rebasing: bytes[start..<start + Node.Standing.packedSize])
        guard let standing = Node.Standing(unpacking: packed, after: standings) else { break }
        standings.append(standing)
      }
    }
    return standings
  }

  /// - Parameter standings: of these nodes, and maybe of others after them.
  func position(of id: NodeID, in standings: [Node.Standing]) -> Int? {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      let position = Int(order[middle])
      guard position < count else { return nil }
      let found = standings[position].id
      if found == id { return position }
      if found.rawValue < id.rawValue { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  /// A record that can't be read is an empty one: the bytes have been checked before, so that this
  /// happens in a forged snapshot only.
  func record(at position: Int) -> Node.Record {
    (try? storedRecord(at: position)) ?? Node.Record(prompt: nil, level: 0)
  }

  private func storedRecord(at position: Int) throws(PackingFault) -> Node.Record {
    let (page, place) = position.quotientAndRemainder(dividingBy: Self.pageSize)
    let bytes = pages.page(page)
    var table = Unpacker(bytes, from: place * Self.cellSize)
    let start = Int(try table.integer(Cell.self))
    var unpacker = Unpacker(bytes, from: start, strings: strings)
    return try unpacker.unpack()
  }
}
