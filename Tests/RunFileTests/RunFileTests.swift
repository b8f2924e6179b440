import Dispatch
import Foundation
import GRDB
import Locking
import Testing
import Tree

@testable import RunFile

@Suite struct RunFileTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test func `gives back what was recorded`() throws {
    let file = try scratch.create()
    let recorded = try file.append(Sample.events, at: 101.5)
    #expect(recorded.map(\.ordinal) == Array(0..<Sample.events.count))
    #expect(recorded.map(\.event) == Sample.events)
    #expect(try file.events() == recorded)
    file.close()

    let again = try RunFile.open(scratch.path(), for: .reading)
    #expect(try again.events() == recorded)
    #expect(try again.events(from: 3, limit: 2) == Array(recorded[3..<5]))
    #expect(try again.events(from: 99).isEmpty)
    #expect(try again.count() == Sample.events.count)
    #expect(again.created == 100)
    #expect(try again.events().map(\.time) == recorded.map(\.time))
  }

  @Test func `folds to the same tree`() throws {
    let path = try scratch.closedRun()
    let file = try RunFile.open(path, for: .reading)
    let fold = SearchTree(configuration: file.configuration, events: try file.events().map(\.event))
    #expect(fold == SearchTree(configuration: .small, events: Sample.events))
  }

  @Test func `leaves texts in the file until they are asked for`() throws {
    let path = try scratch.closedRun()
    let file = try RunFile.open(path, for: .reading)
    #expect(file.configuration == .small)
    #expect(file.configuration.initialPrompt.content == nil)
    for text in RunConfiguration.small.texts + Sample.events.flatMap(\.texts) {
      let content = try file.text(text.id)
      #expect(content.utf8.elementsEqual(text.content!.utf8))
      #expect(file.string(Text(stored: text.id)).utf8.elementsEqual(text.content!.utf8))
    }
    #expect(file.content(of: TextID(of: "never said")) == nil)
    let resolved = try file.resolvedConfiguration()
    #expect(resolved.examples.map(\.response.content) == ["Water.\u{0} And a NUL."])
    #expect(resolved == .small)
  }

  @Test func `stores a text once`() throws {
    let file = try scratch.create()
    let event = Sample.completed(
      CallKey(node: .root, step: .answer, query: 0),
      .answered(Answer(response: "You help.", examples: [])))
    try file.append([event, event], at: 1)
    try file.append([event], at: 2)
    let contents = try file.database.read { db in
      try Data.fetchAll(db, sql: "SELECT content FROM text").map {
        String(decoding: $0, as: UTF8.self)
      }
    }
    #expect(contents.count == RunConfiguration.small.texts.count)
    #expect(contents.filter { $0 == "You help." }.count == 1)
  }

  @Test(arguments: ["-new", "-lock"])
  func `another's file beside it is neither written to nor removed`(_ part: String) throws {
    let path = scratch.path() + part
    try Data("Mine.".utf8).write(to: URL(filePath: path))
    #expect(throws: RunFileError.inTheWay(of: scratch.path(), path: path)) {
      try scratch.create()
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "Mine.")
    #expect(try scratch.names == ["quiet-cedar.espalier" + part])
  }

  @Test func `an event may name a text that is in the file`() throws {
    let file = try scratch.create()
    try file.append(
      [.intervened(Intervention(.steer(Text(stored: TextID(of: "First?"))), by: .program))], at: 1)
    #expect(throws: RunFileError.self) {
      try file.append(
        [.intervened(Intervention(.steer(Text(stored: TextID(of: "lost"))), by: .program))], at: 1)
    }
    #expect(try file.count() == 1)
  }

  @Test func `keeps the order of concurrent writers, without gaps`() async throws {
    let file = try scratch.create()
    let recorded = try await withThrowingTaskGroup(of: [RecordedEvent].self) { group in
      for number in 0..<100 {
        group.addTask {
          try await file.append(Sample.answers(2, from: 2 * number), at: Double(number))
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    let events = try file.events()
    #expect(events.map(\.ordinal) == Array(0..<200))
    #expect(Set(events) == Set(recorded))
    for pair in recorded.sorted(by: { $0.ordinal < $1.ordinal }).chunks(of: 2) {
      #expect(pair[0].time == pair[1].time)
    }
  }

  @Test func `a batch that can't be stored does not keep others back`() async throws {
    let file = try scratch.create()
    let lost = RunEvent.intervened(
      Intervention(.steer(Text(stored: TextID(of: "lost"))), by: .program))
    let stored = await withTaskGroup(of: Int.self) { group in
      for number in 0..<40 {
        group.addTask {
          let events = number % 4 == 0 ? [lost] : Sample.answers(1, from: number)
          return (try? await file.append(events, at: 1))?.count ?? 0
        }
      }
      return await group.reduce(0, +)
    }
    #expect(stored == 30)
    #expect(try file.events().count == 30)
  }

  @Test func `remembers calls and finds replies again`() throws {
    let file = try scratch.create()
    let records = [
      CallRecord(
        call: .aspects(query: 0), request: .max, model: "m", status: .unreadable,
        usage: Usage(input: 1, cost: nil), reply: nil),
      CallRecord(
        call: .aspects(query: 0, attempt: 1), request: 17, model: "m", status: .answered,
        usage: Usage(
          input: 2, cachedInput: 1, output: 3, isEstimated: true, requests: 2, seconds: 0.5,
          cost: 0.25),
        reply: "{}\u{0}"),
    ]
    try file.append(Sample.answers(1), calls: records, at: 3)
    #expect(try file.calls() == records)
    #expect(try file.reply(to: 17)?.text == "{}\u{0}")
    #expect(try file.reply(to: .max) == nil)
    #expect(try file.reply(to: 18) == nil)
  }

  @Test func `is private, alone, and leaves nothing beside it`() throws {
    let folder = scratch.folder.appending(path: "a/runs")
    let path = folder.appending(path: "x.espalier").path
    let file = try RunFile.create(at: path, configuration: .small, durability: .full, time: 1)
    try file.append(Sample.events, at: 1)
    #expect(try mode(folder.path) == 0o700)
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      #expect(try mode(folder.appending(path: name).path) == 0o600, "\(name)")
    }
    file.close()
    file.close()
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["x.espalier"])
    #expect(throws: RunFileError.closed(path: path)) { try file.append(Sample.events, at: 1) }
    let reader = try RunFile.open(path, for: .reading)
    _ = try reader.events()
    #expect(throws: RunFileError.notOpenForWriting(path: path)) {
      try reader.append(Sample.events, at: 1)
    }
    reader.close()
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["x.espalier"])
  }

  /// Who leaves a run closes it while other threads still read.
  @Test func `closes when reads under way have ended, and refuses later ones`() throws {
    let path = try scratch.closedRun()
    for _ in 0..<50 {
      let file = try RunFile.open(path, for: .reading)
      let ends = Locked<[RunFileError?]>([])
      let hasRead = DispatchSemaphore(value: 0)
      let readers = DispatchGroup()
      for _ in 0..<3 {
        DispatchQueue.global().async(group: readers) {
          while true {
            do {
              _ = try file.events()
              hasRead.signal()
            } catch {
              return ends.withLock { $0.append(error as? RunFileError) }
            }
          }
        }
      }
      hasRead.wait()
      file.close()
      readers.wait()
      #expect(ends.withLock { $0 } == Array(repeating: .closed(path: path), count: 3))
    }
  }

  @Test func `is never overwritten`() throws {
    let path = try scratch.closedRun()
    let before = try Data(contentsOf: URL(filePath: path))
    #expect(throws: RunFileError.exists(path: path)) { try scratch.create() }
    #expect(try Data(contentsOf: URL(filePath: path)) == before)
    #expect(
      RunFile.freshPath(in: scratch.folder.path, name: "quiet-cedar")
        == scratch.path("quiet-cedar-2.espalier"))
    #expect(RunFile.freshPath(in: scratch.folder.path, name: "new") == scratch.path("new.espalier"))
    #expect(RunFile.freshPath(in: "", name: "new") == "new.espalier")
  }

  @Test func `goes on after it was closed`() throws {
    let path = try scratch.closedRun()
    for round in 1...3 {
      let file = try RunFile.open(path, for: .writing(.normal))
      let recorded = try file.append(Sample.answers(2), at: 1)
      #expect(recorded.map(\.ordinal).first == Sample.events.count + 2 * (round - 1))
      file.close()
    }
    let file = try RunFile.open(path, for: .reading)
    #expect(try file.events().count == Sample.events.count + 6)
  }

  @Test(arguments: [RunFile.Durability.full, .normal])
  func `sets how sure a commit is`(durability: RunFile.Durability) throws {
    let file = try RunFile.create(
      at: scratch.path(), configuration: .small, durability: durability, time: 1)
    let level = try file.database.writeWithoutTransaction {
      try Int.fetchOne($0, sql: "PRAGMA synchronous")
    }
    #expect(level == (durability == .full ? 2 : 1))
  }

  private func mode(_ path: String) throws -> Int {
    try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
  }
}

extension Array {
  fileprivate func chunks(of size: Int) -> [[Element]] {
    stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
  }
}
