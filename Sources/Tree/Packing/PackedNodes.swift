/// Nodes as a snapshot holds them, in columns: where each stands, in which order their identities are,
/// where its record begins; then the records, each read when somebody asks for it.
struct PackedNodes: Sendable {
  let count: Int
  private let bytes: [UInt8]
  private let strings: [String]
  /// Where in `bytes` the columns and the records begin.
  private let standingsStart: Int
  private let orderStart: Int
  private let offsetsStart: Int
  private let recordsStart: Int

  private typealias Cell = UInt32
  private static let cellSize = MemoryLayout<Cell>.size

  /// Packs the columns into one, and the records into the other, which is to follow it.
  static func pack(_ nodes: NodeList, columns: inout Packer, records: inout Packer) {
    columns.pack(unsigned: UInt(nodes.count))
    for standing in nodes.standings { standing.pack(into: &columns) }
    let ids = nodes.standings.map(\.id.rawValue)
    for position in ids.indices.sorted(by: { ids[$0] < ids[$1] }) {
      columns.append(Cell(clamping: position))
    }
    for position in nodes.indices {
      columns.append(Cell(clamping: records.bytes.count))
      records.pack(nodes.record(at: position))
    }
    columns.append(Cell(clamping: records.bytes.count))
  }

  /// - Parameters:
  ///   - unpacker: at the columns.
  ///   - strings: those that the records name.
  init(
    _ bytes: [UInt8], _ unpacker: inout Unpacker, strings: [String]
  ) throws(PackingFault) {
    self.bytes = bytes
    self.strings = strings
    count = try unpacker.count()
    standingsStart = try unpacker.skip(count * Node.Standing.packedSize)
    orderStart = try unpacker.skip(count * Self.cellSize)
    offsetsStart = try unpacker.skip((count + 1) * Self.cellSize)
    recordsStart = try unpacker.skip(0)
  }

  /// What follows the records.
  func rest() -> Unpacker {
    Unpacker(bytes, from: recordsStart + cell(offsetsStart, count), strings: strings)
  }

  func standings() throws(PackingFault) -> [Node.Standing] {
    var standings: [Node.Standing] = []
    standings.reserveCapacity(count)
    for position in 0..<count {
      let start = standingsStart + position * Node.Standing.packedSize
      let standing = bytes.withUnsafeBytes {
        Node.Standing(
          unpacking: UnsafeRawBufferPointer(rebasing: $0[start..<start + Node.Standing.packedSize])
        )
      }
      // Only the root has no parent, and who comes later stands one level below one who came before.
      let level = standing?.parent.map { $0 < position ? standings[$0].level + 1 : -1 }
      guard let standing, standing.level == (position == 0 ? 0 : level),
        (position == 0) == (level == nil)
      else { throw PackingFault() }
      standings.append(standing)
    }
    guard !standings.isEmpty else { throw PackingFault() }
    return standings
  }

  func position(of id: NodeID) -> Int? {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      let position = cell(orderStart, middle)
      guard position < count else { return nil }
      let found = self.id(at: position)
      if found == id.rawValue { return position }
      if found < id.rawValue { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  /// A record that can't be read is an empty one: the bytes have been checked as a whole before, so
  /// that this happens in a forged snapshot only.
  func record(at position: Int) -> Node.Record {
    var unpacker = Unpacker(
      bytes, from: recordsStart + cell(offsetsStart, position), strings: strings)
    return (try? unpacker.unpack(Node.Record.self)) ?? Node.Record(prompt: nil, level: 0)
  }

  private func id(at position: Int) -> UInt64 {
    load(standingsStart + position * Node.Standing.packedSize)
  }

  private func cell(_ start: Int, _ place: Int) -> Int {
    Int(load(start + place * Self.cellSize) as Cell)
  }

  private func load<Value: FixedWidthInteger>(_ offset: Int) -> Value {
    bytes.withUnsafeBytes {
      Value(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Value.self))
    }
  }
}
