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
