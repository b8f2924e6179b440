import Foundation
import GRDB
import Testing
import Tree

@testable import RunFile

@Suite struct LogTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test(arguments: [LogHarm.changedFrame, .changedCommit, .changedSalt])
  func `a log that is damaged in its midst is recognised without a lock file`(
    harm: LogHarm
  ) throws {
    let file = try scratch.create()
    for event in Sample.events { try file.append([event], at: 1) }
    let copy = try scratch.copyOfLive(["", "-wal"])
    let log = URL(filePath: copy + "-wal")
    var bytes = try Data(contentsOf: log)
    bytes[harm.place(in: bytes)] ^= 4
    try bytes.write(to: log)

    let report = try RunFile.check(copy)
    #expect(report.damage.contains(.damagedLog(found: report.events)))
    #expect(report.events < Sample.events.count)
    for access in [RunFile.Access.reading, .writing(.full)] {
      #expect(throws: RunFileError.damaged(path: copy, .damagedLog(found: report.events))) {
        try RunFile.open(copy, for: access)
      }
    }
    #expect(try Data(contentsOf: log) == bytes)
    #expect(try !scratch.names(beside: copy).contains("copy.espalier-lock"))
    let new = scratch.path("new.espalier")
    #expect(try RunFile.repair(copy, into: new).events == report.events)
    let repaired = try RunFile.open(new, for: .reading)
    #expect(try repaired.events() == Array(file.events().prefix(report.events)))
    repaired.close()
  }

  enum LogHarm: Sendable {
    case changedFrame, changedCommit, changedSalt

    /// Where, in the log, the byte is that is changed.
    func place(in log: Data) -> Int {
      let middle = 32 + (log.count - 32) / frameSize / 2 * frameSize
      return switch self {
      case .changedFrame: middle + 100
      case .changedCommit: (commits(in: log).first { $0 >= middle } ?? 0) + 2_000
      case .changedSalt: middle + 9
      }
    }
  }

  @Test func `what a crash leaves of the last transaction in the log is no damage`() throws {
    let file = try scratch.create()
    for event in Sample.events { try file.append([event], at: 1) }
    try file.append(Sample.answers(200), at: 2)
    let copy = try scratch.copyOfLive(["", "-wal"])
    let log = URL(filePath: copy + "-wal")
    let bytes = try Data(contentsOf: log)
    for harm in ["cut", "cut in a frame", "a frame missing", "its first frame missing"] {
      var bytes = bytes
      switch harm {
      case "cut": bytes.removeLast(3 * frameSize)
      case "cut in a frame": bytes.removeLast(frameSize + 1_000)
      case "a frame missing":
        bytes.resetBytes(in: bytes.count - 3 * frameSize..<bytes.count - 2 * frameSize)
      default:
        let ends = commits(in: bytes)
        let last = ends[ends.count - 2]
        bytes.resetBytes(in: last + frameSize..<last + 2 * frameSize)
      }
      try bytes.write(to: log)
      let report = try RunFile.check(copy)
      #expect(report.damage == [], "\(harm)")
      #expect(report.events == Sample.events.count, "\(harm)")
      let reader = try RunFile.open(copy, for: .reading)
      #expect(try reader.count() == Sample.events.count, "\(harm)")
      reader.close()
    }
  }

  // MARK: Damaged headers

  /// Each byte of it in turn, and then some of them with the start of the first frame.
  @Test(arguments: [false, true])
  func `a log without a sound header is damaged where it held something`(
    isBigEndian: Bool
  ) throws {
    let file = try scratch.create()
    for event in Sample.events { try file.append([event], at: 1) }
    let copy = try scratch.copyOfLive(["", "-wal"])
    let log = URL(filePath: copy + "-wal")
    var whole = try Data(contentsOf: log)
    if isBigEndian { whole = summedBigEndian(whole) }
    try whole.write(to: log)
    #expect(try RunFile.check(copy).damage == [])
    #expect(try RunFile.check(copy).events == Sample.events.count)

    let changes = (0..<32).map { $0..<$0 + 1 } + [0..<32, 0..<56, 20..<84, 30..<94, 31..<33]
    for change in changes {
      var bytes = whole
      for index in change { bytes[index] ^= 1 << UInt8(index % 8) }
      try bytes.write(to: log)
      #expect(try RunFile.check(copy).damage.contains(.damagedLog(found: 0)), "\(change)")
      for access in [RunFile.Access.reading, .writing(.full)] {
        #expect(throws: RunFileError.damaged(path: copy, .damagedLog(found: 0)), "\(change)") {
          try RunFile.open(copy, for: access)
        }
      }
      #expect(try Data(contentsOf: log) == bytes)
    }
  }

  /// The new header is written over the old, and only so many bytes of it when the program is killed.
  @Test(arguments: [false, true])
  func `half a header of a log that begins anew is no damage`(afterOneFrame: Bool) throws {
    let file = try scratch.create()
    for event in Sample.events { try file.append([event], at: 1) }
    func takeIntoFile() throws {
      try file.database.writeWithoutTransaction { _ = try $0.checkpoint(.full) }
    }
    try takeIntoFile()
    if afterOneFrame {
      try file.database.writeWithoutTransaction {
        try $0.execute(sql: "UPDATE tail SET isOpen = 1")
      }
      try takeIntoFile()
    }
    let copy = try scratch.copyOfLive(["", "-wal"])
    let log = URL(filePath: copy + "-wal")
    let (old, content) = (try Data(contentsOf: log), try Data(contentsOf: URL(filePath: copy)))
    try file.append(Sample.answers(1), at: 2)
    let new = try Data(contentsOf: URL(filePath: scratch.path() + "-wal"))
    #expect(old.prefix(32) != new.prefix(32))
    for size in 1..<32 {
      try content.write(to: URL(filePath: copy))
      try (new.prefix(size) + old.dropFirst(size)).write(to: log)
      #expect(try RunFile.check(copy).damage == [], "\(size)")
      let again = try RunFile.open(copy, for: .writing(.full))
      #expect(try again.events() == Array(file.events().dropLast()), "\(size)")
      try again.append(Sample.answers(1), at: 3)
      again.close()
      #expect(try RunFile.check(copy).isSound, "\(size)")
    }
  }

  /// The same log as a machine of the other byte order would have written it.
  private func summedBigEndian(_ log: Data) -> Data {
    var bytes = [UInt8](log)
    func put(_ value: UInt32, at offset: Int) {
      withUnsafeBytes(of: value.bigEndian) { bytes.replaceSubrange(offset..<offset + 4, with: $0) }
    }
    func word(_ offset: Int) -> UInt32 {
      bytes[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
    var sums: (UInt32, UInt32) = (0, 0)
    func add(_ range: Range<Int>) {
      for offset in stride(from: range.lowerBound, to: range.upperBound, by: 8) {
        sums.0 &+= word(offset) &+ sums.1
        sums.1 &+= word(offset + 4) &+ sums.0
      }
    }
    put(0x377f_0683, at: 0)
    add(0..<24)
    put(sums.0, at: 24)
    put(sums.1, at: 28)
    for frame in stride(from: 32, to: bytes.count, by: frameSize) {
      add(frame..<frame + 8)
      add(frame + 24..<frame + frameSize)
      put(sums.0, at: frame + 16)
      put(sums.1, at: frame + 20)
    }
    return Data(bytes)
  }
}

private let frameSize = 24 + 4_096

/// Where the last frames of transactions begin.
private func commits(in log: Data) -> [Int] {
  stride(from: 32, to: log.count, by: frameSize).filter { start in
    log[start + 4..<start + 8].contains { $0 != 0 }
  }
}
