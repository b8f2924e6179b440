import TestSupport
import Testing

@testable import Models

@Suite struct WaitingCallsTests {
  @Test func theUrgentGoFirstInTheOrderTheyCame() {
    var waiting = WaitingCalls<Int>()
    for (id, urgency) in [2, 1, 2, 1, 0].enumerated() {
      waiting.append(id, id: UInt64(id), CallTicket(urgency: urgency))
    }
    #expect(waiting.remove(3) == 3)
    #expect(waiting.remove(3) == nil)
    #expect(waiting.count == 4)
    var order: [Int] = []
    while let next = waiting.next(by: PrefixOrder()) { order.append(next.call) }
    #expect(order == [4, 1, 0, 2])
    #expect(waiting.count == 0)
  }

  /// Against a plain list: calls come, go on and leave in any order.
  @Test(arguments: 0..<20) func isAListToWhoUsesIt(_ seed: UInt64) {
    var chance = SeededGenerator(seed: seed)
    var waiting = WaitingCalls<UInt64>()
    var list: [(id: UInt64, urgency: Int)] = []
    for id in 0..<1_000 as Range<UInt64> {
      switch Int.random(in: 0..<4, using: &chance) {
      case 0:
        let urgent = list.map(\.urgency).min()
        let place = list.firstIndex { $0.urgency == urgent }
        #expect(waiting.next(by: PrefixOrder())?.call == place.map { list.remove(at: $0).id })
      case 1:
        let gone = UInt64.random(in: 0...id, using: &chance)
        let place = list.firstIndex { $0.id == gone }
        #expect(waiting.remove(gone) == place.map { list.remove(at: $0).id })
      default:
        let urgency = Int.random(in: 0..<3, using: &chance)
        waiting.append(id, id: id, CallTicket(urgency: urgency))
        list.append((id, urgency))
      }
      #expect(waiting.count == list.count)
    }
    #expect(Set(waiting.removeAll()) == Set(list.map(\.id)))
    #expect(waiting.count == 0)
  }
}
