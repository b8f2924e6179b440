import Foundation
import Testing
import Tree

@testable import Export

/// Texts that would be something else in the format they end up in.
@Suite struct HostileTextTests {
  static let texts = [
    "</pre><script>alert(1)</script>", "]]><!-- & &amp; -->", "\"'><img src=x onerror=alert(1)>",
    "bell \u{7} escape \u{1b}[2J nul \u{0} delete \u{7f} \u{9b}31m", "right \u{202e}tfel\u{202c}",
    "```\n````\nfence", "| a | b |\n# title\n> quote\n[x](y)", "a,b;\"c\"\r\nd\re\tf",
    "=1+1", "‮é e\u{301} 漢字 👩‍👩‍👧", "</style><!DOCTYPE x [<!ENTITY y 'z'>]>&y;", "\u{fffe}\u{ffff}",
  ]

  private static func record(_ text: String) -> RunRecord {
    RunRecord.scripted { configuration in
      configuration.name = text
      configuration.initialPrompt = Text(text)
      configuration.queries = configuration.queries.map { _ in Text(text) }
      configuration.models[.base]?.name = text
    }
  }

  @Test(arguments: texts) func `a page shows it and does nothing else`(_ text: String) throws {
    let record = Self.record(text)
    let html = try record.exported(as: .html, of: .node(number: 0))
    let page = PageReader(html)
    #expect(page.fault == nil)
    #expect(page.text.contains(text.visible))
    let plain = PageReader(try Self.record("plain").exported(as: .html, of: .node(number: 0)))
    #expect(page.elements == plain.elements)
    // What reorders or controls is nowhere in it.
    #expect(
      html.unicodeScalars.allSatisfy { String($0).visible.unicodeScalars.elementsEqual([$0]) })
  }

  @Test(arguments: texts) func `a table gives it back`(_ text: String) throws {
    let record = Self.record(text)
    let rows = try #require(rows(ofCSV: try record.exported(as: .csv)))
    #expect(rows.count == record.tree.nodes.count + 1)
    #expect(rows[1][11].utf8.elementsEqual(text.utf8))
    #expect(rows[1][12].utf8.elementsEqual(text.utf8))
  }

  @Test(arguments: texts) func `JSON gives it back`(_ text: String) throws {
    struct Message: Decodable {
      var role: String
      var content: String
    }
    let json = try Self.record(text).exported(as: .messages, of: .node(number: 0))
    let messages = try JSONDecoder().decode([Message].self, from: Data(json.utf8))
    #expect(messages.map(\.role) == ["system"])
    #expect(messages[0].content.utf8.elementsEqual(text.utf8))
  }

  @Test func `a fence is longer than any in the text`() throws {
    let report = try Self.record("```\n````\nfence").exported(as: .markdown, of: .node(number: 0))
    #expect(report.contains("\n`````\n```\n````\nfence\n`````\n"))
  }

  @Test func `a report has no tags, tables or headings but its own`() throws {
    for text in ["<b>x</b>", "| a | b |", "# title", "[x](y)", "- item", "1. item", "a_b_c*d*"] {
      let report = try Self.record(text).exported(as: .markdown, of: .node(number: 0))
      let outside = report.split(separator: "\n```").enumerated()
        .filter { $0.offset.isMultiple(of: 2) }.map(\.element).joined()
      for part in [
        "<b>", "| a | b |", "\n# title", "> # title", "[x](", "> - item", "> 1. item", "_b_", "*d*",
      ] {
        #expect(!outside.contains(part), "\(text) gives \(part)")
      }
    }
  }
}
