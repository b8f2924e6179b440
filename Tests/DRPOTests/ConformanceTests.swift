import DRPO
import Import
import TestSupport
import Testing
import Tree

@Suite struct ConformanceTests {
  @Test(.enabled(if: PublishedRuns.areHere, PublishedRuns.whyNot), arguments: PublishedRuns.names)
  func `the published trees obey the rules without exception`(name: String) throws {
    let published = try PublishedTree(json: PublishedRuns.text(name))
    let report = Conformance(
      configuration: published.configuration, events: published.events,
      statedPathReward: published.cumulativeReward)
    let expanded = published.nodes.filter { node in
      published.nodes.contains { $0.parent == node.id }
    }
    #expect(report.difference == nil)
    #expect(report.selections.all == expanded.count)
    #expect(report.selections.right == expanded.count)
    #expect(report.skips.right == expanded.count)
    #expect(report.terminal == published.terminalNode)
    #expect(report.expectedTerminal == published.terminalNode)
    #expect(report.pathReward == published.cumulativeReward)
  }

  @Test(.enabled(if: PublishedRuns.areHere, PublishedRuns.whyNot))
  func `a changed score makes the check fail and names the node`() throws {
    let published = try PublishedTree(json: PublishedRuns.text("mistral-7b-v0.1"))
    let events = published.events.map { event -> RunEvent in
      guard case .completed(var completion) = event,
        case .judged(var evaluation) = completion.outcome,
        completion.call.query == 3
      else { return event }
      for index in evaluation.scores.indices { evaluation.scores[index].value = 1 }
      if completion.call.node == published.identity(of: 9) { return event }
      completion.outcome = .judged(evaluation)
      return .completed(completion)
    }
    let report = Conformance(configuration: published.configuration, events: events)
    let words = try #require(report.difference?.description)
    #expect(words.contains("where the algorithm opened"), "\(words)")
    #expect(report.selections.right < report.selections.all)
  }

  @Test func `a run of our own obeys, and a forged decision does not`() {
    var driver = SearchDriver()
    driver.run()
    let configuration = driver.tree.configuration
    let report = Conformance(configuration: configuration, events: driver.log)
    #expect(report.difference == nil)
    #expect(report.terminal != nil)

    var forged = driver.log
    let last = forged.lastIndex { if case .decided(.open) = $0 { true } else { false } }
    guard let last, case .decided(.open(var opening)) = forged[last] else {
      Issue.record("the run opened nothing")
      return
    }
    opening.skips.toggle()
    forged[last] = .decided(.open(opening))
    #expect(!Conformance(configuration: configuration, events: forged).holds)
  }
}
