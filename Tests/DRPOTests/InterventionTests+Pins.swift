import DRPO
import TestSupport
import Testing
import Tree

extension InterventionTests {
  @Test func `a pin gives one seat of each level to the best of its branch`() {
    var search = SearchDriver.steered()
    search.run(until: SearchTree.has(3))
    search.intervene(.pin(search.id(1)))
    search.run()
    #expect(search.violations == [])
    expectPicture(
      search.tree.families,
      """
      0 kept -> 1 kept 2.00 pinned, 2 kept 4.00, 3 dropped 3.00
      1 kept 2.00 pinned -> 7 kept 3.00, 8 dropped 2.50, 9 dropped 2.00
      2 kept 4.00 -> 4 dropped 3.00, 5 kept 3.50, 6 dropped 2.50
      5 kept 3.50 -> 10 dropped 2.67, 11 dropped 3.00, 12 kept 3.33
      7 kept 3.00 -> 13 dropped 3.33, 14 dropped 2.67, 15 dropped 2.67
      finish 12, depth
      """)
  }

  @Test func `the beam widens when pins exceed it`() {
    var search = SearchDriver.steered(beam: 1)
    search.run(until: SearchTree.has(3))
    for number in [1, 3] { search.intervene(.pin(search.id(number))) }
    search.run()
    #expect(search.violations == [])
    expectPicture(
      search.tree.families,
      """
      0 kept -> 1 kept 2.00 pinned, 2 dropped 4.00, 3 kept 3.00 pinned
      1 kept 2.00 pinned -> 7 kept 3.00, 8 dropped 2.50, 9 dropped 2.00
      3 kept 3.00 pinned -> 4 dropped 2.50, 5 kept 3.00, 6 dropped 2.00
      5 kept 3.00 -> 10 dropped 2.33, 11 dropped 2.67, 12 dropped 3.00
      7 kept 3.00 -> 13 kept 3.33, 14 dropped 2.67, 15 dropped 2.67
      finish 13, depth
      """)
  }

  @Test func `a pinned branch behind the front comes up a level at a time, and the end waits`() {
    var search = SearchDriver.steered()
    search.run(until: SearchTree.has(15))
    search.run { $0.level(3).allSatisfy(\.isSettled) }
    search.intervene(.pin(search.id(1)))
    expectPicture(
      search.tree.families,
      """
      0 kept -> 1 kept 2.00 pinned, 2 kept 4.00, 3 kept 3.00
      1 kept 2.00 pinned -> 16 rewriting, 17 rewriting, 18 rewriting
      2 kept 4.00 -> 4 dropped 3.00, 5 kept 3.50, 6 dropped 2.50
      3 kept 3.00 -> 7 kept 3.50, 8 dropped 3.00, 9 dropped 2.50
      5 kept 3.50 -> 10 scored 2.67, 11 scored 3.00, 12 scored 3.33
      7 kept 3.50 -> 13 scored 3.67, 14 scored 3.00, 15 scored 3.00
      """)
    search.run { $0.levels[3].count == 9 }
    expectPicture(
      search.tree.families,
      """
      0 kept -> 1 kept 2.00 pinned, 2 kept 4.00, 3 kept 3.00
      1 kept 2.00 pinned -> 16 kept 2.00, 17 dropped 2.00, 18 dropped 2.00
      2 kept 4.00 -> 4 dropped 3.00, 5 kept 3.50, 6 dropped 2.50
      3 kept 3.00 -> 7 kept 3.50, 8 dropped 3.00, 9 dropped 2.50
      5 kept 3.50 -> 10 scored 2.67, 11 scored 3.00, 12 scored 3.33
      7 kept 3.50 -> 13 scored 3.67, 14 scored 3.00, 15 scored 3.00
      16 kept 2.00 -> 19 rewriting, 20 waiting, 21 rewriting
      """)
    search.run()
    #expect(search.violations == [])
    expectPicture(
      search.tree.families,
      """
      0 kept -> 1 kept 2.00 pinned, 2 kept 4.00, 3 kept 3.00
      1 kept 2.00 pinned -> 16 kept 2.00, 17 dropped 2.00, 18 dropped 2.00
      2 kept 4.00 -> 4 dropped 3.00, 5 kept 3.50, 6 dropped 2.50
      3 kept 3.00 -> 7 kept 3.50, 8 dropped 3.00, 9 dropped 2.50
      5 kept 3.50 -> 10 dropped 2.67, 11 dropped 3.00, 12 dropped 3.33
      7 kept 3.50 -> 13 kept 3.67, 14 dropped 3.00, 15 dropped 3.00
      16 kept 2.00 -> 19 dropped 2.00, 20 dropped 2.00, 21 dropped 2.00
      finish 13, depth
      """)
  }

  @Test func `a fork is pinned from birth`() {
    var search = SearchDriver.steered()
    search.run(until: SearchTree.has(9))
    search.intervene(search.fork(of: 1))
    expectPicture(
      search.tree.families,
      """
      0 kept -> 1 dropped 2.00, 2 kept 4.00, 3 kept 3.00
      1 dropped 2.00 -> 10 answering pinned
      2 kept 4.00 -> 4 rewriting, 5 rewriting, 6 answering
      3 kept 3.00 -> 7 rewriting, 8 rewriting, 9 rewriting
      """)
    search.run()
    #expect(search.violations == [])
    #expect(search.tree.node(numbered: 10)?.prompt?.content == "You are mine.")
    expectPicture(
      search.tree.families,
      """
      0 kept -> 1 dropped 2.00, 2 kept 4.00, 3 kept 3.00
      1 dropped 2.00 -> 10 kept 1.50 pinned
      2 kept 4.00 -> 4 dropped 3.00, 5 kept 3.50, 6 dropped 2.50
      3 kept 3.00 -> 7 dropped 3.50, 8 dropped 3.00, 9 dropped 2.50
      5 kept 3.50 -> 11 dropped 3.00, 12 dropped 3.33, 13 kept 3.67
      10 kept 1.50 pinned -> 14 dropped 1.67, 15 dropped 1.67, 16 dropped 1.67
      finish 13, depth
      """)
  }
}
