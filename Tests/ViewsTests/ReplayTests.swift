import Screen
import TestSupport
import Testing
import Tree

@testable import Views

/// Stepping through the past: everything is as it was then.
struct ReplayTests {
  private let run = Scenario.sketch

  private func state(readOnly: String? = nil) -> State {
    run.state(120, 40, readOnly: readOnly)
  }

  /// The tree after so many events.
  private func tree(_ count: Int) -> SearchTree {
    SearchTree(configuration: .sketch, events: run.events.prefix(count).map(\.event))
  }

  @Test func anEventBackAndOn() {
    var state = state()
    let all = run.events.count
    state.type("[")
    #expect(state.replay?.position == all - 1)
    #expect(state.tree == tree(all - 1))
    state.type("[[[")
    #expect(state.tree == tree(all - 4))
    state.type("]")
    #expect(state.tree == tree(all - 3))
    #expect(state.tree.inFlight == tree(all - 3).inFlight)
    state.type("]]]")
    #expect(state.replay == nil)
    #expect(state.tree == tree(all))
  }

  @Test func everyMomentIsAsItWas() {
    var state = state()
    for position in (0..<run.events.count).reversed() {
      state.type("[")
      #expect(state.tree == tree(position))
      #expect(state.tree[state.selection] != nil)
      _ = state.draw()
    }
    // Before the first event there is nothing.
    state.type("[")
    #expect(state.replay?.position == 0)
    for position in 1..<run.events.count {
      state.type("]")
      #expect(state.tree == tree(position))
    }
  }

  @Test func levelByLevel() {
    var state = state()
    var levels: [Int] = []
    for _ in 0..<6 {
      state.type("{")
      levels.append(state.tree.levels.count)
    }
    #expect(levels == [6, 5, 4, 3, 2, 1])
    #expect(state.replay?.position == 0)
    state.type("}}")
    #expect(state.tree.levels.count == 3)
    // Right after the decision that began it.
    guard case .decided(.open)? = state.replayed?.event else {
      Issue.record("\(String(describing: state.replayed))")
      return
    }
    state.type("}}}}")
    #expect(state.replay == nil)
  }

  @Test func whatWasNotKnownThenIsNotShown() {
    var state = state()
    #expect(state.draw().text.contains("more sophisticated"))
    state.type("{{")
    let text = state.draw().text
    #expect(text.contains("REPLAY"))
    #expect(!text.contains("more sophisticated"))
    #expect(!text.contains("blunter"))
    #expect(!text.contains("pruned, you"))
  }

  @Test func thePastStaysAsItWas() {
    var state = state()
    state.type("[[")
    for key in ["x", "u", "U", "p", "P", "s", "o", "f"] {
      #expect(state.type(key) == [])
      #expect(state.draw().text.contains("This is the past"))
      #expect(state.mode == nil)
    }
  }

  @Test func escapeGoesBackToThePresent() {
    var state = state()
    state.goTo(18)
    state.type("{{{{")
    #expect(state.number != 18)
    state.press(.escape)
    #expect(state.replay == nil)
    #expect(state.number == 18)
    #expect(state.tree == tree(run.events.count))
    #expect(state.tree.inFlight == run.tree.inFlight)
  }

  @Test func whatIsSelectedStaysSoWhereverItIs() {
    var state = state()
    state.goTo(18)
    state.type("{{{{")
    #expect(state.number != 18)
    state.type("{}}}}")
    #expect(state.replay != nil)
    #expect(state.number == 18)
    // A choice that is made in the past holds, too.
    state.goTo(2)
    state.type("{{")
    state.press(.escape)
    #expect(state.number == 2)
  }

  @Test func aRunAtRestIsLookedAtWhereItWasLookedAtThen() {
    var state = state(readOnly: "A look.")
    state.type("{{{{[")
    let number = state.number
    state.press(.escape)
    #expect(state.replay == nil)
    #expect(state.number == number)
  }

  @Test func leavingLeavesThePresent() {
    var state = state()
    state.type("{{")
    #expect(state.type("q") == [.quit(.drain)])
    #expect(state.tree.inFlight == run.tree.inFlight)
    var look = self.state(readOnly: "A look.")
    look.type("{{")
    #expect(look.type("q") == [.quit(.now)])
  }

