import DRPO
import TestSupport
import Testing
import Tree

/// Rows of the design's table "Interventions, exactly", as pictures of `SearchDriver.steered`.
@Suite struct InterventionTests {
  @Test func `left alone`() {
    var search = SearchDriver.steered()
    search.run()
    expectPicture(
      search.tree.families,
      """
      0 kept -> 1 dropped 2.00, 2 kept 4.00, 3 kept 3.00
      2 kept 4.00 -> 4 dropped 3.00, 5 kept 3.50, 6 dropped 2.50
      3 kept 3.00 -> 7 kept 3.50, 8 dropped 3.00, 9 dropped 2.50
      5 kept 3.50 -> 10 dropped 2.67, 11 dropped 3.00, 12 dropped 3.33
      7 kept 3.50 -> 13 kept 3.67, 14 dropped 3.00, 15 dropped 3.00
      finish 13, depth
      """)
  }

  // MARK: Pruning

  @Test func `a pruned subtree is dead, and its calls are called back`() {
    var search = SearchDriver.steered()
    search.run(until: SearchTree.has(9))
    let before = search.calls(below: 4)
    search.intervene(.prune(search.id(4)))
    #expect(!before.isEmpty)
    for call in before { #expect(search.log.contains(.flight(.cancelled(call)))) }
    #expect(search.calls(below: 4) == [])
    expectPicture(
      search.tree.families,
      """
      0 kept -> 1 dropped 2.00, 2 kept 4.00, 3 kept 3.00
      2 kept 4.00 -> 4 pruned, 5 rewriting, 6 answering
      3 kept 3.00 -> 7 rewriting, 8 rewriting, 9 rewriting
      """)
    search.run()
    #expect(search.violations == [])
    expectPicture(
      search.tree.families,
      """
      0 kept -> 1 dropped 2.00, 2 kept 4.00, 3 kept 3.00
      2 kept 4.00 -> 4 pruned, 5 kept 3.50, 6 dropped 2.50
      3 kept 3.00 -> 7 kept 3.50, 8 dropped 3.00, 9 dropped 2.50
      5 kept 3.50 -> 10 dropped 2.67, 11 dropped 3.00, 12 dropped 3.33
      7 kept 3.50 -> 13 kept 3.67, 14 dropped 3.00, 15 dropped 3.00
      finish 13, depth
      """)
  }

  @Test func `an answer that had already arrived is stored and decides nothing`() {
    var search = SearchDriver.steered()
    search.run(until: SearchTree.has(9))
    search.run { $0.node(numbered: 4)?.prompt != nil }
    let call = CallKey(node: search.id(4), step: .answer, query: 2)
    search.intervene(.prune(search.id(4)))
    let picture = search.tree.families
    search.land(call)
    #expect(search.tree.node(numbered: 4)?.trial.answer != nil)
    expectPicture(search.tree.families, picture)
    search.run()
    #expect(search.violations == [])
    #expect(search.tree.node(numbered: 4)?.trial.evaluation == nil)
  }

  @Test func `an empty seat before the front goes to the next in rank`() {
    var search = SearchDriver.steered()
    search.run(until: SearchTree.has(9))
    search.intervene(.prune(search.id(2)))
    expectPicture(
      search.tree.families,
      """
      0 kept -> 1 kept 2.00, 2 pruned 4.00, 3 kept 3.00
      1 kept 2.00 -> 10 rewriting, 11 rewriting, 12 rewriting
      2 pruned 4.00 -> 4 pruned, 5 pruned, 6 pruned
      3 kept 3.00 -> 7 rewriting, 8 rewriting, 9 rewriting
      """)
    search.run()
    #expect(search.violations == [])
    expectPicture(
      search.tree.families,
      """
      0 kept -> 1 kept 2.00, 2 pruned 4.00, 3 kept 3.00
      1 kept 2.00 -> 10 dropped 1.50, 11 dropped 2.00, 12 dropped 2.50
      2 pruned 4.00 -> 4 pruned, 5 pruned, 6 pruned
      3 kept 3.00 -> 7 kept 3.50, 8 kept 3.00, 9 dropped 2.50
      7 kept 3.50 -> 13 kept 3.67, 14 dropped 3.00, 15 dropped 3.00
      8 kept 3.00 -> 16 dropped 2.67, 17 dropped 2.67, 18 dropped 2.67
      finish 13, depth
      """)
  }

  @Test func `once the front is selected the seat before it stays empty`() {
    var search = SearchDriver.steered()
    search.run(until: SearchTree.has(15))
    search.intervene(.prune(search.id(2)))
    expectPicture(
      search.tree.families,
      """
      0 kept -> 1 dropped 2.00, 2 pruned 4.00, 3 kept 3.00
      2 pruned 4.00 -> 4 pruned 3.00, 5 pruned 3.50, 6 pruned 2.50
      3 kept 3.00 -> 7 kept 3.50, 8 kept 3.00, 9 dropped 2.50
      5 pruned 3.50 -> 10 pruned, 11 pruned, 12 pruned
      7 kept 3.50 -> 13 answering, 14 rewriting, 15 rewriting
      8 kept 3.00 -> 16 rewriting, 17 rewriting, 18 rewriting
      """)
    search.run()
    expectPicture(
      search.tree.families,
      """
      0 kept -> 1 dropped 2.00, 2 pruned 4.00, 3 kept 3.00
      2 pruned 4.00 -> 4 pruned 3.00, 5 pruned 3.50, 6 pruned 2.50
      3 kept 3.00 -> 7 kept 3.50, 8 kept 3.00, 9 dropped 2.50
      5 pruned 3.50 -> 10 pruned, 11 pruned, 12 pruned
      7 kept 3.50 -> 13 kept 3.67, 14 dropped 3.00, 15 dropped 3.00
      8 kept 3.00 -> 16 dropped 2.67, 17 dropped 2.67, 18 dropped 2.67
      finish 13, depth
      """)
  }

  @Test func `with the whole beam dead the front falls back`() {
    var search = SearchDriver.steered(changing: [4: 4, 5: 4, 7: 1])
    search.run(until: SearchTree.has(15))
    let tree = search.tree
    #expect(
      [2, 4, 5, 3].map { tree.pruneKillsBeam(search.id($0)) } == [true, false, false, false])
    search.intervene(.prune(search.id(2)))
    #expect(search.tree.front == 2)
    expectPicture(
      search.tree.families,
      """
      0 kept -> 1 kept 2.00, 2 pruned 4.00, 3 kept 3.00
      1 kept 2.00 -> 16 rewriting, 17 rewriting, 18 rewriting
      2 pruned 4.00 -> 4 pruned 4.00, 5 pruned 4.00, 6 pruned 2.50
      3 kept 3.00 -> 7 scored 2.00, 8 scored 3.00, 9 scored 2.50
      4 pruned 4.00 -> 10 pruned, 11 pruned, 12 pruned
      5 pruned 4.00 -> 13 pruned, 14 pruned, 15 pruned
      """)
    search.run()
    #expect(search.violations == [])
    expectPicture(
      search.tree.families,
      """
      0 kept -> 1 kept 2.00, 2 pruned 4.00, 3 kept 3.00
      1 kept 2.00 -> 16 dropped 2.00, 17 dropped 2.00, 18 dropped 2.00
      2 pruned 4.00 -> 4 pruned 4.00, 5 pruned 4.00, 6 pruned 2.50
      3 kept 3.00 -> 7 dropped 2.00, 8 kept 3.00, 9 kept 2.50
      4 pruned 4.00 -> 10 pruned, 11 pruned, 12 pruned
      5 pruned 4.00 -> 13 pruned, 14 pruned, 15 pruned
      8 kept 3.00 -> 19 kept 2.67, 20 dropped 2.67, 21 dropped 2.67
      9 kept 2.50 -> 22 dropped 2.33, 23 dropped 2.33, 24 dropped 2.33
      finish 19, depth
      """)
  }

