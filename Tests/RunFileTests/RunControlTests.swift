import Foundation
import Testing
import Tree

@testable import RunFile

@Suite struct RunControlTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test(
    arguments: [
      .intervene(Intervention(.prune(Sample.child), by: .person("ada"), because: "It rambles.")),
      .intervene(
        Intervention(
          .fork(parent: .root, slot: -1, number: 4, prompt: "Mine.\u{0}"), by: .person("ada"))),
      .intervene(Intervention(.steer("Shorter."), by: .person("ada"))),
      .intervene(Intervention(.steer(nil), by: .person("ada"))),
      .intervene(Intervention(.lock("a span"), by: .person("ada"), because: "a span")),
      .intervene(Intervention(.unlock("a span"), by: .person("ada"))),
      .intervene(Intervention(.set(SearchSettings(beam: 3)), by: .program)),
      .set(.maxCalls(nil), by: .person("ada"), because: "Let it run."),
      .set(.maxCost(2.5), by: .program),
      .undo(by: .person("ada")),
      .redo(by: .person("ada")),
    ] as [ControlRequest])
  func `a request arrives with its texts, and its answer comes back`(request: ControlRequest) throws
  {
    let file = try scratch.create()
    let control = try RunControl(path: scratch.path())
    let id = try control.ask(request, at: 5)
    #expect(try control.answer(to: id) == nil)

    let entries = try file.requests(at: 9)
    #expect(entries == [ControlEntry(id: id, time: 5, request: request)])
    let texts = entries.flatMap(\.request.texts)
    #expect(texts.allSatisfy { $0.content != nil })
    if case .intervene(let intervention) = entries[0].request {
      try file.append([.intervened(intervention)], at: 6)
    }
    try file.answer(id, .done(ordinal: 0), at: 6)
    #expect(try control.answer(to: id) == .done(ordinal: 0))
    #expect(try file.requests(at: 9).isEmpty)
    control.close()
  }

  @Test func `requests are answered each for itself, the oldest first`() throws {
    let file = try scratch.create()
    let one = try RunControl(path: scratch.path())
    let other = try RunControl(path: scratch.path())
    let first = try one.ask(.undo(by: .program), at: 1)
    let second = try other.ask(.redo(by: .program), at: 1)
    #expect(try file.requests(at: 9).map(\.id) == [first, second])
    try file.answer(first, .refused("There is nothing to undo."), at: 2)
    #expect(try one.answer(to: first) == .refused("There is nothing to undo."))
    #expect(try other.answer(to: second) == nil)
    try file.append(Sample.answers(1), at: 3)
    #expect(try file.requests(at: 9).map(\.id) == [second])
  }

  @Test func `without a writer there is nobody to ask`() throws {
    let path = try scratch.closedRun()
    let error = #expect(throws: RunFileError.noWriter(path: path)) { try RunControl(path: path) }
    #expect(error?.description.contains("espalier resume \(path)") == true)
    #expect(try scratch.names == ["quiet-cedar.espalier"])
  }

  @Test func `what an ended writer was asked is not done by the next`() throws {
    let file = try scratch.create()
    let control = try RunControl(path: scratch.path())
    let id = try control.ask(.undo(by: .program), at: 1)
    file.close()
    #expect(throws: RunFileError.noWriter(path: scratch.path())) { try control.answer(to: id) }

    let next = try RunFile.open(scratch.path(), for: .writing(.normal))
    #expect(try next.requests(at: 9).isEmpty)
    #expect(
      try control.answer(to: id)
        == .refused("The process that wrote the run ended before it saw this."))
  }
}
