import RunFile
import Testing
import Tree
import Workbench

@testable import espalier

/// What a follower makes of the file and of what is said besides.
struct FollowedCallsTests {
  private let call = CallKey(node: .root, step: .answer, query: 0)

  private func start() -> [RecordedEvent] {
    [RecordedEvent(ordinal: 0, time: 0, event: .flight(.started(call)))]
  }

  private func words(_ updates: [Update]) -> [String] {
    updates.compactMap { update in
      guard case .words(_, let words) = update else { return nil }
      return words
    }
  }

  @Test func `words wait for the start of their call`() {
    var calls = FollowedCalls(inFlight: [])
    #expect(calls.take(.words(call, "Dew ", after: 0)) == nil)
    #expect(calls.take(.words(call, "is", after: 4)) == nil)
    #expect(words(calls.take(start())) == ["Dew ", "is"])
    #expect(words([calls.take(.words(call, " wet", after: 6))].compactMap { $0 }) == [" wet"])
  }

  @Test func `words that are told again are passed on once`() {
    var calls = FollowedCalls(inFlight: [call])
    let asides: [Aside] = [
      .words(call, "Dew ", after: 0), .words(call, "Dew is", after: 0),
      .words(call, "is", after: 4),
      .words(call, "lost before this", after: 99), .words(call, " wet", after: 6),
    ]
    #expect(words(asides.compactMap { calls.take($0) }) == ["Dew ", "is", " wet"])
  }

  @Test func `a new start begins anew, and a call that has ended says no more`() {
    var calls = FollowedCalls(inFlight: [call])
    _ = calls.take(.words(call, "Dew", after: 0))
    _ = calls.take([RecordedEvent(ordinal: 1, time: 0, event: .flight(.reopened))])
    #expect(calls.take(.words(call, "Rain", after: 0)) == nil)
    #expect(words(calls.take(start())) == ["Rain"])
    _ = calls.take([RecordedEvent(ordinal: 3, time: 0, event: .flight(.cancelled(call)))])
    #expect(calls.take(.words(call, " falls", after: 4)) == nil)
  }
}
