extension SearchTree {
  /// Raised with every change of what a tree holds, of its packed form, and of what an event does to
  /// it: a tree that was packed under another version is not this one's. A test knows when it is due.
  package static let packingVersion = 2

  /// The whole tree in bytes, but for its configuration and the contents of its texts.
  func packed() -> [UInt8] {
    var columns = Packer()
    var body = Packer()
    PackedNodes.pack(nodes, columns: &columns, records: &body)
    pack(into: &body)
    var whole = Packer()
    whole.packStrings(of: body)
    whole.append(columns.bytes)
    whole.append(body.bytes)
    return whole.bytes
  }

  /// - Parameter start: where in the bytes the tree is.
  /// - Throws: for bytes that are no packed tree. They have to be known to be as they were packed:
  ///   not everything is looked at here.
  init(
    configuration: RunConfiguration, packed bytes: [UInt8], at start: Unpacker
  ) throws(PackingFault) {
    self.init(configuration: configuration)
    var unpacker = start
    let strings = try unpacker.unpackStrings()
    let packed = try PackedNodes(bytes, &unpacker, strings: strings)
    nodes = try NodeList(packed)
    levelPositions = []
    for (position, standing) in nodes.standings.enumerated() {
      if standing.level == levelPositions.count { levelPositions.append([]) }
      levelPositions[standing.level].append(Int32(clamping: position))
    }
    var rest = packed.rest()
    try unpack(from: &rest)
  }

  private func pack(into packer: inout Packer) {
    packer.pack(settings)
    packer.pack(nextNumber)
    packer.pack(unsettled)
    packer.pack(aspects)
    packer.pack(aspectFaults)
    packer.pack(inFlight.sorted { $0.draw(seed: 0) < $1.draw(seed: 0) })
    packer.pack(totals)
    packer.pack(extensions.sorted())
    packer.pack(seats)
    packer.pack(finish)
    packer.pack(isPaused)
    packer.pack(pauseReason)
    packer.pack(isStopping)
    packer.pack(lastBest)
    packer.pack(wish)
    packer.pack(locks)
    packer.pack(interventions)
    packer.pack(undoStack)
    packer.pack(redoStack)
    packer.pack(unreadableInARow)
    packer.pack(lastFault)
    packer.pack(ignored)
  }

  private mutating func unpack(from unpacker: inout Unpacker) throws(PackingFault) {
    settings = try unpacker.unpack()
    nextNumber = try unpacker.unpack()
    unsettled = try unpacker.unpack()
    aspects = try unpacker.unpack()
    aspectFaults = try unpacker.unpack()
    inFlight = Set(try unpacker.unpack([CallKey].self))
    totals = try unpacker.unpack()
    extensions = Set(try unpacker.unpack([Int].self))
    seats = try unpacker.unpack()
    finish = try unpacker.unpack()
    isPaused = try unpacker.unpack()
    pauseReason = try unpacker.unpack()
    isStopping = try unpacker.unpack()
    lastBest = try unpacker.unpack()
    wish = try unpacker.unpack()
    locks = try unpacker.unpack()
    interventions = try unpacker.unpack()
    undoStack = try unpacker.unpack()
    redoStack = try unpacker.unpack()
    unreadableInARow = try unpacker.unpack()
    lastFault = try unpacker.unpack()
    ignored = try unpacker.unpack()
  }
}
