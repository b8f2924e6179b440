import TestSupport
import Testing

@testable import Tree

/// A moment packed and unpacked is the same moment, and goes on as the other would.
@Suite struct PackingTests {
  @Test(arguments: 1...40) func unpacksToTheSame(seed: UInt64) throws {
    let (configuration, events) = Self.history(seed: seed)
    var moment = RunMoment(configuration: configuration)
    let cuts = stride(from: 0, through: events.count, by: 17)
    for (count, event) in events.enumerated() {
      if cuts.contains(count) { try Self.expectSame(moment, configuration) }
      moment.take(event)
    }
    try Self.expectSame(moment, configuration)
  }

  @Test func unpacksToTheSameAfterEachEvent() throws {
    let (configuration, events) = Self.history(seed: 99)
    var moment = RunMoment(configuration: configuration)
    for event in events.prefix(150) {
      moment.take(event)
      try Self.expectSame(moment, configuration)
    }
  }

  @Test(arguments: 1...10) func goesOnLikeTheOther(seed: UInt64) throws {
    let (configuration, events) = Self.history(seed: seed)
    let whole = RunMoment(configuration: configuration, events: events)
    for cut in stride(from: 1, to: events.count, by: 29) {
      let part = RunMoment(configuration: configuration, events: events[..<cut])
      var unpacked = try RunMoment(configuration: configuration, packed: part.packed())
      for event in events[cut...] { unpacked.take(event) }
      let isSame = unpacked.tree == whole.tree && unpacked.packed() == whole.packed()
      #expect(isSame, "cut at \(cut)")
    }
  }

  /// Any bytes are refused or are some tree: nothing stops the program.
  @Test func damagedBytesDoNoHarm() {
    let (configuration, events) = Self.history(seed: 5)
    let packed = RunMoment(configuration: configuration, events: events).packed()
    var chance = SeededGenerator(seed: 5)
    for _ in 0..<2_000 {
      var bytes = packed
      if Bool.random(using: &chance) {
        Self.damage(&bytes.head, &chance)
      } else {
        Self.damage(&bytes.pages[Int.random(in: packed.pages.indices, using: &chance)], &chance)
      }
      guard let moment = try? RunMoment(configuration: configuration, packed: bytes) else {
        continue
      }
      var tree = moment.tree
      for node in tree.nodes { _ = tree.path(to: node.id) + node.children.compactMap { tree[$0] } }
      _ = (tree.best, tree.front)
      for event in events { tree.apply(event.event) }
    }
  }

  private static func damage(_ bytes: inout [UInt8], _ chance: inout SeededGenerator) {
    let place = Int.random(in: bytes.indices, using: &chance)
    if Bool.random(using: &chance) {
      bytes[place] = UInt8.random(in: 0...255, using: &chance)
    } else {
      bytes.removeLast(bytes.count - place)
    }
  }

  /// When this fails, what a tree holds, how it is packed or what an event does to it has changed:
  /// raise `SearchTree.packingVersion`, and put the new number here.
  @Test func theVersionIsOfThisForm() {
    var hash = StableHash(seed: UInt64(SearchTree.packingVersion))
    for seed in 1...12 as ClosedRange<UInt64> {
      let (configuration, events) = Self.history(seed: seed)
      let packed = RunMoment(configuration: configuration, events: events).packed()
      for bytes in [packed.head] + packed.pages { hash.combine(bytes) }
    }
    #expect(SearchTree.packingVersion == 5)
    #expect(hash.finalize() == 3_844_568_306_303_675_689)
  }

  // MARK: Histories

  private static func expectSame(
    _ moment: RunMoment, _ configuration: RunConfiguration
  ) throws {
    let packed = moment.packed()
    let unpacked = try RunMoment(configuration: configuration, packed: packed)
    // Told in a word: two whole trees would fill the screen.
    let isSame =
      unpacked.tree == moment.tree && unpacked.tree.inFlight == moment.tree.inFlight
      && unpacked.tree.totals == moment.tree.totals && unpacked.count == moment.count
      && unpacked.work == moment.work && unpacked.packed() == packed
    let isFound = unpacked.tree.nodes.indices.allSatisfy {
      unpacked.tree.position(of: unpacked.tree.nodes[$0].id) == $0
    }
    #expect(isSame && isFound, "after \(moment.count) events")
  }

  /// A search with faults, interventions and embeddings, and some of its events twice or lost.
  private static func history(seed: UInt64) -> (RunConfiguration, [RecordedEvent]) {
    var chance = SeededGenerator(seed: seed)
    var driver = SearchDriver(
      configuration: .scripted(depth: 5), world: ScriptedWorld(), order: seed)
    for _ in 0..<120 {
      driver.step()
      switch Int.random(in: 0..<9, using: &chance) {
      case 0: driver.intervene(.random(in: driver.tree, using: &chance))
      case 1: driver.undo()
      case 2: driver.redo()
      default: break
      }
    }
    var log = driver.log
    for number in 0..<6 {
      log.insert(
        embedding(number / 2, &chance), at: Int.random(in: log.indices, using: &chance))
    }
    for _ in 0..<6 {
      let place = Int.random(in: log.indices, using: &chance)
      if Bool.random(using: &chance) { log.remove(at: place) } else { log.append(log[place]) }
    }
    let events = log.enumerated().map {
      RecordedEvent(ordinal: $0.offset, time: 1_000 + Double($0.offset) / 4, event: $0.element)
    }
    return (driver.tree.configuration, events)
  }

  private static func embedding(
    _ number: Int, _ chance: inout SeededGenerator
  ) -> RunEvent {
    let model = Bool.random(using: &chance) ? "m at h" : "n at h"
    let usage = Usage(
      input: 90, isEstimated: true, cost: Bool.random(using: &chance) ? 0.5 : nil)
    let reply = { vectors, setback in
      RunEvent.flight(
        .embedded(
          EmbeddingReply(
            number: number, model: model, texts: 4, vectors: vectors, usage: usage,
            setback: setback)))
    }
    return switch Int.random(in: 0..<6, using: &chance) {
    case 0: reply(nil, .budget(.cost))
    case 1: reply(nil, .failed("Nobody is there."))
    case 2: reply(nil, nil)
    case 3: reply(Text("vectors \(number)"), nil)
    default:
      .flight(
        .embedding(EmbeddingRequest(number: number, model: model, texts: 4, most: usage)))
    }
  }
}
