import Foundation
import Testing
import Tree

@testable import RunFile

@Suite struct FollowingTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test func `a reader gets what is there and then what comes, in order`() async throws {
    let file = try scratch.create()
    try await file.append(Sample.answers(2_500), at: 1)
    let reader = try RunFile.open(scratch.path(), for: .reading)
    let writing = Task {
      for number in 0..<50 { try await file.append(Sample.answers(1, from: number), at: 2) }
    }
    var events: [RecordedEvent] = []
    for try await batch in reader.follow(every: .milliseconds(1)) {
      events += batch
      if events.count == 2_550 { break }
    }
    try await writing.value
    #expect(events.map(\.ordinal) == Array(0..<2_550))
    #expect(try events == file.events())
  }

  @Test func `a run that is followed to its end is whole without its log`() throws {
    let file = try scratch.create()
    let readers = try (0..<2).map { _ in try RunFile.open(scratch.path(), for: .reading) }
    let recorded = try file.append(Sample.events + Sample.answers(200), at: 1)
    for reader in readers { #expect(try reader.count() == recorded.count) }
    file.close()

    let copy = scratch.path("copy.espalier")
    try FileManager.default.copyItem(atPath: scratch.path(), toPath: copy)
    let copied = try RunFile.open(copy, for: .reading)
    #expect(try copied.events() == recorded)
    copied.close()
    #expect(try RunFile.check(copy).isSound)

    // The last that closes it takes away what lies beside it.
    readers[0].close()
    #expect(try readers[1].events() == recorded)
    readers[1].close()
    #expect(try scratch.names == ["copy.espalier", "quiet-cedar.espalier"])
    #expect(try RunFile.check(scratch.path()).isSound)
  }

  @Test func `a reader leaves the log of a writer that crashed`() throws {
    let file = try scratch.create()
    try file.append(Sample.events, at: 1)
    let copy = scratch.path("copy.espalier")
    for part in ["", "-wal"] {
      try FileManager.default.copyItem(atPath: scratch.path() + part, toPath: copy + part)
    }
    let log = try Data(contentsOf: URL(filePath: copy + "-wal"))
    let reader = try RunFile.open(copy, for: .reading)
    #expect(RunFile.writer(of: copy) == nil)
    reader.close()
    #expect(try Data(contentsOf: URL(filePath: copy + "-wal")) == log)
    file.close()
  }

  @Test func `starts where it is told to`() async throws {
    let file = try scratch.create()
    let recorded = try await file.append(Sample.events, at: 1)
    var batches = file.follow(from: 4).makeAsyncIterator()
    #expect(try await batches.next() == Array(recorded[4...]))
  }

  @Test func `ends with the task that waits`() async throws {
    let file = try scratch.create()
    let task = Task {
      for try await _ in file.follow(every: .seconds(1_000)) {}
      return true
    }
    task.cancel()
    #expect(try await task.value)
  }

  @Test func `reports damage`() async throws {
    let path = try scratch.closedRun()
    try DamageTests.Case.missingEvent.apply(to: path)
    let reader = try RunFile.open(path, for: .reading)
    await #expect(throws: RunFileError.damaged(path: path, .event(ordinal: 6))) {
      for try await _ in reader.follow() {}
    }
  }
}
