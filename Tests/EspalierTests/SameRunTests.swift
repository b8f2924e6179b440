import Export
import Foundation
import RunFile
import TestSupport
import Testing
import Tree

/// A run is the same run however one comes to it: as it happens, reopened, followed from another
/// process, exported and imported.
struct SameRunTests {
  /// What two trees have in common besides what a person sees of them.
  private struct Whole: Equatable {
    var tree: SearchTree
    var totals: Totals
    var inFlight: Set<CallKey>
    var ignored: Int
    var isSteered: Bool

    init(_ tree: SearchTree) {
      self.tree = tree
      totals = tree.totals
      inFlight = tree.inFlight
      ignored = tree.ignored
      isSteered = tree.isSteered
    }
  }

  @Test func `the histories have interventions of every kind, and nothing that means nothing`() {
    var kinds: Set<String> = []
    for seed in 1...60 {
      let driver = SearchDriver.random(seed: UInt64(seed))
      #expect(driver.tree.ignored == 0, "seed \(seed)")
      #expect(driver.violations == [], "seed \(seed)")
      for case .intervened(let intervention) in driver.log {
        let name = "\(intervention.action)".prefix { $0 != "(" }
        kinds.insert("\(intervention.relation) \(name)")
      }
    }
    let all = [
      "prune", "restore", "pin", "unpin", "fork", "override", "steer", "lock", "unlock", "pause",
      "continue", "set", "stop",
    ]
    for name in all { #expect(kinds.contains("new \(name)"), "\(name)") }
    #expect(kinds.contains { $0.hasPrefix("undo ") } && kinds.contains { $0.hasPrefix("redo ") })
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `a run that is put down and taken up again, and its export, are the same run`(
    seed: UInt64
  ) throws {
    let folder = try Folder()
    let driver = SearchDriver.random(seed: seed)
    var chance = SeededGenerator(seed: seed)
    var file = try RunFile.create(
      at: folder.path("a.espalier"), configuration: driver.tree.configuration, durability: .normal,
      time: 0)
    var rest = driver.log[...]
    while !rest.isEmpty {
      let batch = rest.prefix(.random(in: 1...9, using: &chance))
      rest = rest.dropFirst(batch.count)
      try file.append(Array(batch), at: 0)
      guard Int.random(in: 0..<10, using: &chance) == 0 else { continue }
      file.close()
      file = try RunFile.open(folder.path("a.espalier"), for: .writing(.normal))
    }
    #expect(try file.events().map(\.event) == driver.log)
    var lines: [String] = []
    try file.exportLines { lines.append($0) }
    file.close()
    #expect(try Whole(folder.tree("a.espalier")) == Whole(driver.tree))

    try RunFile.importLines(lines, to: folder.path("b.espalier"))
    #expect(folder.events("b.espalier") == driver.log)
    #expect(try Whole(folder.tree("b.espalier")) == Whole(driver.tree))
  }

  @Test(arguments: [3, 17, 41] as [UInt64])
  func `another process that follows it sees the same run, step by step`(seed: UInt64) async throws
  {
    let folder = try Folder()
    let driver = SearchDriver.random(seed: seed)
    let file = try RunFile.create(
      at: folder.path("a.espalier"), configuration: driver.tree.configuration, durability: .normal,
      time: 0)
    // What each event is called depends on the tree as it was then: the fold is compared in between.
    var record = RunRecord(
      configuration: driver.tree.configuration, events: [], texts: TextsInMemory(),
      file: "a.espalier")
    var expected: [String] = []
    let follower = try Program(["log", "a.espalier", "--follow"], in: folder)
    for (ordinal, event) in driver.log.enumerated() {
      let recorded = try await file.append([event], at: 0)
      record.take(recorded[0])
      expected.append("\(ordinal)  \(record.words.line(for: event))")
      // Now and then it is waited for, so that it follows and does not read all at the end.
      guard ordinal % 40 == 0 else { continue }
      try await follower.wait("event \(ordinal)") {
        follower.output.hasSuffix("\(expected[ordinal])\n") ? true : nil
      }
    }
    file.close()
    let ending = try await follower.end()
    #expect(ending.code == 0, "\(ending.errors)")
    #expect(ending.output.split(separator: "\n").map(String.init) == expected)

    // The whole tree, as another process has it: of the file, and of the import of its export.
    let shown = try await Program.run("show", "a.espalier", "--json", in: folder)
    #expect(shown.output == (try record.exported(as: .json)) + "\n")
    let lines = try await Program.run("export", "a.espalier", "--format", "jsonl", in: folder)
    try folder.write(lines.output, to: "a.jsonl")
    let made = try await Program.run("import", "a.jsonl", "--run", "b.espalier", in: folder)
    #expect(made.code == 0, "\(made.errors)")
    #expect(try Whole(folder.tree("b.espalier")) == Whole(driver.tree))
  }
}
