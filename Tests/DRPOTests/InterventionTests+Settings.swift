import DRPO
import TestSupport
import Testing
import Tree

extension InterventionTests {
  @Test func `an overridden score counts from now on and past selections stand`() {
    var search = SearchDriver.steered()
    search.run(until: SearchTree.has(9))
    search.override(1, with: 4)
    search.override(3, with: 1)
    expectPicture(
      search.tree.families,
      """
      0 kept -> 1 dropped 4.00, 2 kept 4.00, 3 kept 1.00
      2 kept 4.00 -> 4 rewriting, 5 rewriting, 6 answering
      3 kept 1.00 -> 7 rewriting, 8 rewriting, 9 rewriting
      """)
    search.run()
    expectPicture(
      search.tree.families,
      """
      0 kept -> 1 dropped 4.00, 2 kept 4.00, 3 kept 1.00
      2 kept 4.00 -> 4 kept 3.00, 5 kept 3.50, 6 dropped 2.50
      3 kept 1.00 -> 7 dropped 2.50, 8 dropped 2.00, 9 dropped 1.50
      4 kept 3.00 -> 13 dropped 3.33, 14 dropped 2.67, 15 dropped 2.67
      5 kept 3.50 -> 10 dropped 2.67, 11 dropped 3.00, 12 kept 3.33
      finish 12, depth
      """)
  }

  @Test func `an overridden score makes a rewrite be skipped`() {
    var search = SearchDriver.steered()
    search.run(until: SearchTree.has(9))
    search.run { $0.node(numbered: 5)?.isSettled == true && $0.levels.count == 3 }
    search.override(5, with: 5)
    search.run()
    expectPicture(
      search.tree.families,
      """
      0 kept -> 1 dropped 2.00, 2 kept 4.00, 3 kept 3.00
      2 kept 4.00 -> 4 dropped 3.00, 5 kept 4.50 skips, 6 dropped 2.50
      3 kept 3.00 -> 7 kept 3.50, 8 dropped 3.00, 9 dropped 2.50
      5 kept 4.50 skips -> 10 kept 3.33
      7 kept 3.50 -> 11 dropped 3.00, 12 dropped 3.33, 13 kept 3.67
      10 kept 3.33 -> 17 dropped 3.00, 18 dropped 3.00, 19 dropped 3.00
      13 kept 3.67 -> 14 kept 3.25, 15 dropped 3.25, 16 dropped 3.25
      finish 14, depth
      """)
    #expect(search.tree.extensions == [2])
  }

