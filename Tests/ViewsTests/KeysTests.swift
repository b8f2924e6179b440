import Screen
import TestSupport
import Testing
import Tree

@testable import Views

/// What keys do, and what they say when they can't.
struct KeysTests {
  private let run = Scenario.sketch

  private func state() -> State { run.state(120, 40) }

  private func number(_ state: State) -> Int { state.selected.number }

  // MARK: Moving about

  @Test func arrowsAndLettersMoveTheSelection() {
    for (down, up) in [(Stroke.down, Stroke.up), (.character("j"), .character("k"))] {
      var state = state()
      state.goTo(8)
      state.press(down)
      #expect(number(state) == 17)
      state.press(up, up)
      #expect(number(state) == 4)
    }
  }

  @Test func theEndsStop() {
    var state = state()
    state.press(.home, .up)
    #expect(number(state) == 0)
    state.press(.end, .down)
    #expect(number(state) == 10)
    state.type("g")
    #expect(number(state) == 0)
    state.type("G")
    #expect(number(state) == 10)
  }

  @Test func leftAndRightGoAlongTheBranch() {
    var state = state()
    state.goTo(18)
    state.press(.left)
    #expect(number(state) == 8)
    state.press(.left, .left, .left, .left, .left)
    #expect(number(state) == 0)
    state.press(.right)
    #expect(number(state) == 1)
    state.type("lh")
    #expect(number(state) == 1)
  }

  @Test func bGoesToTheBest() {
    var state = state()
    state.type("b")
    #expect(number(state) == 18)
  }

  @Test func searchFindsPromptsChangesAndNumbers() {
    var state = state()
    state.type("g/comprehensive")
    state.press(.enter)
    #expect(number(state) == 11)
    state.type("/be exact")
    state.press(.enter)
    #expect(number(state) == 21)
    state.type("/nowhere at all")
    state.press(.enter)
    #expect(number(state) == 21)
    #expect(state.notice?.text == "\"nowhere at all\" is nowhere in this run's prompts.")
  }

  @Test func nextAndPreviousMatchGoAround() {
    var state = state()
    state.type("g/sophisticated")
    state.press(.enter)
    #expect(number(state) == 17)
    state.type("n")
    #expect(number(state) == 19)
    state.type("n")
    #expect(number(state) == 17)
    state.type("N")
    #expect(number(state) == 19)
  }

  // MARK: Following

  @Test func theSelectionFollowsUntilItIsMoved() {
    var run = run
    let count = run.events.count
    var state = state()
    #expect(number(state) == 20)
    var moved = state
    moved.press(.up)
    let kept = number(moved)
    for number in 20...22 { run.judgeLate(number) }
    for number in 23...25 { run.intervene(.prune(run[number])) }
    run.open(20, [26, 27, 28])
    state.follow(run, from: count)
    moved.follow(run, from: count)
    #expect(number(state) == 26)
    #expect(number(moved) == kept)
    moved.type("F")
    #expect(number(moved) == 26)
  }

  @Test func withinALevelTheSelectionStays() {
    var run = run
    let count = run.events.count
    var state = state()
    run.judgeLate(20)
    state.follow(run, from: count)
    #expect(number(state) == 20)
  }

  // MARK: Folding

  @Test func enterFoldsAndUnfolds() {
    var state = state()
    let rows = state.outline.rows.count
    state.goTo(8)
    state.press(.enter)
    #expect(state.outline.rows.count == rows - 6)
    #expect(state.draw().text.contains("accurate, engaging [+6]"))
    state.press(.enter)
    #expect(state.outline.rows.count == rows)
    state.goTo(21)
    state.press(.enter)
    #expect(state.notice?.text == "21 has no children to fold.")
  }

  @Test func whatIsGoneToIsUnfolded() {
    var state = state()
    state.goTo(3)
    state.press(.enter)
    #expect(state.outline.row(of: run[18]) == nil)
    state.goTo(18)
    #expect(state.outline.row(of: run[18]) != nil)
  }

  // MARK: Panes

  @Test func tabChangesWhatTheArrowsMove() {
    var state = run.state(80, 24)
    state.goTo(18)
    state.press(.tab, .down)
    #expect(number(state) == 18)
    #expect(state.detail.top == 1)
    state.press(.backTab, .down)
    #expect(number(state) == 20)
  }

  @Test func digitsAndArrowsTurnTheTabs() {
    var state = state()
    for (key, tab) in zip("12345", DetailTab.allCases) {
      state.type(String(key))
      #expect(state.tab == tab)
    }
    state.press(.tab, .right)
    #expect(state.tab == .prompt)
    state.press(.left)
    #expect(state.tab == .calls)
  }

