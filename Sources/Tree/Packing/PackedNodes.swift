/// Nodes as a snapshot holds them: where each stands and in which order their identities are, in
/// columns; and their records in pages, each asked for when somebody looks at a node of it.
struct PackedNodes: Sendable {
  /// Nodes a page: few enough that a look at one costs little.
  static let pageSize = 64

  let count: Int
  private let bytes: [UInt8]
  private let strings: [String]
  private let pages: any RecordPages
  /// Where in `bytes` the columns begin.
  private let standingsStart: Int
  private let orderStart: Int

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
  init(
    _ unpacker: inout Unpacker, pages: any RecordPages
  ) throws(PackingFault) {
    self.pages = pages
    bytes = unpacker.bytes
    strings = unpacker.strings
    count = try unpacker.count()
    standingsStart = try unpacker.skip(count * Node.Standing.packedSize)
    orderStart = try unpacker.skip(count * Self.cellSize)
  }

  func standings() throws(PackingFault) -> [Node.Standing] {
    var standings: [Node.Standing] = []
    standings.reserveCapacity(count)
    bytes.withUnsafeBytes { bytes in
      for position in 0..<count {
        let start = standingsStart + position * Node.Standing.packedSize
        let packed = UnsafeRawBufferPointer(
          rebasing: bytes[start..<start + Node.Standing.packedSize])
        guard let standing = Node.Standing(unpacking: packed, after: standings) else { break }
        standings.append(standing)
      }
    }
    guard !standings.isEmpty, standings.count == count else { throw PackingFault() }
    return standings
  }

  func position(of id: NodeID) -> Int? {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      let position = Int(load(orderStart + middle * Self.cellSize) as Cell)
      guard position < count else { return nil }
      let found: UInt64 = load(standingsStart + position * Node.Standing.packedSize)
      if found == id.rawValue { return position }
      if found < id.rawValue { low = middle + 1 } else { high = middle }
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

  private func load<Value: FixedWidthInteger>(_ offset: Int) -> Value {
    bytes.withUnsafeBytes {
      Value(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Value.self))
    }
  }
}
