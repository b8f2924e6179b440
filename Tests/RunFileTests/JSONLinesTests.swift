import Foundation
import Testing
import Tree

@testable import RunFile

@Suite struct JSONLinesTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private let call = CallRecord(
    call: CallKey(node: Sample.child, step: .answer, query: 1), request: .max, model: "m",
    status: .answered, usage: Usage(input: 3, seconds: 0.25, cost: 1e-6), reply: "{\"a\":\u{0}\n}")

  private func lines() throws -> [String] {
    let file = try scratch.create()
    try file.append(Sample.events, calls: [call], at: 101.25)
    try file.append(Sample.answers(200) + Sample.embeddings, at: 102)
    var lines: [String] = []
    try file.exportLines { lines.append($0) }
    file.close()
    return lines
  }

  @Test func `an export imports back to an equal run`() throws {
    let lines = try lines()
    #expect(lines.allSatisfy { !$0.contains("\n") })
    #expect(Set(lines).count == lines.count)
    let copy = scratch.path("copy.espalier")
    try RunFile.importLines(lines, to: copy)

    let original = try RunFile.open(scratch.path(), for: .reading)
    let imported = try RunFile.open(copy, for: .reading)
    #expect(try imported.events() == original.events())
    #expect(try imported.timedCalls() == original.timedCalls())
    #expect(imported.configuration == original.configuration)
    #expect(imported.header == original.header)
    let events = Sample.events + Sample.embeddings
    for text in events.flatMap(\.texts) + RunConfiguration.small.texts {
      #expect(try imported.text(text.id) == original.text(text.id))
    }
    var again: [String] = []
    try imported.exportLines { again.append($0) }
    #expect(again == lines)
    #expect(try RunFile.check(copy).isSound)
  }

  @Test func `other programs may set blanks and escapes`() throws {
    let lines = try lines().map { line in
      let value = try JSONSerialization.jsonObject(with: Data(line.utf8))
      let data = try JSONSerialization.data(
        withJSONObject: value, options: [.sortedKeys])
      return "  " + String(decoding: data, as: UTF8.self).replacing(",\"", with: " , \"") + "\r"
    }
    let copy = scratch.path("copy.espalier")
    try RunFile.importLines([""] + lines + [" "], to: copy)
    #expect(try RunFile.check(copy).events == Sample.events.count + 200 + Sample.embeddings.count)
  }

  enum Fault: CaseIterable {
    case cutAtEnd, lostEvent, lostText, changedEvent, changedText, swapped, twice, nonsense, empty
    case lostCall, changedCall, lostQuery
  }

  @Test(arguments: Fault.allCases)
  func `a faulty export makes no run`(fault: Fault) throws {
    var lines = try lines()
    let event = try #require(lines.firstIndex { $0.contains("\"ordinal\":5,") })
    let text = try #require(lines.firstIndex { $0.contains("A joke.") })
    switch fault {
    case .cutAtEnd: lines.removeLast()
    case .lostEvent: lines.remove(at: event)
    case .lostText: lines.remove(at: text)
    case .changedEvent: lines[event] = lines[event].replacing("[1,2]", with: "[1,3]")
    case .changedText: lines[text] = lines[text].replacing("joke", with: "Joke")
    case .swapped: lines.swapAt(event, event + 1)
    case .twice: lines.append(lines[0])
    case .nonsense: lines[event] = "what?"
    case .empty: lines = []
    case .lostCall: lines.removeAll { $0.hasPrefix("{\"kind\":\"call\"") }
    case .lostQuery: lines.removeAll { $0.contains("\"content\":\"Third?\"") }
    case .changedCall: lines = lines.map { $0.replacing("\"input\":3,", with: "\"input\":4,") }
    }
    let error = #expect(throws: RunFileError.self) {
      try RunFile.importLines(lines, to: scratch.path("copy.espalier"))
    }
    #expect(error?.description.contains("of the export is missing, changed") == true)
    #expect(try scratch.names == ["quiet-cedar.espalier"])
  }

  @Test func `an export of an earlier version says nothing of the ledger as a whole`() throws {
    let lines = try lines().map { $0.replacing(/,"calls":1,"ledger":"[0-9a-f]+"/, with: "") }
    #expect(lines.last?.contains("ledger") == false)
    let copy = scratch.path("copy.espalier")
    try RunFile.importLines(lines, to: copy)
    #expect(try RunFile.check(copy).isSound)
  }

  @Test func `an import never overwrites`() throws {
    let lines = try lines()
    #expect(throws: RunFileError.exists(path: scratch.path())) {
      try RunFile.importLines(lines, to: scratch.path())
    }
  }
}