  @Test func capitalsScrollTheDetailFromTheTree() {
    var state = run.state(80, 24)
    state.goTo(18)
    state.type("JJK")
    #expect(state.detail.top == 1)
    #expect(number(state) == 18)
  }

  // MARK: Stepping in

  @Test func pruneIsSentAtOnceWhereItCanBeUndone() {
    var state = state()
    state.goTo(17)
    #expect(state.type("x") == [.intervene(.prune(run[17]))])
  }

  @Test(arguments: ["x", "y"])
  func aPruneThatKillsTheBeamNeedsASecondKey(_ key: String) {
    var state = state()
    state.goTo(3)
    #expect(state.type("x") == [])
    #expect(state.type(key) == [.intervene(.prune(run[3]))])
  }

  @Test func anyOtherKeyLeavesTheBeam() {
    var state = state()
    state.goTo(3)
    #expect(state.type("xn") == [])
    #expect(state.mode == nil)
    #expect(state.notice?.text == "Left as it is.")
  }

  @Test func theRootIsNotPruned() {
    var state = state()
    state.goTo(0)
    #expect(state.type("x") == [])
    #expect(state.notice?.text == Refusal.rootPruned.description)
  }

  @Test func undoAndRedoSayWhenThereIsNothing() {
    var state = Scenario().state(80, 24)
    #expect(state.type("u") == [])
    #expect(state.notice?.text == Refusal.nothingToUndo.description)
    #expect(state.type("U") == [])
    #expect(state.notice?.text == Refusal.nothingToRedo.description)
    state = self.state()
    #expect(state.type("u") == [.undo])
  }

  @Test func pPausesAndGoesOn() {
    var run = run
    var state = run.state(80, 24)
    #expect(state.type("p") == [.intervene(.pause)])
    run.intervene(.pause)
    state = run.state(80, 24)
    #expect(state.draw().text.contains("PAUSED (you)"))
    #expect(state.type("p") == [.intervene(.continue)])
  }

  @Test func afterTheFinishPSaysHowToGoOn() {
    var run = run
    run.finish(18)
    var state = run.state(80, 24)
    #expect(state.type("p") == [])
    #expect(state.notice?.text.contains(":depth N") == true)
  }

  @Test func capitalPPinsAndUnpins() {
    var run = run
    var state = run.state(80, 24)
    state.goTo(17)
    #expect(state.type("P") == [.intervene(.pin(run[17]))])
    run.intervene(.pin(run[17]))
    state = run.state(80, 24)
    state.goTo(17)
    #expect(state.type("P") == [.intervene(.unpin(run[17]))])
  }

  @Test func nothingIsChangedWhereOneOnlyReads() {
    var state = run.state(80, 24, readOnly: "This run is only shown.")
    for key in ["x", "u", "U", "p", "P", "s", "o", "f"] {
      #expect(state.type(key) == [])
      #expect(state.notice?.text == "This run is only shown.")
      #expect(state.mode == nil)
    }
  }

  // MARK: News

  @Test func aPruneAndItsUndoAreTold() {
    var run = run
    var count = run.events.count
    var state = state()
    run.intervene(.prune(run[22]))
    state.follow(run, from: count)
    #expect(state.notice?.text.hasPrefix("22 is pruned") == true)
    count = run.events.count
    run.intervene(.restore(run[22]), .undo)
    state.follow(run, from: count)
    #expect(state.notice?.text == "22 is alive again.")
    count = run.events.count
    run.intervene(.restore(run[19]))
    state.follow(run, from: count)
    #expect(state.notice?.text.contains("P pins it to bring it up") == true)
  }

  // MARK: Comparing

  @Test func spaceMarksTwoAtMost() {
    var state = state()
    for number in [8, 9, 18] {
      state.goTo(number)
      state.type(" ")
    }
    #expect(state.marks == [run[9], run[18]])
    state.type(" ")
    #expect(state.marks == [run[9]])
    state.press(.escape)
    #expect(state.marks == [])
  }

  @Test func withoutMarksCComparesWithTheParent() throws {
    var state = state()
    state.goTo(18)
    state.type("c")
    let comparison = try #require(state.comparison)
    #expect(comparison.left == run[8])
    #expect(comparison.right == run[18])
    for leave in [Stroke.escape, .character("q"), .character("c")] {
      var state = state
      #expect(state.press(leave) == [])
      #expect(state.mode == nil)
    }
  }

  @Test func theRootHasNothingToBeComparedWith() {
    var state = state()
    state.goTo(0)
    state.type("c")
    #expect(state.comparison == nil)
    #expect(state.notice?.text.contains("Nothing to compare") == true)
  }

  @Test func aNodeWithoutAPromptIsNotCompared() {
    var state = state()
    state.goTo(23)
    state.type("c")
    #expect(state.notice?.text == "23 has no prompt yet.")
  }

  // MARK: Help, hints and leaving

