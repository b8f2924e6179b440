import Foundation
import TestSupport
import Testing
import Tree

@testable import Export

/// Each format of one small run, letter by letter, beside `Goldens/`.
///
/// After a change that is meant, `ESPALIER_WRITE_GOLDENS=1 swift test --filter GoldenTests` writes
/// them anew, and `git diff` shows what the change was.
@Suite struct GoldenTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Goldens")
  private static let writesAnew =
    ProcessInfo.processInfo.environment["ESPALIER_WRITE_GOLDENS"] == "1"

  @Test(arguments: ExportFormat.allCases) func `the format is`(_ format: ExportFormat) throws {
    let record = RunRecord.scripted(act: Self.steer)
    try Self.compare(try record.exported(as: format), with: "run.\(format.rawValue)")
  }

  @Test func `a run to read is`() throws {
    try Self.compare(Card(.scripted(act: Self.steer)).run, with: "card.txt")
  }

  @Test func `a node to read is`() throws {
    let record = RunRecord.scripted(act: Self.steer)
    try Self.compare(Card(record).node(try record.node(numbered: 2)), with: "node.txt")
  }

  @Test func `the log is`() throws {
    let (configuration, events) = RunRecord.history(act: Self.steer)
    var record = RunRecord(
      configuration: configuration, events: [], texts: TextsInMemory(), file: nil)
    let lines = events.map { event in
      record.take(event)
      return record.words.line(for: event.event)
    }
    try Self.compare(lines.joined(separator: "\n"), with: "log.txt")
  }

  private static func steer(_ driver: inout SearchDriver) {
    driver.intervene(.override(driver.tree.nodes[1].id, aspect: "Clarity", score: 4.5))
    driver.intervene(.prune(driver.tree.best.id))
  }

  private static func compare(_ text: String, with name: String) throws {
    let url = folder.appending(path: name)
    // The style sheet is not what a test should pin down.
    let text = text.replacing(/<style>[^<]*<\/style>/, with: "<style></style>")
    if writesAnew { try Data(text.utf8).write(to: url) }
    let golden = String(decoding: try Data(contentsOf: url), as: UTF8.self)
    guard !text.utf8.elementsEqual(golden.utf8) else { return }
    let (lines, expected) = (text.split(separator: "\n"), golden.split(separator: "\n"))
    for (index, line) in lines.enumerated()
    where !expected.indices.contains(index)
      || expected[index] != line
    {
      let should = expected.indices.contains(index) ? String(expected[index]) : "nothing"
      Issue.record("\(name), line \(index + 1) is\n\(line)\nand should be\n\(should)")
      return
    }
    Issue.record("\(name) ends early, or differs in its line ends")
  }
}