  @Test func `with nothing left alive the run ends at the best that was alive last`() {
    var search = SearchDriver.steered()
    search.run(until: SearchTree.has(9))
    search.run { $0.level(2).allSatisfy(\.isSettled) }
    for number in [1, 2, 3] { search.intervene(.prune(search.id(number))) }
    #expect(search.violations == [])
    expectPicture(
      search.tree.families,
      """
      0 kept -> 1 pruned 2.00, 2 pruned 4.00, 3 pruned 3.00
      2 pruned 4.00 -> 4 pruned 3.00, 5 pruned 3.50, 6 pruned 2.50
      3 pruned 3.00 -> 7 pruned 3.50, 8 pruned 3.00, 9 pruned 2.50
      5 pruned 3.50 -> 10 pruned, 11 pruned, 12 pruned
      7 pruned 3.50 -> 13 pruned, 14 pruned, 15 pruned
      8 pruned 3.00 -> 16 pruned, 17 pruned, 18 pruned
      finish 7, nothingAlive
      """)
    search.undo()
    search.run()
    expectPicture(
      search.tree.families,
      """
      0 kept -> 1 pruned 2.00, 2 pruned 4.00, 3 kept 3.00
      2 pruned 4.00 -> 4 pruned 3.00, 5 pruned 3.50, 6 pruned 2.50
      3 kept 3.00 -> 7 kept 3.50, 8 kept 3.00, 9 dropped 2.50
      5 pruned 3.50 -> 10 pruned, 11 pruned, 12 pruned
      7 kept 3.50 -> 13 kept 3.67, 14 dropped 3.00, 15 dropped 3.00
      8 kept 3.00 -> 16 dropped 2.67, 17 dropped 2.67, 18 dropped 2.67
      finish 13, depth
      """)
  }

