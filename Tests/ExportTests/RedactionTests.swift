import TestSupport
import Testing
import Tree

@testable import Export

@Suite struct RedactionTests {
  /// Parts of every query, response, rationale, analysis and reason of the scripted world.
  private static let told = [
    "Question ", "Answer ", "Clarity was ", "They matter here.", "It lacks a name.", "no score",
    "the prompt is too long",
  ]
  /// These are in the run, and in no format.
  private static let untold = ["Let me think.", "I would say:", "Fine.", "Shown "]

  private static func record(isRedacted: Bool) -> RunRecord {
    let (configuration, events) = history
    return RunRecord(
      configuration: configuration, events: events, texts: TextsInMemory(), file: nil,
      isRedacted: isRedacted)
  }

  private static let history: (RunConfiguration, [RecordedEvent]) = {
    var world = ScriptedWorld(seed: 11)
    world.unreadablePercent = 40
    world.rejectedPercent = 20
    return RunRecord.history(world: world) { configuration in
      configuration.settings = SearchSettings(beam: 2, actions: 4, depth: 4)
      configuration.examples = [Example(query: "Shown question", response: "Shown response")]
    } act: { driver in
      driver.intervene(.steer("shorter"))
    }
  }()

  private static func outputs(isRedacted: Bool) throws -> [String: String] {
    let record = record(isRedacted: isRedacted)
    var outputs: [String: String] = [:]
    for format in ExportFormat.allCases {
      outputs[format.rawValue] = try record.exported(as: format)
      outputs["\(format.rawValue) of all"] = try record.exported(as: format, of: .all)
    }
    outputs["card"] = Card(record).run
    outputs["nodes"] = record.tree.nodes.map(Card(record).node).joined()
    outputs["log"] = history.1.map { record.words.line(for: $0.event) }.joined(separator: "\n")
    return outputs
  }

  @Test func `what is redacted quotes no query and no response`() throws {
    for (name, text) in try Self.outputs(isRedacted: true) {
      for secret in Self.told + Self.untold {
        #expect(!text.contains(secret), "\(name) tells \"\(secret)\"")
      }
    }
  }

  @Test func `without it they are there`() throws {
    let outputs = try Self.outputs(isRedacted: false)
    let whole = outputs.values.joined()
    for secret in Self.told { #expect(whole.contains(secret), "\(secret)") }
  }

  @Test func `prompts stay`() throws {
    let record = Self.record(isRedacted: true)
    for format in [ExportFormat.prompt, .messages, .json, .csv, .markdown, .html] {
      #expect(try record.exported(as: format).contains(record.prompt(of: record.best)))
    }
    for format in [ExportFormat.markdown, .html] {
      #expect(try record.exported(as: format).contains("may still tell what they were about"))
    }
  }

  @Test(arguments: [
    (#"{"kind":"text","id":"PROMPT","content":"You are …"}"#, true),
    (#"{"kind":"text","id":"QUERY","content":"Why?"}"#, false),
    (#"{"kind":"call","reply":"Because."}"#, false),
    (#"{"kind":"event","ordinal":0}"#, true),
    (#"{"kind":"end","events":1}"#, true),
    ("no JSON", false),
    (#"{"kind":"a later one","content":"Why?"}"#, false),
  ]) func `a line is kept or not`(_ line: String, _ isKept: Bool) {
    let record = RunRecord.scripted()
    let configuration = record.tree.configuration
    let line = line.replacing("PROMPT", with: configuration.initialPrompt.id.description)
      .replacing("QUERY", with: configuration.queries[0].id.description)
    #expect(LineRedaction(record, events: []).line(line) == (isKept ? line : nil))
  }

  @Test func `what an aspect means is taken out of its event`() {
    let line =
      #"{"kind":"event","ordinal":1,"time":1699.25,"event":{"aspects":["#
      + #"{"name":"Tact","definition":"Is it kind to the widow?"}],"reasoning":"ab"}}"#
    #expect(
      LineRedaction(.scripted(), events: []).line(line)
        == #"{"kind":"event","ordinal":1,"time":1699.25,"event":{"aspects":["#
        + #"{"name":"Tact"}],"reasoning":"ab"}}"#)
  }
}
