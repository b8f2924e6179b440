import Foundation
import Import
import TestSupport
import Testing
import Tree

@testable import Export

@Suite(.enabled(if: PublishedRuns.areHere, PublishedRuns.whyNot)) struct PublishedRunsTests {
  private static func record(_ name: String) throws -> RunRecord {
    let published = try PublishedTree(json: try PublishedRuns.text(name))
    return RunRecord(
      configuration: published.configuration,
      events: published.events.enumerated().map {
        RecordedEvent(ordinal: $0, time: 0, event: $1)
      }, texts: TextsInMemory(), file: nil)
  }

  @Test(arguments: PublishedRuns.names) func `a page is well-formed and holds the prompt`(
    _ name: String
  ) throws {
    let record = try Self.record(name)
    let page = PageReader(try record.exported(as: .html))
    #expect(page.fault == nil)
    #expect(page.text.contains(record.prompt(of: record.best)))
    #expect(page.elements["script"] == nil)
    // Two pictures with a circle for each node, a dot for each reward, and a key where one is missing.
    let rewards = record.tree.nodes.count { $0.reward != nil }
    let isBroken = record.tree.nodes.contains(where: TreePicture.isBroken)
    #expect(
      page.elements["circle"] == 2 * record.tree.nodes.count + rewards + (isBroken ? 1 : 0))
    #expect(page.text.contains("without a reward: unreadable or failed") == isBroken)
  }

  /// Also in a run file, which was made at a time.
  @Test(arguments: [0, 1_795_251_600.0]) func `what a published tree does not tell is unknown`(
    time: Double
  ) throws {
    let published = try PublishedTree(json: try PublishedRuns.text(PublishedRuns.names[0]))
    let record = RunRecord(
      configuration: published.configuration,
      events: published.events.enumerated().map {
        RecordedEvent(ordinal: $0, time: time, event: $1)
      }, texts: TextsInMemory(), file: nil)
    let rows = Dictionary(uniqueKeysWithValues: record.settingRows.map { ($0.name, $0.value) })
    for name in ["seed", "started", "last event"] { #expect(rows[name] == "unknown") }
    #expect(record.costWords() == "unknown")
    let data = Data(try record.exported(as: .json).utf8)
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    for name in ["seed", "started", "ended", "calls", "tokens", "cost"] {
      #expect(object[name] == nil, "\(name)")
    }
    #expect(!(try record.exported(as: .html).contains("2026-11-21")))
  }

  @Test(arguments: PublishedRuns.names) func `a table has a row a node`(_ name: String) throws {
    let record = try Self.record(name)
    let rows = try #require(rows(ofCSV: try record.exported(as: .csv)))
    #expect(rows.count == record.tree.nodes.count + 1)
    #expect(Set(rows.map(\.count)).count == 1)
    for (row, node) in zip(rows.dropFirst(), record.tree.nodes) {
      #expect(row[2] == "\(node.number)")
      #expect(row[7] == node.reward.map { "\($0)" } ?? "")
      #expect(row[11].utf8.elementsEqual(record.prompt(of: node).utf8))
    }
  }

  @Test(arguments: PublishedRuns.names) func `JSON reads back`(_ name: String) throws {
    let record = try Self.record(name)
    let data = Data(try record.exported(as: .json).utf8)
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let nodes = try #require(object["nodes"] as? [[String: Any]])
    #expect(nodes.count == record.tree.nodes.count)
    #expect((object["best"] as? [String: Any])?["node"] as? Int == record.best.number)
    #expect(object["simulated"] as? Bool == false)

    let messages = Data(try record.exported(as: .messages).utf8)
    let turns = try #require(
      try JSONSerialization.jsonObject(with: messages) as? [[String: String]])
    #expect(turns == [["role": "system", "content": record.prompt(of: record.best)]])
  }

  @Test(arguments: PublishedRuns.names) func `a report has the prompt and every level`(
    _ name: String
  ) throws {
    let record = try Self.record(name)
    let report = try record.exported(as: .markdown)
    #expect(report.contains(record.prompt(of: record.best)))
    for level in record.tree.levels.indices { #expect(report.contains("\n### Level \(level)\n")) }
    #expect(try record.exported(as: .prompt) == record.prompt(of: record.best))
  }
}