  @Test func helpComesAndGoes() {
    var state = state()
    state.type("?")
    #expect(state.mode == .help)
    state.type("?")
    #expect(state.mode == nil)
    state.goTo(18)
    state.type("c?")
    #expect(state.mode == .help)
    state.press(.escape)
    #expect(state.mode == .compare)
  }

  @Test func helpSaysWhatLeavingDoes() {
    for isElsewhere in [false, true] {
      var state = run.state(100, 100, isElsewhere: isElsewhere)
      state.type("?")
      let help = state.draw().text
      #expect(help.contains("finish and save what is in flight") != isElsewhere)
      #expect(help.contains("leave; the run goes on in its own process") == isElsewhere)
    }
  }

  @Test func aRunOfAnotherProcessIsLeftAtOnce() {
    var state = run.state(100, 40, isElsewhere: true)
    #expect(state.type("q") == [.quit(.now)])
    #expect(state.notice == nil)
  }

  @Test func whenItsProcessIsGoneNothingIsInFlightAndTheWayOnIsTold() {
    var run = run
    var state = run.state(100, 40, isElsewhere: true)
    _ = state.update(.words(run.key(.answer, 21), "Well, "))
    let command = "espalier resume a.espalier"
    let advice = "Its process is gone: go on with \(command)"
    _ = state.update(.gone(command))
    #expect(state.tree.isNothingInFlight && state.words.isEmpty && !state.isLive)
    #expect(state.notice?.text == advice)
    let text = state.draw().text
    #expect(text.contains("INTERRUPTED") && text.contains("nothing in flight"))
    #expect(state.type("x") == [])
    #expect(state.notice?.text == advice)
    // What it had still written comes late, and changes nothing of that.
    let count = run.events.count
    run.judge(20, [4, 4, 4])
    state.follow(run, from: count)
    #expect(state.tree.isNothingInFlight)
    _ = state.update(
      .events([
        RecordedEvent(ordinal: run.events.count, time: 9_999, event: .flight(.reopened))
      ]))
    #expect(state.rest == .none && state.notice?.text == "Another process goes on with the run.")
    #expect(state.type("q") == [.quit(.now)])
  }

  @Test(arguments: [false, true])
  func aProcessThatOnlySeemedGoneIsAskedAgain(inReplay: Bool) {
    var run = run
    var state = run.state(100, 40, isElsewhere: true)
    if inReplay { state.type("[") }
    _ = state.update(.gone("espalier resume a.espalier"))
    _ = state.update(.back)
    #expect(state.rest == .none)
    #expect(state.notice?.text == "A process is at work on the run again.")
    if inReplay { state.press(.escape) }
    // What it starts is in flight, and what it had started lands.
    let count = run.events.count
    run.judge(20, [4, 4, 4])
    run.start(.answer, 19)
    state.follow(run, from: count)
    #expect(state.tree.inFlight == [run.key(.answer, 19)] && state.isLive)
    state.goTo(18)
    #expect(state.type("x") != [] || state.mode != nil)
  }

  @Test func theWayOnIsNotToldOfASearchThatIsOver() {
    for (why, words) in [
      (FinishReason.depth, "Its process is gone. The search is over, and nothing is changed here."),
      (.calls, "Its process is gone: go on with espalier resume a.espalier"),
    ] {
      var run = run
      run.cancelAll()
      run.finish(18, why)
      var state = run.state(100, 40, isElsewhere: true)
      _ = state.update(.gone("espalier resume a.espalier"))
      state.type("x")
      #expect(state.notice?.text == words)
    }
  }

  @Test func anUnknownKeyIsNeverMetWithSilence() {
    var state = state()
    state.type("w")
    #expect(state.notice?.text == "w does nothing here. ? shows the keys.")
    state.press(.other("F7"))
    #expect(state.notice?.text == "F7 does nothing here. ? shows the keys.")
    state.press(.down)
    #expect(state.notice == nil)
  }

  @Test func noKeyHasTwoMeanings() {
    for place in [Keymap.Place.main, .compare, .help] {
      let strokes = Keymap.bindings.filter { $0.places.contains(place) }.flatMap(\.strokes)
      #expect(Set(strokes).count == strokes.count, "\(place)")
    }
  }

  @Test func quitDrainsAndThenLeaves() {
    var state = state()
    #expect(state.type("q") == [.quit(.drain)])
    #expect(state.rest == .draining)
    #expect(state.notice?.text.hasPrefix("Finishing and saving 5 calls in flight.") == true)
    #expect(state.type("q") == [.quit(.now)])
  }

  @Test func aFinishedRunIsLeftAtOnce() {
    var run = run
    run.cancelAll()
    run.finish(18)
    var state = run.state(80, 24)
    #expect(state.type("q") == [.quit(.now)])
  }
}
