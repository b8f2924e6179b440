import Foundation
import Locking
import Testing
import Tree

@testable import RunFile

@Suite struct CareTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test func `a sound file is said to be sound`() throws {
    let path = try scratch.closedRun()
    let report = try RunFile.check(path)
    #expect(report.isSound)
    #expect(report.events == Sample.events.count)
    #expect(report.writer == nil)
    #expect(report.size == PrivateFile.size(of: path))
    #expect(try scratch.names == ["quiet-cedar.espalier"])
  }

  @Test func `a run at work can be checked`() throws {
    let file = try scratch.create()
    try file.append(Sample.events, at: 1)
    let report = try RunFile.check(scratch.path())
    #expect(report.isSound)
    #expect(report.writer == getpid())
    #expect(try file.append(Sample.answers(1), at: 1).count == 1)
  }

  @Test func `a run that goes on meanwhile is sound`() throws {
    let file = try scratch.create()
    try file.append(Sample.answers(2_000), at: 1)
    let isChecked = Locked(false)
    let writing = DispatchGroup()
    DispatchQueue.global().async(group: writing) {
      while !isChecked.withLock({ $0 }) { _ = try? file.append(Sample.answers(1), at: 2) }
    }
    for _ in 0..<4 { #expect(try RunFile.check(scratch.path()).damage == []) }
    isChecked.withLock { $0 = true }
    writing.wait()
    file.close()
  }

  @Test(
    arguments: [
      (.changedPayload, 3), (.changedTime, 4), (.swappedEvents, 5), (.missingEvent, 6),
      (.lostTail, 13), (.changedTail, 15),
    ] as [(DamageTests.Case, Int)])
  func `the longest good part is recovered`(damage: DamageTests.Case, good: Int) throws {
    let path = try scratch.closedRun()
    let events = try read(path)
    try damage.apply(to: path)
    let before = try Data(contentsOf: URL(filePath: path))

    #expect(try RunFile.check(path).damage.map(\.description).contains(damage.rawValue))
    let new = scratch.path("new.espalier")
    let report = try RunFile.repair(path, into: new)
    #expect(report.events == good)
    #expect(try read(new) == Array(events[..<good]))
    #expect(try RunFile.check(new).isSound)
    #expect(try Data(contentsOf: URL(filePath: path)) == before)
    let file = try RunFile.open(new, for: .writing(.full))
    try file.append(Sample.answers(1), at: 1)
    file.close()
    #expect(try scratch.names == ["new.espalier", "quiet-cedar.espalier"])
  }

  @Test func `events after a lost text are not trusted`() throws {
    let path = try scratch.closedRun()
    try change(path, "DELETE FROM text WHERE content = CAST('I can''t.' AS BLOB)")
    let report = try RunFile.repair(path, into: scratch.path("new.espalier"))
    #expect(report.damage == [.text(id: TextID(of: "I can't.").description), .event(ordinal: 3)])
    #expect(try read(scratch.path("new.espalier")).count == 3)
  }

  @Test func `a text that no event names is still missed`() throws {
    let path = try scratch.closedRun()
    try change(
      path, "INSERT INTO text VALUES (CAST('0123456789abcdef' AS BLOB), CAST('x' AS BLOB))")
    #expect(try RunFile.check(path).damage.count == 1)
    #expect(try RunFile.check(path).events == Sample.events.count)
  }

  @Test(
    arguments: [
      ("DELETE FROM run", [.configuration]),
      ("DROP TABLE run", [.schema(fault: "there is no table run"), .configuration]),
      ("UPDATE run SET configuration = configuration || ' '", [.configuration]),
      ("UPDATE run SET created = created + 1", [.configuration]),
      (
        "DELETE FROM text WHERE content = CAST('Second?' AS BLOB)",
        [.text(id: TextID(of: "Second?").description)]
      ),
      (
        "UPDATE text SET content = zeroblob(3) WHERE content = CAST('You help.' AS BLOB)",
        [.text(id: TextID(of: "You help.").description)]
      ),
      ("DELETE FROM spare", [.spare]),
      ("UPDATE spare SET texts = '[]'", [.spare]),
      ("UPDATE spare SET id = 'other'", [.spare]),
      ("DROP TABLE spare", [.schema(fault: "there is no table spare"), .spare]),
    ] as [(String, [RunFileError.Damage])])
  func `one of two copies of what the run is will do`(
    sql: String, damage: [RunFileError.Damage]
  ) throws {
    let path = try scratch.closedRun()
    let whole = try read(path)
    try change(path, sql)
    let new = scratch.path("new.espalier")
    let report = try RunFile.repair(path, into: new)
    #expect(report.damage == damage)
    #expect(try read(new) == whole)
    #expect(try RunFile.check(new).isSound)
    let file = try RunFile.open(new, for: .reading)
    defer { file.close() }
    #expect(file.created == 100)
    #expect(try file.resolvedConfiguration() == .small)
  }

  @Test(arguments: [
    "DELETE FROM spare", "UPDATE spare SET texts = '[]'", "UPDATE spare SET created = 1",
  ])
  func `a damaged second copy is made anew by who goes on with the run`(sql: String) throws {
    let path = try scratch.closedRun()
    try change(path, sql)
    #expect(try RunFile.check(path).damage == [.spare])
    try RunFile.open(path, for: .writing(.full)).close()
    #expect(try RunFile.check(path).isSound)
    // Of what is not sound itself no copy is made.
    try change(path, sql)
    try change(path, "DELETE FROM text WHERE content = CAST('Second?' AS BLOB)")
    #expect(throws: RunFileError.self) { try RunFile.open(path, for: .writing(.full)) }
  }

  @Test func `without a configuration there is nothing to recover`() throws {
    let path = try scratch.closedRun()
    try DamageTests.Case.changedConfiguration.apply(to: path)
    try change(path, "DELETE FROM spare")
    #expect(throws: RunFileError.damaged(path: path, .configuration)) {
      try RunFile.repair(path, into: scratch.path("new.espalier"))
    }
    #expect(try scratch.names == ["quiet-cedar.espalier"])
  }

  @Test func `what is left of a file that was cut is recovered`() throws {
    let file = try scratch.create()
    for number in 0..<300 {
      let answer = Answer(
        response: Text("\(number) " + String(repeating: "a long answer ", count: 20)),
        examples: [])
      try file.append(
        [Sample.completed(CallKey(node: .root, step: .answer, query: 0), .answered(answer))],
        at: Double(number))
    }
    let whole = try file.events()
    file.close()
    let handle = try FileHandle(forUpdating: URL(filePath: scratch.path()))
    try handle.truncate(atOffset: handle.seekToEnd() * 9 / 10)
    try handle.close()

    let new = scratch.path("new.espalier")
    let report = try RunFile.repair(scratch.path(), into: new)
    #expect(!report.isSound)
    #expect((1..<300).contains(report.events))
    let recovered = try RunFile.open(new, for: .reading)
    defer { recovered.close() }
    #expect(try recovered.events() == Array(whole.prefix(report.events)))
  }

  @Test func `a look at a file whose log is lost leaves nothing beside it`() throws {
    let file = try scratch.create()
    try file.append(Sample.events, at: 1)
    let copy = scratch.path("odd %41?mode=rw#.espalier")
    try FileManager.default.copyItem(atPath: scratch.path(), toPath: copy)
    file.close()
    let report = try RunFile.check(copy)
    #expect(report.damage.contains(.missingLog))
    #expect(report.size == PrivateFile.size(of: copy))
    #expect(
      try scratch.names.sorted() == ["odd %41?mode=rw#.espalier", "quiet-cedar.espalier"])
  }

  @Test func `what is essential and lost is named`() throws {
    let path = try scratch.closedRun()
    try change(path, "DELETE FROM text WHERE content = CAST('Second?' AS BLOB)")
    try change(path, "UPDATE spare SET texts = '[]'")
    let lost = RunFileError.Damage.essential(part: "the query of level 1")
    #expect(throws: RunFileError.damaged(path: path, lost)) {
      try RunFile.repair(path, into: scratch.path("new.espalier"))
    }
    #expect(lost.description == "the query of level 1 is lost, and so is the spare copy of it")
  }

  @Test func `a repair never overwrites`() throws {
    let path = try scratch.closedRun()
    #expect(throws: RunFileError.exists(path: path)) { try RunFile.repair(path, into: path) }
    #expect(try RunFile.check(path).isSound)
  }

  @Test func `compacting keeps what counts`() throws {
    let file = try scratch.create()
    let record = CallRecord(
      call: .aspects(query: 0), request: 1, model: "m", status: .answered, usage: Usage(),
      reply: String(repeating: "long ", count: 100_000))
    try file.append(Sample.events, calls: [record], at: 1)
    #expect(throws: RunFileError.inUse(path: scratch.path(), process: getpid())) {
      try RunFile.compact(scratch.path())
    }
    file.close()
    let events = try read(scratch.path())

    try RunFile.compact(scratch.path())
    let kept = try RunFile.open(scratch.path(), for: .reading)
    #expect(try kept.calls() == [record])
    kept.close()
    let sizes = try RunFile.compact(scratch.path(), droppingReplies: true)
    #expect(sizes.after < sizes.before - 400_000)
    #expect(try read(scratch.path()) == events)
    #expect(try RunFile.check(scratch.path()).isSound)
    #expect(try scratch.names == ["quiet-cedar.espalier"])
  }

  @Test func `the size before compacting is that of all that lies there`() throws {
    let file = try scratch.create()
    defer { file.close() }
    try file.append(Sample.events, at: 1)
    let copy = try scratch.copyOfLive(["", "-wal"])
    let size = try RunFile.check(copy).size
    let alone = try #require(PrivateFile.size(of: copy))
    #expect(size > alone)
    let sizes = try RunFile.compact(copy)
    #expect(sizes.before == size)
    #expect(try sizes.after == RunFile.check(copy).size)
  }

  private func read(_ path: String) throws -> [RecordedEvent] {
    let file = try RunFile.open(path, for: .reading)
    defer { file.close() }
    return try file.events()
  }
}
