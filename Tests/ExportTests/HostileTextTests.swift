import Foundation
import Testing
import Tree

@testable import Export

/// Texts that would be something else in the format they end up in.
@Suite struct HostileTextTests {
  /// A text with a name for the log, which should not have to print the text.
  struct Hostile: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var text: String

    init(_ name: String, _ text: String) { (testDescription, self.text) = (name, text) }
  }

  static let texts = [
    Hostile("a script", "</pre><script>alert(1)</script>"),
    Hostile("ends of sections", "]]><!-- & &amp; -->"),
    Hostile("an attribute", "\"'><img src=x onerror=alert(1)>"),
    Hostile("controls", "bell \u{7} escape \u{1b}[2J nul \u{0} delete \u{7f} \u{9b}31m"),
    Hostile("right to left", "right \u{202e}tfel\u{202c}"),
    Hostile("fences", "```\n````\nfence"),
    Hostile("Markdown", "| a | b |\n# title\n> quote\n[x](y)"),
    Hostile("separators", "a,b;\"c\"\r\nd\re\tf"),
    Hostile("a formula", "=1+1"),
    Hostile("other scripts", "é e\u{301} 漢字 👩‍👩‍👧"),
    Hostile("an entity", "</style><!DOCTYPE x [<!ENTITY y 'z'>]>&y;"),
    Hostile("no characters", "\u{fffe}\u{ffff}"),
  ]

  private static func record(_ text: String) -> RunRecord {
    RunRecord.scripted { configuration in
      configuration.name = text
      configuration.initialPrompt = Text(text)
      configuration.queries = configuration.queries.map { _ in Text(text) }
      configuration.models[.base]?.name = text
    }
  }

  @Test(arguments: texts) func `a page shows it and does nothing else`(_ hostile: Hostile) throws {
    let text = hostile.text
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

  @Test(arguments: texts) func `a table gives it back`(_ hostile: Hostile) throws {
    let text = hostile.text
    let record = Self.record(text)
    let rows = try #require(rows(ofCSV: try record.exported(as: .csv)))
    #expect(rows.count == record.tree.nodes.count + 1)
    #expect(rows[1][11].utf8.elementsEqual(text.utf8))
    #expect(rows[1][12].utf8.elementsEqual(text.utf8))
  }

  @Test(arguments: texts) func `JSON gives it back`(_ hostile: Hostile) throws {
    let text = hostile.text
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
