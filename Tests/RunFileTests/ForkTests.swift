import GRDB
import Testing
import Tree

@testable import RunFile

@Suite struct ForkTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test(arguments: [0, 1, 6, 15, 99])
  func `a fork shares the past up to an event`(ordinal: Int) throws {
    let file = try scratch.create()
    let keys = [CallKey.aspects(query: 0), CallKey(node: Sample.child, step: .answer, query: 1)]
    let records = keys.map {
      CallRecord(
        call: $0, request: 1, model: "m", status: .answered, usage: Usage(), reply: "raw")
    }
    let events = try file.append(Sample.events, calls: records, at: 7)
    try file.remember(["a server": "takes no system prompt"])
    let new = scratch.path("fork.espalier")
    try RunFile.fork(scratch.path(), before: ordinal, named: "fork", to: new, time: 9)

    let fork = try RunFile.open(new, for: .writing(.normal))
    #expect(try fork.events() == Array(events.prefix(ordinal)))
    #expect(fork.configuration.name == "fork")
    #expect(fork.configuration.queries == file.configuration.queries)
    #expect(fork.created == 9)
    #expect(try fork.memory() == file.memory())
    #expect(fork.header.id != file.header.id)
    let shared = ordinal > 8 ? 2 : ordinal > 1 ? 1 : 0
    #expect(try fork.calls() == Array(records.prefix(shared)))
    try fork.append(Sample.answers(1), at: 10)
    #expect(try file.count() == events.count)
    #expect(try RunFile.check(new).isSound)
    fork.close()
  }

  @Test func `a text that is lost is said to be lost in the run that it is forked from`() throws {
    let path = try scratch.closedRun()
    let queue = try DatabaseQueue(path: path)
    try queue.write {
      try $0.execute(sql: "DELETE FROM text WHERE content = CAST('First?' AS BLOB)")
    }
    try queue.close()
    let error = #expect(throws: RunFileError.self) {
      try RunFile.fork(path, before: 3, named: "fork", to: scratch.path("new"), time: 9)
    }
    #expect(error?.description.hasPrefix("\(path) is damaged: text ") == true)
    #expect(try scratch.names == ["quiet-cedar.espalier"])
  }
}
