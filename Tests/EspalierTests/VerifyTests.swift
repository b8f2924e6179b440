import RunFile
import TestSupport
import Testing
import Tree

/// `espalier verify`.
struct VerifyTests {
  @Test func `a run of the program obeys the algorithm`() async throws {
    let folder = try Folder()
    #expect(try await Program.run(RunTests.small + ["--run", "a.espalier"], in: folder).code == 0)
    let end = try await Program.run("verify", "a.espalier", in: folder)
    #expect(end.code == 0)
    let tree = try folder.tree("a.espalier")
    let number = try #require(tree.finish.flatMap { tree[$0.node]?.number })
    #expect(end.output.hasPrefix("selections "))
    #expect(end.output.contains(" · terminal \(number) = \(number) · path reward "))
  }

  @Test func `a decision that the algorithm does not take is found`() async throws {
    let folder = try Folder()
    var driver = SearchDriver()
    driver.run()
    // In place of a kept node of the second level, one that was dropped.
    let tree = driver.tree
    let kept = try #require(tree.level(2).last { tree.state(of: $0) == .kept })
    let dropped = try #require(tree.level(2).first { tree.state(of: $0) == .dropped })
    let forged = driver.log.map { event in
      guard case .decided(.open(var opening)) = event, opening.node == kept.id else { return event }
      opening.node = dropped.id
      return .decided(.open(opening))
    }
    let file = try RunFile.create(
      at: folder.path("forged.espalier"), configuration: tree.configuration, durability: .normal,
      time: 0)
    try await file.append(forged, at: 0)
    file.close()

    let end = try await Program.run("verify", "forged.espalier", in: folder)
    #expect(end.code == 1)
    let lines = end.output.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines.last?.hasPrefix("It differs: ") == true)
    #expect(lines.last?.contains("\(dropped.number)") == true, "\(end.output)")
  }

  @Test(
    .enabled(if: PublishedRuns.areHere, PublishedRuns.whyNot), arguments: PublishedRuns.names)
  func `the trees that the authors published obey it`(_ name: String) async throws {
    let folder = try Folder()
    let end = try await Program.run("verify", PublishedRuns.path(name), in: folder)
    #expect(end.code == 0, "\(end.output)")
    #expect(end.output.hasPrefix("selections "))
  }
}