  @Test func theRunGoesOnMeanwhile() {
    var run = Scenario.sketch
    let count = run.events.count
    var state = run.state(120, 40)
    _ = state.update(.words(run.key(.answer, 21), "Well, "))
    state.type("[[[")
    let then = state.tree
    run.judge(20, [4, 4, 4])
    state.follow(run, from: count)
    _ = state.update(.words(run.key(.answer, 21), "yes."))
    #expect(state.tree == then)
    #expect(state.draw().text.contains("of \(run.events.count - 1)"))
    state.press(.escape)
    #expect(state.tree == run.tree)
    #expect(state.tree.inFlight == run.tree.inFlight)
    #expect(state.words[run.key(.answer, 21)] == "Well, yes.")
  }

  @Test func aFileIsSteppedThroughAndOpenedInThePast() {
    var state = State(
      past: RunPast(configuration: .sketch, events: run.events), texts: TextsInMemory(),
      size: Size(width: 120, height: 40), readOnly: "A look.", at: 20)
    #expect(state.replay?.position == 21)
    #expect(state.tree == tree(21))
    state.type("[")
    #expect(state.tree == tree(20))
    #expect(!state.isLive && !state.isAnimated)
  }

  @Test func anEventIsGoneToByItsNumber() {
    var state = state(readOnly: "A look.")
    state.type(":at 20")
    state.press(.enter)
    #expect(state.replayed?.ordinal == 20)
    #expect(state.tree == tree(21))
    state.type(":at 0")
    state.press(.enter)
    #expect(state.tree == tree(1))
    state.type(":at 999")
    state.press(.enter)
    #expect(state.replay?.position == 1)
    #expect(state.notice?.text == "There is no event 999 in this run; the last is 152.")
    state.type(":at end")
    state.press(.enter)
    #expect(state.replay == nil)
    #expect(state.notice?.text == "Back in the present.")
    state.type(":at \(run.events.count - 1)")
    state.press(.enter)
    #expect(state.replay == nil)
    state.type(":at last")
    state.press(.enter)
    #expect(
      state.notice?.text
        == #"at needs the number of an event, as in: at 50, or "end" for the present; "last" is neither."#
    )
  }

  @Test func whatAnImportedRunTookIsUnknownAtEveryMoment() {
    let events = run.events.map(\.event).filter { if case .flight = $0 { false } else { true } }
      .enumerated().map { RecordedEvent(ordinal: $0, time: 0, event: $1) }
    var state = State(
      past: RunPast(configuration: .sketch, events: events), texts: TextsInMemory(),
      size: Size(width: 120, height: 40), readOnly: "A look.")
    func expectUnknown() {
      let text = state.draw().text
      #expect(text.contains(" calls unknown   tokens unknown   cost unknown  "))
    }
    expectUnknown()
    state.type(":at 0")
    state.press(.enter)
    expectUnknown()
    state.type("[")
    #expect(state.replay?.position == 0)
    expectUnknown()
  }

  @Test func aLongRunIsFoldedFromCheckpoints() {
    var timeline = Timeline(RunPast(configuration: .sketch))
    var whole = SearchTree(configuration: .sketch)
    var trees = [whole]
    // Interventions only: as many as one likes of them fit in a small tree.
    for index in 0..<2_000 {
      let wish = Text("wish \(index)")
      let event = RunEvent.intervened(Intervention(.steer(wish), by: .person("a")))
      whole.apply(event)
      trees.append(whole)
      timeline.add(
        RecordedEvent(ordinal: index, time: Double(index), event: event), levels: 1)
    }
    for position in [2_000, 1_999, 1_023, 1_024, 256, 255, 1, 0, 1_500] {
      #expect(timeline.moment(at: position).tree == trees[position])
    }
  }

  @Test func theScrubberAt120Columns() {
    var state = State(
      past: RunPast(configuration: .sketch, events: run.events), texts: TextsInMemory(),
      size: Size(width: 120, height: 40), eventWords: { _, _ in "What it was." })
    state.type("{")
    expectPicture(
      String(state.draw().text.split(separator: "\n", omittingEmptySubsequences: false)[38]),
      " event 136 of 152  ━━━━━━━━━━━━━━━━━━━━━━━━━━────  What it was.")
  }

  @Test(arguments: [(200, 50), (120, 40), (80, 24), (60, 16), (30, 8), (19, 5), (1, 1)])
  func itFitsEverySize(width: Int, height: Int) {
    var state = run.state(width, height)
    state.type("[[{[")
    let surface = state.draw()
    #expect(surface.width == width && surface.height == height)
    #expect(state.replay != nil)
  }
}

extension State {
  fileprivate var number: Int { selected.number }
}
