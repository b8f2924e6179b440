/// A run as it was after some of its events: what these add up to.
package struct RunMoment: Sendable {
  package private(set) var tree: SearchTree
  package private(set) var work = WorkTime()
  /// How many events.
  package private(set) var count = 0

  package init(configuration: RunConfiguration) {
    tree = SearchTree(configuration: configuration)
  }

  package init(configuration: RunConfiguration, events: some Sequence<RecordedEvent>) {
    self.init(configuration: configuration)
    for event in events { take(event) }
  }

  package mutating func take(_ event: RecordedEvent) {
    work.take(event, isResting: tree.isResting)
    tree.apply(event.event)
    count += 1
  }
}

/// How long a run has been at work, told from the times of its events: neither pauses nor the time
/// between two sittings count.
package struct WorkTime: Hashable, Sendable {
  package private(set) var seconds = 0.0
  /// The time of the newest event, in seconds since 1970-01-01 UTC.
  package private(set) var last: Double?

  package init() {}

  /// - Parameter isResting: Whether nothing was being done up to this event.
  package mutating func take(_ event: RecordedEvent, isResting: Bool) {
    if let last, !isResting, event.event != .flight(.reopened) {
      seconds += max(0, event.time - last)
    }
    last = max(last ?? event.time, event.time)
  }
}

extension SearchTree {
  /// Nothing is being done.
  package var isResting: Bool { isNothingInFlight && (finish != nil || isPaused) }
}

/// A run as it stands when it is opened, and the events that led there for who wants to step back.
package struct RunPast: Sendable {
  package var moment: RunMoment
  /// Reads them, all that are in `moment`.
  package var events: @Sendable () throws -> [RecordedEvent]

  package init(
    moment: RunMoment, events: @escaping @Sendable () throws -> [RecordedEvent]
  ) {
    self.moment = moment
    self.events = events
  }

  package init(configuration: RunConfiguration, events: [RecordedEvent] = []) {
    self.init(moment: RunMoment(configuration: configuration, events: events)) { events }
  }
}

// MARK: - Packing

extension RunMoment {
  /// The version of the packed form.
  package static var packingVersion: Int { SearchTree.packingVersion }

  package func packed() -> PackedMoment {
    var head = Packer()
    head.pack(count)
    head.pack(work)
    let pages = tree.pack(into: &head)
    return PackedMoment(head: head.bytes, pages: pages)
  }

  /// - Throws: as the tree's.
  package init(
    configuration: RunConfiguration, packed: PackedMoment
  ) throws(PackingFault) {
    try self.init(
      configuration: configuration, head: packed.head, pages: LoadedPages(pages: packed.pages))
    guard tree.nodes.count <= packed.pages.count * PackedNodes.pageSize else {
      throw PackingFault()
    }
  }

  /// - Parameters:
  ///   - head: what `PackedMoment` calls so.
  ///   - pages: asked for a page whenever somebody looks at a node that is in it.
  /// - Throws: as the tree's.
  package init(
    configuration: RunConfiguration, head: [UInt8], pages: any RecordPages
  ) throws(PackingFault) {
    var unpacker = Unpacker(head)
    count = try unpacker.unpack()
    work = try unpacker.unpack()
    tree = try SearchTree(configuration: configuration, from: &unpacker, pages: pages)
  }
}

extension WorkTime: Packable {
  func pack(into packer: inout Packer) {
    packer.pack(seconds)
    packer.pack(last)
  }
  init(from unpacker: inout Unpacker) throws(PackingFault) {
    self.init()
    seconds = try unpacker.unpack()
    last = try unpacker.unpack()
  }
}
