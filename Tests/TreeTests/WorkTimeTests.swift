import TestSupport
import Testing
import Tree

@Suite struct WorkTimeTests {
  @Test func leavesOutPausesAndTheTimeBetweenSittings() {
    let call = CallKey.aspects(query: 0)
    let pause = RunEvent.intervened(Intervention(.pause, by: .person("a")))
    let goOn = RunEvent.intervened(Intervention(.continue, by: .person("a")))
    let landed = RunEvent.completed(
      Completion(
        call: call, outcome: .failed(reason: "", isTransient: true), usage: Usage()))
    let events: [(Double, RunEvent)] = [
      (100, .flight(.started(call))),  // at work
      (110, pause),  // what is in flight still counts
      (115, landed),  // resting
      (500, goOn),
      (520, .flight(.started(call))),
      (530, landed),
      (900, .flight(.reopened)),  // another sitting
      (905, .flight(.started(call))),
    ]
    let history = events.enumerated().map {
      RecordedEvent(ordinal: $0.offset, time: $0.element.0, event: $0.element.1)
    }
    let moment = RunMoment(configuration: .scripted(), events: history)
    #expect(moment.work.seconds == 15 + 30 + 5)
  }
}
