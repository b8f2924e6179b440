import Foundation
import GRDB
import TestSupport
import Testing
import Tree

@testable import RunFile

/// The power fails, at any change that SQLite makes to the disk of a run. What was not synchronised by
/// then is lost, or only a part of it is there: of each file some of the writes, of each of these some
/// sectors.
@Suite struct PowerCutTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch(inMemory: true) }

  @Test func `whenever the power fails, what was committed for money is there`() throws {
    let session = try record(.full)
    let path = scratch.path("cut.espalier")
    var generator = SeededGenerator(seed: 5)
    for count in 0...session.changes.count {
      for chance in [0, 0.5, 1] {
        let what: Comment = "\(count) of \(session.changes.count) changes, \(chance) of the rest"
        try session.cut(after: count, keeping: chance, to: path, using: &generator)
        let committed = session.commits.last { $0.changes <= count }?.events ?? session.before
        #expect(try RunFile.check(path).isSound, what)
        let file = try RunFile.open(path, for: .writing(.full))
        let events = try file.events()
        #expect(events.count >= committed, what)
        #expect(events == Array(session.events.prefix(events.count)), what)
        try file.append(Sample.answers(1), at: 9)
        file.close()
        #expect(try RunFile.check(path).isSound, what)
      }
    }
  }

  @Test func `what costs nothing may lose its end, and then says so`() throws {
    let session = try record(.normal)
    let path = scratch.path("cut.espalier")
    var generator = SeededGenerator(seed: 6)
    for count in 0...session.changes.count {
      let what: Comment = "\(count) of \(session.changes.count) changes"
      try session.cut(after: count, keeping: 0.5, to: path, using: &generator)
      let report = try RunFile.check(path)
      #expect(session.events.count >= report.events, what)
      if report.isSound { continue }
      let new = scratch.path("new.espalier")
      #expect(try RunFile.repair(path, into: new).events == report.events, what)
      let file = try RunFile.open(new, for: .reading)
      #expect(try file.events() == Array(session.events.prefix(report.events)), what)
      file.close()
      try FileManager.default.removeItem(atPath: new)
    }
  }

  /// Has a run opened, continued and closed.
  private func record(_ durability: RunFile.Durability) throws -> Session {
    let path = try scratch.closedRun()
    var session = Session(
      path: path, start: [path: Array(try Data(contentsOf: URL(filePath: path)))])
    session.before = Sample.events.count
    let disk = FaultyDisk(folder: scratch.folder.path)
    disk.startRecording()
    let file = try RunFile.open(path, for: .writing(durability))
    for number in 0..<6 {
      // The log is taken into the file, and then begins anew.
      if number == 3 { try file.database.writeWithoutTransaction { _ = try $0.checkpoint(.full) } }
      let recorded = try file.append(Sample.answers(1, from: number), at: Double(number))
      session.commits.append(
        Session.Commit(changes: disk.count, events: (recorded.last?.ordinal ?? 0) + 1))
    }
    session.events = try file.events()
    session.mark = try String(contentsOfFile: WriterLock.path(for: path), encoding: .utf8)
    file.close()
    session.changes = disk.record
    return session
  }
}

/// What happened to the disk while a run was written.
private struct Session {
  struct Commit {
    /// How many changes there were when the caller was told that it is stored.
    var changes: Int
    /// How long the history was then.
    var events: Int
  }

  var path: String
  /// The files before, by path.
  var start: [String: [UInt8]]
  var before = 0
  var changes: [DiskChange] = []
  var commits: [Commit] = []
  var events: [RecordedEvent] = []
  /// What the lock file said at the end.
  var mark = ""

  /// Lays down what the disk holds when the power fails after so many changes.
  ///
  /// - Parameter chance: of each sector that was written and not synchronised, to be there.
  func cut(
    after count: Int, keeping chance: Double, to newPath: String,
    using generator: inout some RandomNumberGenerator
  ) throws {
    var disk = start.mapValues { CutFile(content: $0) }
    for change in changes.prefix(count) {
      switch change.kind {
      case .create: disk[change.path] = CutFile()
      case .delete: disk[change.path] = nil
      case .write, .truncate: disk[change.path, default: CutFile()].pending.append(change.kind)
      case .synchronize: disk[change.path]?.synchronize()
      case .extendIndex: break
      }
    }
    for part in ["", "-wal", "-shm", "-lock", "-journal"] { PrivateFile.remove(newPath + part) }
    for (path, file) in disk {
      guard let content = file.afterCut(keeping: chance, using: &generator) else { continue }
      try Data(content).write(to: URL(filePath: newPath + path.dropFirst(self.path.count)))
    }
    // Written without ado after each commit; as far as the last one it may have come to the disk.
    let told = commits.last { $0.changes <= count }
    guard let told, var mark = WriterLock.Mark(line: mark), chance > 0 else { return }
    mark.tail.count = told.events
    try Data(mark.line.utf8).write(to: URL(filePath: WriterLock.path(for: newPath)))
  }
}

/// A file as it is on the disk, and what was written since it was synchronised.
private struct CutFile {
  /// nil as long as not even its name is safe.
  var content: [UInt8]?
  var pending: [DiskChange.Kind] = []

  init(content: [UInt8]? = nil) { self.content = content }

  mutating func synchronize() {
    var bytes = content ?? []
    for change in pending { Self.apply(change, to: &bytes) { _ in true } }
    content = bytes
    pending = []
  }

  /// - Returns: nil when there is no such file.
  func afterCut(
    keeping chance: Double, using generator: inout some RandomNumberGenerator
  ) -> [UInt8]? {
    if content == nil, Double.random(in: 0..<1, using: &generator) >= chance { return nil }
    var bytes = content ?? []
    for change in pending {
      Self.apply(change, to: &bytes) { _ in
        Double.random(in: 0..<1, using: &generator) < chance
      }
    }
    return bytes
  }

  /// - Parameter keeps: whether the sector at an offset is written.
  private static func apply(
    _ change: DiskChange.Kind, to bytes: inout [UInt8], keeps: (Int) -> Bool
  ) {
    switch change {
    case .truncate(let size):
      if keeps(size) { bytes = Array(bytes.prefix(size)) }
    case .write(let written, let offset):
      for start in stride(from: 0, to: written.count, by: 512) where keeps(offset + start) {
        let sector = written[start..<min(start + 512, written.count)]
        let end = offset + start + sector.count
        if bytes.count < end { bytes += [UInt8](repeating: 0, count: end - bytes.count) }
        bytes.replaceSubrange(offset + start..<end, with: sector)
      }
    default: break
    }
  }
}
