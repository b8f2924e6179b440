import Foundation
import Glibc
import TestSupport
import Testing
import Tree

/// Commands that make or change a file, on a disk that is full or broken from some change on, or killed
/// there. By default a part of the changes, spread over them, meet one of these in turns; `make soak` has
/// each change meet all.
struct WholeOrNothingTests {
  /// What makes a file, and what is called when it is there.
  enum Maker: String, CaseIterable {
    case importing, repairing, forking, exporting

    var arguments: [String] {
      switch self {
      case .importing: ["import", "a.jsonl", "--run", "disk/new.espalier"]
      case .repairing: ["file", "repair", "a.espalier", "--into", "disk/new.espalier"]
      case .forking: ["fork", "a.espalier", "--at", "e40", "--run", "disk/new.espalier"]
      case .exporting: ["export", "a.espalier", "--format", "jsonl", "-o", "disk/new.jsonl"]
      }
    }

    var name: String { self == .exporting ? "new.jsonl" : "new.espalier" }
  }

  @Test(arguments: Maker.allCases)
  func `a file that can't be made whole is not made`(_ maker: Maker) async throws {
    let folder = try await Self.folder()
    let whole = try await Self.run(maker.arguments, in: folder, FaultySystem.Fault?.none, at: 0)
    #expect(whole.code == 0, "\(whole.errors)")
    let content = try Self.content(maker.name, in: folder)
    try FileManager.default.removeItem(atPath: folder.path("disk/" + maker.name))

    for (number, fault) in Self.cases(try Self.system(in: folder).tally) {
      let what: Comment = "\(fault) at change \(number)"
      let end = try await Self.run(maker.arguments, in: folder, fault, at: number)
      let isThere = try folder.names("disk").contains(maker.name)
      if isThere { #expect(try Self.content(maker.name, in: folder) == content, what) }
      if fault == .kill {
        #expect(end.code == 128 + SIGKILL, what)
      } else {
        #expect(isThere == (end.code == 0), "\(what): \(end.errors)")
        #expect(try folder.names("disk") == (isThere ? [maker.name] : []), what)
        if !isThere {
          #expect(end.errors.firstMatch(of: Self.trouble) != nil, "\(what): \(end.errors)")
        }
      }
      try Self.clear(folder)
    }
  }

  @Test func `a run that can't be compacted stays what it is`() async throws {
    let folder = try await Self.folder()
    let copy = folder.path("disk/a.espalier")
    func lay() throws {
      try FileManager.default.copyItem(atPath: folder.path("a.espalier"), toPath: copy)
    }
    let arguments = ["file", "compact", "disk/a.espalier", "--drop-replies"]
    try lay()
    let whole = try await Self.run(arguments, in: folder, nil, at: 0)
    #expect(whole.code == 0, "\(whole.errors)")
    try Self.clear(folder)
    let events = folder.events("a.espalier")

    for (number, fault) in Self.cases(try Self.system(in: folder).tally) {
      let what: Comment = "\(fault) at change \(number)"
      try lay()
      let end = try await Self.run(arguments, in: folder, fault, at: number)
      if end.code == 1 {
        #expect(end.errors.firstMatch(of: Self.trouble) != nil, "\(what): \(end.errors)")
      }
      #expect(folder.events("disk/a.espalier") == events, what)
      let check = try await Program.run("file", "check", "disk/a.espalier", in: folder)
      #expect(check.code == 0, "\(what): \(check.output)")
      let again = try await Program.run(arguments, in: folder)
      #expect(again.code == 0, "\(what): \(again.errors)")
      #expect(try folder.names("disk") == ["a.espalier"], what)
      try Self.clear(folder)
    }
  }

  /// By these words who reads them knows what is wrong.
  private static var trouble: Regex<Substring> { /can't be|free some space/ }

  private static func cases(_ changes: Int) -> [(Int, FaultySystem.Fault)] {
    let faults: [FaultySystem.Fault] = [.full, .broken, .kill]
    return (0..<changes).flatMap { number in faults.map { (number, $0) } }.sample(of: 40)
  }

  /// With a run in it, an export of that, and an empty disk.
  private static func folder() async throws -> Folder {
    let folder = try Folder(inMemory: true)
    try clear(folder)
    let run = try await Program.run(RunTests.small + ["--run", "a.espalier"], in: folder)
    let export = try await Program.run(
      "export", "a.espalier", "--format", "jsonl", "-o", "a.jsonl", in: folder)
    #expect(run.code == 0 && export.code == 0)
    return folder
  }

  private static func clear(_ folder: Folder) throws {
    try? FileManager.default.removeItem(atPath: folder.path("disk"))
    try FileManager.default.createDirectory(
      atPath: folder.path("disk"), withIntermediateDirectories: false)
  }

  private static func system(
    in folder: Folder, _ fault: FaultySystem.Fault? = nil, at number: Int = 0
  ) -> FaultySystem {
    FaultySystem(folder: folder.path("disk"), fault: fault, number: number)
  }

  private static func run(
    _ arguments: [String], in folder: Folder, _ fault: FaultySystem.Fault?, at number: Int
  ) async throws -> Program.Ending {
    try await Program.run(
      arguments, environment: system(in: folder, fault, at: number).environment, in: folder)
  }

  /// The events of a run, or the bytes of another file.
  private static func content(_ name: String, in folder: Folder) throws -> [AnyHashable] {
    if name.hasSuffix(".espalier") { return try #require(folder.events("disk/" + name)) }
    return [try folder.bytes("disk/" + name)]
  }
}