  @Test func `paused, neither calls nor decisions start, and what is in flight lands`() {
    var search = SearchDriver.steered()
    search.run(until: SearchTree.has(9))
    let flying = search.tree.inFlight
    search.intervene(.pause)
    #expect(search.tree.inFlight == flying)
    let count = search.log.count
    search.run()
    #expect(search.tree.inFlight.isEmpty)
    #expect(search.log.count == count + flying.count)
    #expect(
      search.log.suffix(flying.count).allSatisfy {
        if case .completed = $0 { true } else { false }
      })
    expectPicture(
      search.tree.families,
      """
      0 kept -> 1 dropped 2.00, 2 kept 4.00, 3 kept 3.00
      2 kept 4.00 -> 4 waiting, 5 waiting, 6 waiting
      3 kept 3.00 -> 7 waiting, 8 waiting, 9 waiting
      """)
    // So one can rank anew first.
    search.intervene(.prune(search.id(7)))
    #expect(search.tree.inFlight.isEmpty)
    search.intervene(.continue)
    search.run()
    #expect(search.violations == [])
    expectPicture(
      search.tree.families,
      """
      0 kept -> 1 dropped 2.00, 2 kept 4.00, 3 kept 3.00
      2 kept 4.00 -> 4 kept 3.00, 5 kept 3.50, 6 dropped 2.50
      3 kept 3.00 -> 7 pruned, 8 dropped 3.00, 9 dropped 2.50
      4 kept 3.00 -> 13 dropped 3.33, 14 dropped 2.67, 15 dropped 2.67
      5 kept 3.50 -> 10 dropped 2.67, 11 dropped 3.00, 12 kept 3.33
      finish 12, depth
      """)
  }

  @Test func `the aspects asked ahead land in a pause too`() {
    var search = SearchDriver.steered()
    search.run(until: SearchTree.has(9))
    search.run { $0.aspects[2] != nil }
    search.held = [.aspects(query: 3)]
    search.run { tree in tree.level(2).allSatisfy { $0.isSettled || tree.isPaused } }
    search.intervene(.pause)
    #expect(search.tree.inFlight.contains(.aspects(query: 3)))
    search.held = []
    search.run()
    #expect(search.tree.aspects[3] != nil)
    #expect(!search.log.contains(.flight(.cancelled(.aspects(query: 3)))))
  }

  @Test func `other widths and depths count from the next opening`() {
    var search = SearchDriver.steered()
    search.run(until: SearchTree.has(9))
    var settings = search.tree.settings
    (settings.beam, settings.actions, settings.depth) = (3, 1, 5)
    search.intervene(.set(settings))
    expectPicture(
      search.tree.families,
      """
      0 kept -> 1 dropped 2.00, 2 kept 4.00, 3 kept 3.00
      2 kept 4.00 -> 4 rewriting, 5 rewriting, 6 answering
      3 kept 3.00 -> 7 rewriting, 8 rewriting, 9 rewriting
      """)
    search.run()
    #expect(search.violations == [])
    expectPicture(
      search.tree.families,
      """
      0 kept -> 1 dropped 2.00, 2 kept 4.00, 3 kept 3.00
      2 kept 4.00 -> 4 kept 3.00, 5 kept 3.50, 6 dropped 2.50
      3 kept 3.00 -> 7 kept 3.50, 8 dropped 3.00, 9 dropped 2.50
      4 kept 3.00 -> 12 kept 3.00
      5 kept 3.50 -> 10 kept 2.67
      7 kept 3.50 -> 11 kept 3.00
      10 kept 2.67 -> 15 dropped 2.50
      11 kept 3.00 -> 13 kept 3.25
      12 kept 3.00 -> 14 dropped 2.75
      finish 13, depth
      """)
  }

  @Test func `anything but a pause lifts the finish`() {
    var search = SearchDriver.steered()
    search.run()
    let finish = search.tree.finish
    search.intervene(.pause)
    #expect(search.tree.finish == finish)
    search.intervene(.continue)
    #expect(search.tree.finish == finish, "decided again, and the same")
    search.intervene(.prune(search.id(13)))
    search.run()
    expectPicture(
      search.tree.families,
      """
      0 kept -> 1 dropped 2.00, 2 kept 4.00, 3 kept 3.00
      2 kept 4.00 -> 4 dropped 3.00, 5 kept 3.50, 6 dropped 2.50
      3 kept 3.00 -> 7 kept 3.50, 8 dropped 3.00, 9 dropped 2.50
      5 kept 3.50 -> 10 dropped 2.67, 11 dropped 3.00, 12 kept 3.33
      7 kept 3.50 -> 13 pruned 3.67, 14 dropped 3.00, 15 dropped 3.00
      finish 12, depth
      """)
    var settings = search.tree.settings
    settings.depth = 5
    search.intervene(.set(settings))
    #expect(search.tree.finish == nil)
    search.run()
    #expect(search.violations == [])
    expectPicture(
      search.tree.families,
      """
      0 kept -> 1 dropped 2.00, 2 kept 4.00, 3 kept 3.00
      2 kept 4.00 -> 4 dropped 3.00, 5 kept 3.50, 6 dropped 2.50
      3 kept 3.00 -> 7 kept 3.50, 8 dropped 3.00, 9 dropped 2.50
      5 kept 3.50 -> 10 dropped 2.67, 11 kept 3.00, 12 kept 3.33
      7 kept 3.50 -> 13 pruned 3.67, 14 dropped 3.00, 15 dropped 3.00
      11 kept 3.00 -> 19 dropped 2.75, 20 dropped 2.75, 21 dropped 2.75
      12 kept 3.33 -> 16 kept 3.00, 17 dropped 3.00, 18 dropped 3.00
      finish 16, depth
      """)
  }

  @Test func `stopped, the result is the best of the deepest level that is settled`() {
    var search = SearchDriver.steered()
    search.run(until: SearchTree.has(15))
    search.run { $0.level(3).contains(where: \.isSettled) }
    search.intervene(.stop)
    #expect(!search.tree.inFlight.isEmpty)
    search.run()
    #expect(search.violations == [])
    expectPicture(
      search.tree.families,
      """
      0 kept -> 1 dropped 2.00, 2 kept 4.00, 3 kept 3.00
      2 kept 4.00 -> 4 dropped 3.00, 5 kept 3.50, 6 dropped 2.50
      3 kept 3.00 -> 7 kept 3.50, 8 dropped 3.00, 9 dropped 2.50
      5 kept 3.50 -> 10 waiting, 11 waiting, 12 waiting
      7 kept 3.50 -> 13 waiting, 14 dropped 3.00, 15 dropped 3.00
      finish 5, stopped
      """)
  }

  @Test func `a paused run can be stopped`() {
    var search = SearchDriver.steered()
    search.run(until: SearchTree.has(9))
    search.intervene(.pause)
    search.intervene(.stop)
    search.run()
    #expect(search.tree.finish?.why == .stopped)
  }

  @Test func `the search is deepened once a level, and that is never withdrawn`() {
    var search = SearchDriver.steered(changing: [2: 5, 3: 5])
    search.run(until: SearchTree.has(5))
    #expect(search.log.count { $0 == .decided(.extend(level: 1)) } == 1)
    search.intervene(.prune(search.id(2)))
    search.intervene(.prune(search.id(3)))
    #expect(search.tree.depthLimit == 5)
    search.run()
    #expect(search.violations == [])
    #expect(search.log.count { if case .decided(.extend) = $0 { true } else { false } } == 1)
    expectPicture(
      search.tree.families,
      """
      0 kept -> 1 kept 2.00, 2 pruned 5.00 skips, 3 pruned 5.00 skips
      1 kept 2.00 -> 6 dropped 1.50, 7 kept 3.00, 8 kept 2.50
      2 pruned 5.00 skips -> 4 pruned
      3 pruned 5.00 skips -> 5 pruned
      7 kept 3.00 -> 9 kept 2.67, 10 dropped 2.33, 11 dropped 2.67
      8 kept 2.50 -> 12 dropped 2.67, 13 kept 3.00, 14 dropped 2.33
      9 kept 2.67 -> 18 dropped 2.50, 19 dropped 2.50, 20 dropped 2.50
      13 kept 3.00 -> 15 kept 2.75, 16 dropped 2.75, 17 dropped 2.75
      finish 15, depth
      """)
  }
}
