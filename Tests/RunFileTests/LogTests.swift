import Foundation
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
}

private let frameSize = 24 + 4_096

/// Where the last frames of transactions begin.
private func commits(in log: Data) -> [Int] {
  stride(from: 32, to: log.count, by: frameSize).filter { start in
    log[start + 4..<start + 8].contains { $0 != 0 }
  }
}
