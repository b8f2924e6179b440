import TestSupport
import Testing
import Tree

@testable import Export

@Suite struct ExportErrorTests {
  @Test func `a node that is not there is named`() {
    let record = RunRecord.scripted()
    for format in ExportFormat.allCases {
      #expect(throws: ExportError.noSuchNode(number: 99, last: 4)) {
        try record.exported(as: format, of: .node(number: 99))
      }
    }
    #expect(
      ExportError.noSuchNode(number: 99, last: 4).description
        == "There is no node 99: the nodes of this run are 0 to 4.")
  }

  @Test func `a node without a prompt has none to export, but a report`() throws {
    let records = (UInt64(0)..<50).lazy.map { seed in
      var world = ScriptedWorld(seed: seed)
      world.unreadablePercent = 60
      return RunRecord.scripted(world: world)
    }
    let record = try #require(records.first { $0.tree.nodes.contains { $0.prompt == nil } })
    let node = try #require(record.tree.nodes.first { $0.prompt == nil })
    for format in [ExportFormat.prompt, .messages] {
      #expect(throws: ExportError.noPrompt(number: node.number)) {
        try record.exported(as: format, of: .node(number: node.number))
      }
    }
    let page = PageReader(try record.exported(as: .html, of: .node(number: node.number)))
    #expect(page.fault == nil)
    #expect(page.text.contains("No rewrite came."))
  }
}