  @Test func `the root can't be pruned`() {
    var search = SearchDriver.steered()
    search.run(until: SearchTree.has(3))
    let before = search.tree
    #expect(before.refusal(of: .prune(.root)) == .rootPruned)
    search.intervene(.prune(.root))
    #expect(search.tree == before)
    #expect(search.tree.ignored == 1)
  }

  // MARK: Restoring

  @Test func `a restored branch takes its seat back while the front is open`() {
    var search = SearchDriver.steered()
    search.run(until: SearchTree.has(9))
    search.intervene(.prune(search.id(2)))
    search.undo()
    expectPicture(
      search.tree.families,
      """
      0 kept -> 1 kept 2.00, 2 kept 4.00, 3 kept 3.00
      1 kept 2.00 -> 10 rewriting, 11 rewriting, 12 rewriting
      2 kept 4.00 -> 4 rewriting, 5 rewriting, 6 answering
      3 kept 3.00 -> 7 rewriting, 8 rewriting, 9 rewriting
      """)
    search.run()
    #expect(search.violations == [])
    expectPicture(
      search.tree.families,
      """
      0 kept -> 1 kept 2.00, 2 kept 4.00, 3 kept 3.00
      1 kept 2.00 -> 10 dropped 1.50, 11 dropped 2.00, 12 dropped 2.50
      2 kept 4.00 -> 4 dropped 3.00, 5 kept 3.50, 6 dropped 2.50
      3 kept 3.00 -> 7 kept 3.50, 8 dropped 3.00, 9 dropped 2.50
      5 kept 3.50 -> 13 kept 3.67, 14 dropped 3.00, 15 dropped 3.00
      7 kept 3.50 -> 16 dropped 3.00, 17 dropped 3.00, 18 dropped 3.00
      finish 13, depth
      """)
  }

  @Test func `later it is alive but behind, until it is pinned`() {
    var search = SearchDriver.steered()
    search.run(until: SearchTree.has(9))
    search.intervene(.prune(search.id(2)))
    search.run { $0.levels.count == 4 }
    search.intervene(.restore(search.id(2)))
    var pinned = search
    search.run()
    expectPicture(
      search.tree.families,
      """
      0 kept -> 1 kept 2.00, 2 kept 4.00, 3 kept 3.00
      1 kept 2.00 -> 10 dropped 1.50, 11 dropped 2.00, 12 dropped 2.50
      2 kept 4.00 -> 4 waiting, 5 dropped 3.50, 6 dropped 2.50
      3 kept 3.00 -> 7 kept 3.50, 8 kept 3.00, 9 dropped 2.50
      7 kept 3.50 -> 13 kept 3.67, 14 dropped 3.00, 15 dropped 3.00
      8 kept 3.00 -> 16 dropped 2.67, 17 dropped 2.67, 18 dropped 2.67
      finish 13, depth
      """)
    pinned.intervene(.pin(search.id(2)))
    pinned.run()
    #expect(pinned.violations == [])
    expectPicture(
      pinned.tree.families,
      """
      0 kept -> 1 kept 2.00, 2 kept 4.00 pinned, 3 kept 3.00
      1 kept 2.00 -> 10 dropped 1.50, 11 dropped 2.00, 12 dropped 2.50
      2 kept 4.00 pinned -> 4 dropped 3.00, 5 kept 3.50, 6 dropped 2.50
      3 kept 3.00 -> 7 kept 3.50, 8 kept 3.00, 9 dropped 2.50
      5 kept 3.50 -> 19 dropped 3.00, 20 dropped 3.00, 21 dropped 3.00
      7 kept 3.50 -> 13 kept 3.67, 14 dropped 3.00, 15 dropped 3.00
      8 kept 3.00 -> 16 dropped 2.67, 17 dropped 2.67, 18 dropped 2.67
      finish 13, depth
      """)
  }

  @Test func `below a pruned ancestor nothing is restored`() {
    var search = SearchDriver.steered()
    search.run(until: SearchTree.has(15))
    search.intervene(.prune(search.id(5)))
    search.intervene(.prune(search.id(2)))
    let refusal = search.tree.refusal(of: .restore(search.id(5)))
    #expect(refusal == .ancestorPruned(5, ancestor: 2))
    #expect(refusal?.description == "5 stands below 2, which is pruned. Restore 2 first.")
    search.intervene(.restore(search.id(2)))
    #expect(search.tree.refusal(of: .restore(search.id(5))) == nil)
  }
}
