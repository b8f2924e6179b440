import Foundation
import GRDB
import TestSupport
import Testing
import Tree

@testable import RunFile

/// Files that were cut, changed and mixed up at many places, drawn by a seed: both of a run that was
/// closed and of one whose writer was killed. Each is either all there, or known as damaged, and what is
/// recovered is a beginning of what was there. The originals stay as they are, byte for byte.
@Suite struct DamagedFilesTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch(inMemory: true) }

  /// What is done to the files of a run.
  enum Harm: CaseIterable {
    case cut, changedBit, changedBytes, zeroedPage, doubledPage
    case lostRun, lostTexts, lostSpare, lostLedger, changedCall
    case cutLog, changedBitInLog, changedBytesInLog, changedLogHeader, noLog, emptyLog
    case changedIndex, noIndex, changedLock
    case empty, otherProgram, newer

    /// Which file it befalls.
    var part: String {
      switch self {
      case .cut, .changedBit, .changedBytes, .zeroedPage, .doubledPage, .lostRun, .lostTexts,
        .lostSpare, .lostLedger, .changedCall, .empty, .otherProgram, .newer:
        ""
      case .cutLog, .changedBitInLog, .changedBytesInLog, .changedLogHeader, .noLog, .emptyLog:
        "-wal"
      case .changedIndex, .noIndex: "-shm"
      case .changedLock: "-lock"
      }
    }

    /// The table whose first page is gone or changed.
    var table: String? {
      switch self {
      case .lostRun: "run"
      case .lostTexts: "text"
      case .lostSpare: "spare"
      case .lostLedger, .changedCall: "call"
      default: nil
      }
    }
  }

  @Test func `of 286 damaged files none is taken for whole, and none is changed`() throws {
    let closed = try closedFiles()
    let killed = try killedFiles()
    var generator = SeededGenerator(seed: 11)
    var recognised = 0
    for round in 0..<13 {
      for harm in Harm.allCases {
        let files = harm.part.isEmpty && round.isMultiple(of: 2) ? closed : killed
        recognised += try examine(files, harm, round, using: &generator) ? 1 : 0
      }
    }
    #expect(recognised > 100)
  }

  /// - Returns: whether the damage was recognised; it may have befallen what nobody needs.
  private func examine(
    _ files: Files, _ harm: Harm, _ round: Int, using generator: inout SeededGenerator
  ) throws -> Bool {
    let what: Comment = "\(harm), round \(round)"
    let path = scratch.path("damaged.espalier")
    var damaged = files
    try damaged.suffer(harm, scratch: scratch, using: &generator)
    try damaged.lay(at: path)

    let opened = try? read(path)
    let report = try? RunFile.check(path)
    if let opened { #expect(opened == files.content, what) }
    let new = scratch.path("new.espalier")
    let recovered = try? RunFile.repair(path, into: new)
    if let report {
      #expect(report.isSound == (opened != nil && report.damage.isEmpty), what)
      #expect(report.events <= files.content.events.count, what)
      if report.isSound { #expect(report.events == files.content.events.count, what) }
    } else {
      #expect(opened == nil && recovered == nil, what)
    }
    if harm.table != nil { #expect(recovered != nil, what) }
    if harm == .changedLogHeader { #expect(report?.isSound == false, what) }
    if let recovered {
      #expect(recovered.events == report?.events, what)
      if harm == .lostRun { #expect(recovered.events == files.content.events.count, what) }
      let content = try read(new)
      #expect(content.events == Array(files.content.events.prefix(recovered.events)), what)
      #expect(content.calls.allSatisfy(files.isKnown), what)
      #expect(try RunFile.check(new).isSound, what)
    }
    #expect(PrivateFile.exists(new) == (recovered != nil), what)
    // The index of the log is SQLite's own affair: it is made anew from the log. And where there is no
    // log, an empty one is made to read.
    for part in ["", "-wal", "-lock"] {
      let now = try? Data(contentsOf: URL(filePath: path + part))
      #expect(now ?? Data() == damaged.bytes[part] ?? Data(), "\(what): \(part)")
    }
    for part in Files.parts { PrivateFile.remove(path + part) }
    PrivateFile.remove(new)
    return report?.isSound != true
  }

  private func read(_ path: String) throws -> Content {
    let file = try RunFile.open(path, for: .reading)
    defer { file.close() }
    return try Content(of: file)
  }

  private func closedFiles() throws -> Files {
    let path = try scratch.closedRun(Sample.events + Sample.answers(40), calls: Sample.calls)
    let file = try RunFile.open(path, for: .reading)
    defer { file.close() }
    return try Files(of: file)
  }

  /// With a part of the events in the log only.
  private func killedFiles() throws -> Files {
    let path = scratch.path("killed.espalier")
    let file = try RunFile.create(
      at: path, configuration: .small, durability: .full, time: 100)
    defer { file.close() }
    try file.append(Sample.events, calls: Sample.calls, at: 101)
    try file.database.writeWithoutTransaction { _ = try $0.checkpoint(.full) }
    for event in Sample.answers(20) { try file.append([event], calls: [Sample.calls[0]], at: 102) }
    return try Files(of: file)
  }
}

/// What must come out of a run's file as it went in.
private struct Content: Equatable {
  let events: [RecordedEvent]
  let calls: [TimedCall]

  init(of file: RunFile) throws {
    events = try file.events()
    calls = try file.timedCalls()
  }
}

/// The files of a run, as they lie beside each other.
private struct Files {
  static let parts = ["", "-wal", "-shm", "-lock"]
  private static let page = 4096

  /// By what their names end in.
  private(set) var bytes: [String: Data] = [:]
  let content: Content
  /// Where each table begins: the number of a page, from 1.
  private let rootPages: [String: Int]

  init(of file: RunFile) throws {
    content = try Content(of: file)
    rootPages = try file.database.read { db in
      let rows = try Row.fetchAll(db, sql: "SELECT name, rootpage FROM sqlite_schema")
      return Dictionary(uniqueKeysWithValues: rows.map { ($0["name"], $0["rootpage"]) })
    }
    for part in Self.parts where PrivateFile.exists(file.path + part) {
      bytes[part] = try Data(contentsOf: URL(filePath: file.path + part))
    }
  }

  func lay(at path: String) throws {
    for (part, data) in bytes { try data.write(to: URL(filePath: path + part)) }
  }

  mutating func suffer(
    _ harm: DamagedFilesTests.Harm, scratch: Scratch, using generator: inout SeededGenerator
  ) throws {
    var bytes = self.bytes[harm.part] ?? Data()
    let place = Int.random(in: 0..<max(1, bytes.count), using: &generator)
    switch harm {
    case .cut, .cutLog: bytes = bytes.prefix(place)
    case .changedBit, .changedBitInLog:
      bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
    case .changedBytes, .changedBytesInLog, .changedIndex, .changedLock:
      for index in place..<min(place + 64, bytes.count) {
        bytes[index] = UInt8.random(in: 0...255, using: &generator)
      }
    case .changedLogHeader:
      // Which says how far the history goes.
      self.bytes["-lock"] = nil
      bytes[place % 32] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
    case .zeroedPage: bytes.replaceSubrange(pageRange(place), with: Data(count: Self.page))
    case .doubledPage:
      let other = pageRange(Int.random(in: 0..<bytes.count, using: &generator))
      bytes.replaceSubrange(pageRange(place), with: Data(bytes[other]))
    case .lostRun, .lostTexts, .lostSpare, .lostLedger:
      bytes.replaceSubrange(try firstPage(of: harm), with: Data(count: Self.page))
    case .changedCall:
      let page = try firstPage(of: harm)
      // Behind the numbers of the page itself lie its rows, the last of them first.
      let rows =
        page.lowerBound + Int(bytes[page.lowerBound + 5]) << 8 + Int(bytes[page.lowerBound + 6])
      let place = Int.random(in: rows..<page.upperBound, using: &generator)
      bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
    case .emptyLog, .empty: bytes = Data()
    case .noLog, .noIndex:
      self.bytes[harm.part] = nil
      return
    case .newer: bytes.replaceSubrange(60..<64, with: [0, 0, 0, 9])
    case .otherProgram: bytes = try Self.otherProgram(scratch)
    }
    self.bytes[harm.part] = bytes
  }

  private func firstPage(of harm: DamagedFilesTests.Harm) throws -> Range<Int> {
    let page = try #require(harm.table.flatMap { rootPages[$0] })
    return pageRange((page - 1) * Self.page)
  }

  /// Whether the ledger has it; with its reply or, where that was damaged, without.
  func isKnown(_ call: TimedCall) -> Bool {
    content.calls.contains { known in
      var known = known
      if call.record.reply == nil { known.record.reply = nil }
      return known == call
    }
  }

  private func pageRange(_ place: Int) -> Range<Int> {
    let start = place / Self.page * Self.page
    return start..<start + Self.page
  }

  private static func otherProgram(_ scratch: Scratch) throws -> Data {
    let path = scratch.path("other.sqlite")
    let queue = try DatabaseQueue(path: path)
    try queue.write { try $0.execute(sql: "CREATE TABLE IF NOT EXISTS run (id)") }
    try queue.close()
    return try Data(contentsOf: URL(filePath: path))
  }
}
