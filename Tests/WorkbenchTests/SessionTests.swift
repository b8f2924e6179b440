import Screen
import Testing
import Tree
import Views

@testable import Workbench

struct SessionTests {
  private static let size = Size(width: 80, height: 24)
  private let run = ToyRun()

  private func session(_ run: ToyRun) -> Session {
    Session(source: run, size: Self.size, now: 0, date: 1_000)
  }

  // MARK: Pacing

  @Test func theFirstPictureIsDueAtOnce() {
    var session = session(run)
    #expect(session.timeout(now: 0) == 0)
    #expect(session.picture(now: 0) != nil)
  }

  @Test func aFinishedRunSleepsForEver() {
    let run = ToyRun(readOnly: "Only for reading.")
    var session = session(run)
    _ = session.picture(now: 0)
    #expect(session.timeout(now: 0) == nil)
    #expect(session.picture(now: 1_000) == nil)
  }

  @Test func aPausedRunSleepsForEver() {
    run.happened(before: .intervened(Intervention(.pause, by: .person("a"))))
    var session = session(run)
    _ = session.picture(now: 0)
    #expect(session.timeout(now: 5) == nil)
  }

  @Test func aBurstOfUpdatesIsOnePicture() {
    var session = session(run)
    _ = session.picture(now: 0)
    for time in [0.001, 0.002, 0.003] {
      session.take([.storage(trouble: "full")])
      #expect(session.picture(now: time) == nil)
    }
    let wait = session.timeout(now: 0.003)
    #expect(wait.map { abs($0 - (1.0 / 60 - 0.003)) < 1e-9 } == true)
    #expect(session.picture(now: 0.02)?.text.contains("not saved: full") == true)
    #expect(session.picture(now: 0.04) == nil)
  }

  @Test func damageStaysOnTheScreen() {
    var session = session(run)
    session.take([.damaged("a.espalier is damaged.")])
    #expect(session.picture(now: 0)?.text.contains("a.espalier is damaged.") == true)
    _ = session.take(.character("j"))
    #expect(session.picture(now: 1)?.text.contains("a.espalier is damaged.") == true)
  }

  @Test func whatRunsMovesEightTimesASecond() {
    run.happened(before: .rootStarted)
    var session = session(run)
    let first = session.picture(now: 0)
    #expect(session.timeout(now: 0) == 0.125)
    var texts: Set<String> = [first?.text ?? ""]
    for step in 1...8 {
      if let picture = session.picture(now: Double(step) * 0.125) { texts.insert(picture.text) }
    }
    #expect(texts.contains { $0.contains("answering.  ") })
    #expect(texts.contains { $0.contains("answering...") })
  }

  @Test func outOfSightNothingMovesButTheClock() {
    run.happened(before: .rootStarted)
    var session = session(run)
    _ = session.take(.character("?"))
    _ = session.picture(now: 0)
    #expect(session.timeout(now: 0) == 1)
  }

  // MARK: Keys

  @Test func wishesAreSentOn() {
    var session = session(run)
    #expect(session.take(.character("p")) == [.intervene(.pause)])
    #expect(session.take(.character("u")) == [])
    #expect(session.state.draw().text.contains("There is nothing to undo."))
    #expect(session.take(.character("x")) == [])
    #expect(session.state.draw().text.contains("can't be pruned"))
  }

  @Test func aRefusalIsShown() {
    var session = session(run)
    session.take([.refused("Not now.")])
    #expect(session.state.draw().text.contains("Not now."))
  }

  @Test func nothingCanBeChangedInAFileThatIsRead() {
    var session = session(ToyRun(readOnly: "This run is only shown: resume it to change it."))
    #expect(session.take(.character("p")) == [])
    #expect(session.state.draw().text.contains("resume it to change it"))
  }

  @Test func controlLPaintsAnew() {
    var session = session(run)
    #expect(session.take(.control("l")) == [])
    #expect(session.needsRepaint)
    session.repainted()
    #expect(!session.needsRepaint)
  }

  // MARK: Leaving

  @Test func aRestingRunIsLeftAtOnce() {
    run.happened(before: .intervened(Intervention(.pause, by: .person("a"))))
    var session = session(run)
    #expect(session.take(.character("q")) == [.abort])
    #expect(session.outcome == .left)
  }

  @Test(arguments: [Stroke.character("q"), .control("c")])
  func theFirstQWaitsForWhatIsInFlight(_ stroke: Stroke) {
    run.happened(before: .rootStarted)
    var session = session(run)
    #expect(session.take(stroke) == [.drain])
    #expect(session.outcome == nil)
    #expect(session.state.draw().text.contains("QUITTING"))
    run.tell(.rootAnswered)
    session.take(run.take())
    #expect(session.outcome == nil)
    session.take([.ended])
    #expect(session.outcome == .left)
  }

  @Test func aRunAtWorkIsDrainedEvenBetweenCalls() {
    var session = session(run)
    #expect(session.take(.character("q")) == [.drain])
    #expect(session.take(.character("q")) == [.abort])
    #expect(session.outcome == .left)
  }

  @Test(arguments: [Stroke.character("q"), .control("c")])
  func theSecondLeavesAtOnce(_ stroke: Stroke) {
    run.happened(before: .rootStarted)
    var session = session(run)
    _ = session.take(.character("q"))
    #expect(session.take(stroke) == [.abort])
    #expect(session.outcome == .interrupted)
  }

  @Test func controlCLeavesFromAnywhere() {
    run.happened(before: .intervened(Intervention(.pause, by: .person("a"))))
    for keys: [Stroke] in [[.character("?")], [.character(":"), .character("a")]] {
      var session = session(run)
      for key in keys { _ = session.take(key) }
      let first = session.take(.control("c"))
      let requests = first + (session.outcome == nil ? session.take(.control("c")) : [])
      #expect(requests == [.abort])
      #expect(session.outcome == .left)
    }
  }

  @Test func aRunThatEndsByItselfStaysOnTheScreen() {
    var session = session(run)
    session.take([.ended])
    #expect(session.outcome == nil)
    #expect(session.state.draw().text.contains("AT REST"))
    #expect(session.take(.character("q")) == [.abort])
    #expect(session.outcome == .left)
  }

  @Test func aSignalLeavesAMomentForWhatIsInFlight() {
    run.happened(before: .rootStarted)
    var session = session(run)
    _ = session.picture(now: 0)
    #expect(session.terminate(now: 1) == [.drain])
    #expect(session.terminate(now: 1.5) == [])
    _ = session.picture(now: 2)
    #expect(session.outcome == nil)
    #expect(session.timeout(now: 2.9).map { $0 <= 0.1 + 1e-9 } == true)
    _ = session.picture(now: 3)
    #expect(session.outcome == .signalled)
  }

  @Test func aSignalLeavesARestingRunAtOnce() {
    run.happened(before: .intervened(Intervention(.pause, by: .person("a"))))
    var session = session(run)
    #expect(session.terminate(now: 1) == [.abort])
    #expect(session.outcome == .signalled)
  }

  @Test func aLostTerminalLeavesAtOnce() {
    run.happened(before: .rootStarted)
    var session = session(run)
    #expect(session.hangUp() == [.abort])
    #expect(session.outcome == .signalled)
  }

  @Test func anotherSizeIsDrawn() {
    var session = session(run)
    _ = session.picture(now: 0)
    session.resize(to: Size(width: 30, height: 8))
    #expect(session.picture(now: 1)?.gridSize == Size(width: 30, height: 8))
  }
}
