import TestSupport
import Testing
import Tree

@testable import Export

@Suite struct WordsTests {
  @Test(arguments: [
    (4.289655, 2, "4.29"), (0, 2, "0.00"), (-0.001, 2, "0.00"), (-1.5, 1, "-1.5"), (2, 0, "2"),
    (0.05, 2, "0.05"), (.nan, 2, "–"), (.infinity, 2, "–"), (1e30, 2, "–"),
  ]) func `a number has so many digits`(_ value: Double, _ digits: Int, _ text: String) {
    #expect(value.fixed(digits) == text)
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1\u{202F}000"), (12_345_678, "12\u{202F}345\u{202F}678"),
    (-1234, "-1\u{202F}234"),
    (Int.min, "-9\u{202F}223\u{202F}372\u{202F}036\u{202F}854\u{202F}775\u{202F}808"),
  ]) func `digits are grouped`(_ value: Int, _ text: String) { #expect(value.grouped == text) }

  @Test(arguments: [
    (1_795_251_600.9, "2026-11-21T09:00:00Z"), (0, "1970-01-01T00:00:00Z"), (.nan, "–"),
    (1e300, "–"),
  ]) func `a time is`(_ seconds: Double, _ text: String) { #expect(seconds.timestamp == text) }

  @Test func `what a cache gave is told as such`() {
    let call = CallKey(node: .root, step: .answer, query: 0)
    let usages = [
      Usage(input: 900, cachedInput: 600, output: 9), Usage(requests: 0),
    ]
    var record = RunRecord(
      configuration: .scripted(), events: [], texts: TextsInMemory(), file: nil)
    var lines: [String] = []
    for (ordinal, usage) in usages.enumerated() {
      record.take(RecordedEvent(ordinal: 2 * ordinal, time: 1, event: .flight(.started(call))))
      let event = RunEvent.completed(
        Completion(
          call: call, outcome: .answered(Answer(response: "x", examples: [])), usage: usage))
      record.take(RecordedEvent(ordinal: 2 * ordinal + 1, time: 1, event: event))
      lines.append(record.words.line(for: event))
    }
    #expect(lines == ["node 0: answered, 9 tokens", "node 0: answered, from the cache"])
    let row = CallTable.rows(of: record)[0]
    #expect(row[3] == "2 (1 from the cache)")
    #expect(row[4] == "900 (600 cached)")
  }

  @Test func `of settings it is told what was changed`() {
    var record = RunRecord(
      configuration: .scripted(beam: 2, actions: 3, depth: 4), events: [],
      texts: TextsInMemory(), file: nil)
    var lines: [String] = []
    func take(_ settings: SearchSettings, _ relation: Intervention.Relation = .new) {
      let event = RunEvent.intervened(
        Intervention(.set(settings), by: .person("ada"), relation: relation))
      record.take(RecordedEvent(ordinal: lines.count, time: 1, event: event))
      lines.append(record.words.line(for: event))
    }
    let start = record.tree.settings
    var settings = start.with(.beam(5))
    take(settings)
    settings = settings.with(.maxCalls(500)).with(.maxMinutes(30))
    take(settings)
    settings = settings.with(.maxCalls(nil))
    take(settings)
    take(settings.with(.maxCalls(500)), .undo)
    take(settings, .redo)
    take(settings)
    let told = [
      "set beam 5 (by ada)", "set at most 500 calls, 30 min (by ada)",
      "set no limit of calls (by ada)", "took a step back: set at most 500 calls (by ada)",
      "did it again: set no limit of calls (by ada)", "set what was set already (by ada)",
    ]
    #expect(lines == told)
    // The same where all is told at the end.
    #expect(record.ledger.interventions.map { record.words.line(for: $0) } == told)
  }

  @Test func `a line tells the beginning of a long text, an export all of it`() throws {
    let wish = String(repeating: "Be brief. ", count: 10_000)
    let event = RunEvent.intervened(
      Intervention(.steer(Text(wish)), by: .person("root"), because: "I said so."))
    var record = RunRecord(
      configuration: .scripted(), events: [], texts: TextsInMemory(), file: nil)
    record.take(RecordedEvent(ordinal: 0, time: 1, event: event))
    let line = record.words.line(for: event)
    #expect(line.hasPrefix("wished for \"Be brief. Be brief."))
    #expect(line.hasSuffix("…\" (by root): I said so."))
    #expect(line.count < 250)
    #expect(Card(record).run.utf8.count < 2_000)
    #expect(try record.exported(as: .json).utf8.count > wish.utf8.count)
  }

  @Test func `cost is told by what is known of it`() {
    func record(_ costs: [Double?], isSimulated: Bool = false) -> RunRecord {
      var configuration = RunConfiguration.scripted()
      configuration.models[.base]?.isSimulated = isSimulated
      let events = costs.enumerated().map { ordinal, cost in
        RecordedEvent(
          ordinal: ordinal, time: 1,
          event: .completed(
            Completion(
              call: CallKey(node: .root, step: .answer, query: ordinal),
              outcome: .answered(Answer(response: "x", examples: [])), usage: Usage(cost: cost))))
      }
      return RunRecord(
        configuration: configuration, events: events, texts: TextsInMemory(), file: nil)
    }
    #expect(record([0.5, 1]).costWords(of: .role(.base)) == "$1.50")
    #expect(record([0.00123]).costWords(of: .role(.base)) == "$0.0012")
    #expect(
      record([0.5, nil]).costWords(of: .role(.base)) == "$0.5000 and 1 call of unknown price")
    #expect(record([nil]).costWords(of: .role(.base)) == "unknown")
    #expect(record([0, nil]).costWords(of: .role(.base)) == "unknown")
    #expect(record([0]).costWords(of: .role(.base)) == "$0")
    // Whatever its usage says.
    for cost in [nil, 0, 0.5] {
      let simulated = record([cost], isSimulated: true)
      #expect(simulated.costWords(of: .role(.base)) == "$0")
      #expect(simulated.cost(of: .role(.base)) == 0)
    }
    #expect(record([nil]).cost(of: .role(.base)) == nil)
  }
}
