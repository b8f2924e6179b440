import Testing

@testable import Tree

/// What people read when an intervention can't be done.
@Suite struct RefusalTests {
  @Test(arguments: [
    (Refusal.unknownNode(.root), "There is no such node in this run."),
    (
      .rootPruned,
      "The initial prompt can't be pruned: everything grows from it. Stop the run to end it."
    ),
    (.alreadyPruned(4), "4 is pruned already."),
    (.notPruned(4), "4 is not pruned, so there is nothing to restore."),
    (
      .ancestorPruned(9, ancestor: 4),
      "9 stands below 4, which is pruned. Restore 4 first."
    ),
    (.deadPinned(4), "4 is pruned. Restore it before pinning it."),
    (.alreadyPinned(4), "4 is pinned already."),
    (.notPinned(4), "4 is not pinned."),
    (
      .forkTooDeep(4),
      "A child of 4 would be below the last level. Fork its parent, or raise the depth."
    ),
    (.forkWithoutPrompt(4), "4 has no prompt yet, so it can't be forked."),
    (.emptyFork, "A fork needs a prompt with words in it."),
    (.slotTaken(-1), "Slot -1 has a fork already."),
    (.notJudged(4), "4 has no judgement to override yet. Wait until it is judged."),
    (
      .unknownAspect(4, aspect: "Wit", known: ["Depth", "Safety"]),
      "4 was not judged on Wit, but on Depth, Safety."
    ),
    (.scoreOutOfRange(5.5), "A score is from 1 to 5, and 5.5 is not."),
    (.alreadyPaused, "The run is paused already."),
    (.notPaused, "The run is not paused."),
    (.settings("The beam is too wide."), "The beam is too wide."),
    (.notLocked, "That span is not locked."),
    (.nothingToUndo, "There is nothing to undo."),
    (.nothingToRedo, "There is nothing to redo."),
    (.notOverridden(4, aspect: "Wit"), "The score of 4 for Wit is the judge's already."),
    (.alreadyLocked, "That span is locked already."),
    (.nowhere, "That span is in no living prompt, so there is nothing to lock."),
    (.noWish, "There is no wish to take back."),
    (.sameSettings, "That is how it is set already."),
  ])
  func `each says what is the matter`(refusal: Refusal, text: String) {
    #expect(refusal.description == text)
  }

  @Test func `each surface has its own words for what to do instead`() {
    #expect(Refusal.alreadyPruned(4).remedy == .restore(4))
    #expect(Refusal.alreadyPaused.remedy == .proceed)
    #expect(Refusal.rootPruned.remedy == nil)
  }

  /// What a person can't ask for, though a history may have it.
  @Test(
    arguments: [
      (.override(Small.id(1), aspect: "Depth", score: nil), .notOverridden(1, aspect: "Depth")),
      (.override(Small.id(1), aspect: "Depth", score: 4), nil),
      (.steer(nil), .noWish), (.steer("Short."), nil), (.lock("helpful"), nil),
      (.set(Small.configuration.settings), .sameSettings),
      (
        .set(Small.configuration.settings.with(.beam(1_000_000))),
        .settings("The beam is at most 1000, not 1000000.")
      ),
      (.set(Small.configuration.settings.with(.beam(1_000))), nil),
      (
        .set(Small.configuration.settings.with(.maxMinutes(0))),
        .settings("With 0 minutes nothing more can be done. Stop the run to end it here.")
      ),
      (.set(Small.configuration.settings.with(.maxMinutes(0.5))), nil),
    ] as [(Intervention.Action, Refusal?)])
  func `what would change nothing, or is a slip, can't be asked for`(
    action: Intervention.Action, refusal: Refusal?
  ) {
    let tree = Small.tree
    #expect(tree.refusal(ofAsking: action) == refusal)
    var after = tree
    after.apply(.intervened(Intervention(action, by: .person("tester"))))
    #expect(after.ignored == tree.ignored)
  }

  @Test func `what is locked can't be locked again`() {
    var tree = Small.tree
    tree.apply(.intervened(Intervention(.lock("helpful"), by: .person("tester"))))
    #expect(tree.refusal(ofAsking: .lock("helpful")) == .alreadyLocked)
  }

  /// What is refused on a tree whose root has the children 1, judged, 2, pruned, and 3, without a
  /// prompt.
  @Test(arguments: [
    (Intervention.Action.prune(.root), Refusal.rootPruned),
    (.prune(NodeID(rawValue: 9)), .unknownNode(NodeID(rawValue: 9))),
    (.prune(Small.id(2)), .alreadyPruned(2)),
    (.prune(Small.id(1)), nil),
    (.restore(Small.id(1)), .notPruned(1)),
    (.restore(Small.id(2)), nil),
    (.restore(Small.id(2).child(slot: 0)), .ancestorPruned(4, ancestor: 2)),
    (.pin(Small.id(2)), .deadPinned(2)),
    (.pin(Small.id(1)), nil),
    (.unpin(Small.id(1)), .notPinned(1)),
    (Small.fork(of: Small.id(1)), nil),
    (Small.fork(of: Small.id(1), slot: 0), .slotTaken(0)),
    (Small.fork(of: Small.id(3)), .forkWithoutPrompt(3)),
    (Small.fork(of: Small.id(1), prompt: " \n"), .emptyFork),
    (Small.fork(of: Small.id(2).child(slot: 0)), .forkTooDeep(4)),
    (.override(Small.id(1), aspect: "Depth", score: 4.5), nil),
    (.override(Small.id(1), aspect: "Depth", score: nil), nil),
    (
      .override(Small.id(1), aspect: "Wit", score: 4),
      .unknownAspect(1, aspect: "Wit", known: ["Depth", "Safety"])
    ),
    (.override(Small.id(1), aspect: "Depth", score: 0.5), .scoreOutOfRange(0.5)),
    (.override(Small.id(3), aspect: "Depth", score: 4), .notJudged(3)),
    (.unlock("never"), .notLocked),
    (.pause, nil),
    (.continue, .notPaused),
    (
      .set(SearchSettings(beam: 0)), .settings("The beam must keep at least 1 node a level, not 0.")
    ),
    (.set(SearchSettings(actions: 0)), .settings("A node gets at least 1 rewrite, not 0.")),
    (.set(SearchSettings(depth: 0)), .settings("The depth is at least 1, the root, not 0.")),
    (
      .set(SearchSettings(maxDepthIncrease: -1)),
      .settings("The depth can't be increased by -1 levels.")
    ),
    (.set(SearchSettings(examplesShown: -1)), .settings("There can't be -1 examples.")),
    (.set(SearchSettings(maxCalls: -1)), .settings("There can't be -1 calls.")),
    (.stop, nil),
  ])
  func `what can't be done is refused and changes nothing`(
    action: Intervention.Action, refusal: Refusal?
  ) {
    let tree = Small.tree
    #expect(tree.refusal(of: action) == refusal)
    var after = tree
    after.apply(.intervened(Intervention(action, by: .person("tester"))))
    #expect(after.ignored == tree.ignored + (refusal == nil ? 0 : 1))
    if refusal != nil { #expect(after == tree) }
  }
}
