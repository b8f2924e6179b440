extension SearchTree {
  /// Raised with every change of what a tree holds, of its packed form, and of what an event does to
  /// it: a tree that was packed under another version is not this one's. A test knows when it is due.
  package static let packingVersion = 5

  /// The whole tree in bytes, but for its configuration and the contents of its texts.
  ///
  /// - Parameter head: gets what is not in the pages.
  /// - Returns: the pages with the records of the nodes.
  func pack(into head: inout Packer) -> [[UInt8]] {
    var body = Packer()
    let pages = PackedNodes.pages(of: nodes, strings: &body)
    PackedNodes.pack(nodes.standings, into: &body)
    packRest(into: &body)
    head.packStrings(of: body)
    head.append(body.bytes)
    return pages
  }

  /// - Parameter unpacker: where the tree is.
  /// - Throws: for bytes that are no packed tree. They have to be known to be as they were packed:
  ///   not everything is looked at here.
  init(
    configuration: RunConfiguration, from unpacker: inout Unpacker, pages: any RecordPages
  ) throws(PackingFault) {
    self.init(configuration: configuration)
    try unpacker.unpackStrings()
    nodes = try NodeList(from: &unpacker, pages: pages)
    levelPositions = nodes.positionsByLevel()
    try unpackRest(from: &unpacker)
  }

  private func packRest(into packer: inout Packer) {
    packer.pack(settings)
    packer.pack(nextNumber)
    packer.pack(unsettled)
    packer.pack(aspects)
    packer.pack(aspectFaults)
    packer.pack(inFlight.sorted { $0.draw(seed: 0) < $1.draw(seed: 0) })
    packer.pack(retrieval)
    packer.pack(totals)
    packer.pack(extensions.sorted())
    packer.pack(seats)
    packer.pack(finish)
    packer.pack(pausedBy)
    packer.pack(pauseReason)
    packer.pack(isStopping)
    packer.pack(lastBest)
    packer.pack(wish)
    packer.pack(locks)
    packer.pack(interventions)
    packer.pack(undoStack)
    packer.pack(redoStack)
    for role in Role.allCases { packer.pack(unusable[role]) }
    packer.pack(ignored)
  }

  private mutating func unpackRest(from unpacker: inout Unpacker) throws(PackingFault) {
    settings = try unpacker.unpack()
    nextNumber = try unpacker.unpack()
    unsettled = try unpacker.unpack()
    aspects = try unpacker.unpack()
    aspectFaults = try unpacker.unpack()
    inFlight = Set(try unpacker.unpack([CallKey].self))
    retrieval = try unpacker.unpack()
    totals = try unpacker.unpack()
    extensions = Set(try unpacker.unpack([Int].self))
    seats = try unpacker.unpack()
    finish = try unpacker.unpack()
    pausedBy = try unpacker.unpack()
    pauseReason = try unpacker.unpack()
    isStopping = try unpacker.unpack()
    lastBest = try unpacker.unpack()
    wish = try unpacker.unpack()
    locks = try unpacker.unpack()
    interventions = try unpacker.unpack()
    undoStack = try unpacker.unpack()
    redoStack = try unpacker.unpack()
    for role in Role.allCases { unusable[role] = try unpacker.unpack(UnusableReplies?.self) }
    ignored = try unpacker.unpack()
  }
}
