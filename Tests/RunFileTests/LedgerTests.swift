import Foundation
import GRDB
import Testing
import Tree

@testable import RunFile

/// What is noticed of damage to the ledger, by each who reads it.
@Suite struct LedgerTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch(inMemory: true) }

  /// What is done to a ledger, what is said of it, and which of its calls are still good.
  struct Case: CustomTestStringConvertible {
    var testDescription: String
    var sql: String
    var damage: [RunFileError.Damage]
    var good: [Int]

    init(_ sql: String, _ damage: [RunFileError.Damage], good: [Int]) {
      testDescription = sql
      self.sql = sql
      self.damage = damage
      self.good = good
    }
  }

  static let cases =
    [
      "time = time + 1", "call = replace(call, ':3', ':4')", "request = request + 1",
      "role = 'judge'", "model = 'M' || model", "status = 'odd '", "input = input + 1",
      "cachedInput = 0", "output = output - 1", "isEstimated = 1 - isEstimated",
      "requests = requests + 1", "seconds = 0", "cost = 9", "replyHash = 7",
      "checksum = checksum + 1",
    ].map { Case("UPDATE call SET \($0) WHERE id = 4", [.calls(4...4)], good: [1, 2, 3, 5, 6]) } + [
      Case("UPDATE call SET cost = NULL WHERE id = 5", [.calls(5...5)], good: [1, 2, 3, 4, 6]),
      Case(
        "DELETE FROM call WHERE id IN (2, 3, 5)", [.calls(2...3), .calls(5...5)], good: [1, 4, 6]),
      Case("DELETE FROM call WHERE id > 3", [.calls(4...6)], good: [1, 2, 3]),
      Case("DELETE FROM call", [.calls(1...6)], good: []),
      Case("UPDATE call SET id = 9 WHERE id = 2", [.calls(2...2)], good: [1, 3, 4, 5, 6]),
      Case(
        """
        UPDATE call SET id = 9 WHERE id = 2; UPDATE call SET id = 2 WHERE id = 3;
        UPDATE call SET id = 3 WHERE id = 9;
        """, [.calls(2...3)], good: [1, 4, 5, 6]),
      Case("UPDATE tail SET calls = 8", [.calls(7...8)], good: Array(1...6)),
      Case("UPDATE tail SET calls = 5", [.callCount], good: Array(1...6)),
      Case("UPDATE tail SET calls = \(Int.max)", [.callCount], good: Array(1...6)),
      Case(
        """
        INSERT INTO call SELECT 9, time, call, request, role, model, status, input, cachedInput,
        output, isEstimated, requests, seconds, cost, replyHash, checksum, reply FROM call
        WHERE id = 3
        """, [.callCount], good: Array(1...6)),
      Case("UPDATE tail SET calls = -1", [.callCount], good: Array(1...6)),
      Case("UPDATE call SET id = \(Int.max) WHERE id = 6", [.calls(6...6)], good: Array(1...5)),
      Case("UPDATE call SET id = \(Int.min) WHERE id = 1", [.calls(1...1)], good: Array(2...6)),
      Case(
        "UPDATE call SET reply = CAST('another' AS BLOB) WHERE id = 2", [.reply(call: 2)],
        good: Array(1...6)),
    ]

  @Test(arguments: cases)
  func `what is not as it was written is named, and the rest recovered`(harm: Case) throws {
    let path = try scratch.closedRun(calls: Sample.calls)
    try change(path, harm.sql)
    #expect(try RunFile.check(path).damage == harm.damage)

    let file = try RunFile.open(path, for: .reading)
    #expect(try file.events().count == Sample.events.count, "the run can be looked at")
    #expect(throws: RunFileError.self) { try file.calls() }
    #expect(throws: RunFileError.self) { try file.exportLines { _ in } }
    if harm.damage != [.reply(call: 2)] { #expect(throws: RunFileError.self) { try file.lost() } }
    for (index, call) in Sample.calls.enumerated() {
      guard let reply = try file.reply(to: call.request) else { continue }
      #expect(reply.text == call.reply, "call \(index + 1)")
    }
    file.close()
    let new = scratch.path("new.espalier")
    #expect(throws: RunFileError.self) {
      try RunFile.fork(path, before: 9, named: "fork", to: new, time: 9)
    }

    #expect(try RunFile.repair(path, into: new).damage == harm.damage)
    #expect(try RunFile.check(new).isSound)
    let repaired = try RunFile.open(new, for: .reading)
    defer { repaired.close() }
    let calls = try repaired.calls()
    #expect(calls.map(\.model) == harm.good.map { "m\($0 - 1)" })
    #expect(try repaired.events().count == Sample.events.count)
  }

  /// It would be given numbers that are in use, or leave a gap.
  @Test func `nothing is added to a ledger whose end is not where it should be`() throws {
    for sql in ["DELETE FROM call WHERE id = 6", "UPDATE tail SET calls = 5"] {
      let path = try scratch.closedRun(calls: Sample.calls)
      try change(path, sql)
      let before = try Data(contentsOf: URL(filePath: path))
      #expect(throws: RunFileError.self) { try RunFile.open(path, for: .writing(.full)) }
      #expect(try Data(contentsOf: URL(filePath: path)) == before)
      #expect(try scratch.names == ["quiet-cedar.espalier"])
      PrivateFile.remove(path)
    }
  }

  /// SQLite drops the end of a damaged log without a word.
  @Test func `calls that were in the lost end of the log are missed`() throws {
    let file = try scratch.create()
    try file.append(Sample.events, calls: Sample.calls, at: 1)
    try file.append([], calls: [Sample.calls[0]], at: 2)
    let copy = try scratch.copyOfLive(["", "-wal", "-lock"])
    let log = URL(filePath: copy + "-wal")
    var bytes = try Data(contentsOf: log)
    bytes[bytes.count - 9] ^= 4
    try bytes.write(to: log)
    #expect(try RunFile.check(copy).damage == [.calls(7...7)])
    #expect(throws: RunFileError.damaged(path: copy, .calls(7...7))) {
      try RunFile.open(copy, for: .writing(.full))
    }
    file.close()
  }

  @Test func `a damaged reply is no answer, and an earlier one is`() throws {
    var calls = [Sample.calls[0], Sample.calls[0]]
    calls[1].reply = "Later."
    let path = try scratch.closedRun(calls: calls)
    func reply() throws -> String? {
      let file = try RunFile.open(path, for: .reading)
      defer { file.close() }
      return try file.reply(to: calls[0].request)?.text
    }
    #expect(try reply() == "Later.")
    try change(path, "UPDATE call SET reply = CAST('Latex.' AS BLOB) WHERE id = 2")
    #expect(try reply() == calls[0].reply)
    try change(path, "UPDATE call SET status = 'cut' WHERE id = 1")
    #expect(try reply() == nil)
  }

  @Test func `dropped replies leave a sound ledger`() throws {
    let path = try scratch.closedRun(calls: Sample.calls)
    try RunFile.compact(path, droppingReplies: true)
    #expect(try RunFile.check(path).isSound)
    let file = try RunFile.open(path, for: .writing(.full))
    try file.append([], calls: Sample.calls, at: 7)
    #expect(try file.calls().count == 2 * Sample.calls.count)
    file.close()
    #expect(try RunFile.check(path).isSound)
  }

  @Test func `what SQLite makes of odd values is as it was written`() throws {
    var call = Sample.calls[0]
    call.model = "a\u{0}b"
    call.usage.seconds = -0.0
    call.usage.cost = .nan
    let path = try scratch.closedRun(calls: [call])
    #expect(try RunFile.check(path).isSound)
  }

  /// One bit of each byte of the page where the ledger's rows are, one after another.
  @Test func `no changed bit goes unnoticed, nor is it believed`() throws {
    let path = try scratch.closedRun(calls: Sample.calls)
    let original = try RunFile.open(path, for: .reading)
    let (calls, lost) = (try original.timedCalls(), try original.lost())
    let page = try original.database.read {
      try #require(
        try Int.fetchOne($0, sql: "SELECT rootpage FROM sqlite_schema WHERE name = 'call'"))
    }
    original.close()
    let whole = try Data(contentsOf: URL(filePath: path))
    let start = (page - 1) * 4096
    let rows = start + Int(whole[start + 5]) << 8 + Int(whole[start + 6])
    for place in rows..<start + 4096 {
      let what: Comment = "byte \(place - start) of the page"
      var bytes = whole
      bytes[place] ^= 1 << UInt8(place % 8)
      try bytes.write(to: URL(filePath: path))
      let file = try RunFile.open(path, for: .reading)
      let found = try? file.timedCalls()
      #expect(found == nil || found == calls, what)
      if let found = try? file.lost() { #expect(found == lost, what) }
      for call in Sample.calls {
        if let reply = try? file.reply(to: call.request) { #expect(reply.text == call.reply, what) }
      }
      file.close()
      let report = try RunFile.check(path)
      #expect(found != nil || !report.isSound, what)
    }
  }
}
