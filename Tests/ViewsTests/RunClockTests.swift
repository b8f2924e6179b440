import Testing
import Tree

@testable import Views

struct RunClockTests {
  private func event(_ time: Double, _ event: RunEvent) -> RecordedEvent {
    RecordedEvent(ordinal: 0, time: time, event: event)
  }

  private let call = RunEvent.flight(.started(.aspects(query: 0)))

  @Test func timeBetweenEventsCounts() {
    var clock = RunClock()
    clock.take(event(100, call), isResting: false)
    clock.take(event(107, call), isResting: false)
    #expect(clock.seconds(isResting: true) == 7)
  }

  @Test func timeBetweenSittingsAndPausesDoesNot() {
    var clock = RunClock()
    clock.take(event(100, call), isResting: false)
    clock.take(event(5_000, .flight(.reopened)), isResting: false)
    clock.take(event(5_003, call), isResting: false)
    clock.take(event(6_000, call), isResting: true)
    #expect(clock.seconds(isResting: true) == 3)
  }

  @Test func aClockThatGoesBackTakesNothingAway() {
    var clock = RunClock()
    clock.take(event(100, call), isResting: false)
    clock.take(event(110, call), isResting: false)
    clock.take(event(90, call), isResting: false)
    clock.take(event(112, call), isResting: false)
    #expect(clock.seconds(isResting: true) == 12)
  }

  @Test func thisSittingGoesOnSinceTheLastEvent() {
    var clock = RunClock()
    clock.take(event(100, call), isResting: false)
    clock.take(event(110, call), isResting: false)
    clock.pass(to: 4_000)
    clock.pass(to: 4_005)
    #expect(clock.seconds(isResting: false) == 15)
    #expect(clock.seconds(isResting: true) == 10)
  }
}
