import Foundation
import Testing
import Tree

@testable import RunFile

@Suite struct RunSummaryTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test func `lists runs by what they are, the newest change first`() throws {
    func make(_ name: String, _ events: [RunEvent], at time: Double) throws -> RunFile {
      let file = try RunFile.create(
        at: scratch.path(name), configuration: .small, durability: .normal, time: 1)
      try file.append(events, at: time)
      return file
    }
    try make("done.espalier", Sample.events, at: 10).close()
    try make("halted.espalier", Array(Sample.events.prefix(5)), at: 30).close()
    let live = try make("live.espalier", Array(Sample.events.prefix(5)), at: 20)
    try Data().write(to: URL(filePath: scratch.path("empty.espalier")))
    try Data("x".utf8).write(to: URL(filePath: scratch.path("notes.txt")))

    let list = try RunFile.list(in: scratch.folder.path)
    #expect(
      list.map { URL(filePath: $0.path).lastPathComponent } == [
        "halted.espalier", "live.espalier", "done.espalier", "empty.espalier",
      ])
    #expect(
      list.map(\.state) == [
        .interrupted, .running, .finished(.calls),
        .unreadable(.empty(path: scratch.path("empty.espalier"))),
      ])
    #expect(list.map(\.writer) == [nil, getpid(), nil, nil])
    let pause = Intervention(.pause, by: .person("ada"))
    try live.append([.intervened(pause)], at: 40)
    #expect(RunFile.summary(of: live.path).state == .paused)
    #expect(RunFile.summary(of: live.path).writer == getpid())
    live.close()
    #expect(RunFile.summary(of: live.path).state == .paused)
    #expect(RunFile.summary(of: live.path).writer == nil)

    let run = try #require(list[2].run)
    #expect(run.configuration.name == "quiet-cedar")
    #expect(run.changed == 10)
    #expect(run.best == 1)
    #expect(run.level == 1)
    #expect(run.isSteered)
    #expect(run.resultPairs.isEmpty)
    let cost = try #require(run.totals.cost)
    #expect(abs(cost - 6e-5) < 1e-12)
  }

  @Test func `a run that has several names is one run`() throws {
    func add(_ name: String, linkTo target: String) throws {
      try FileManager.default.createSymbolicLink(
        atPath: scratch.path(name), withDestinationPath: scratch.path(target))
    }
    for name in ["m.espalier", "elsewhere"] {
      try RunFile.create(
        at: scratch.path(name), configuration: .small, durability: .normal, time: 1
      ).close()
    }
    try add("a.espalier", linkTo: "m.espalier")
    try add("b.espalier", linkTo: "elsewhere")
    try add("c.espalier", linkTo: "elsewhere")
    try add("d.espalier", linkTo: "gone")
    try FileManager.default.linkItem(
      atPath: scratch.path("m.espalier"), toPath: scratch.path("z.espalier"))

    let list = try RunFile.list(in: scratch.folder.path)
    #expect(
      Set(list.map { URL(filePath: $0.path).lastPathComponent })
        == ["m.espalier", "b.espalier", "d.espalier"])
    #expect(list.count == 3)

    // Another name of a run that is being written does not stand before its own.
    let live = try RunFile.open(scratch.path("z.espalier"), for: .writing(.normal))
    let now = try RunFile.list(in: scratch.folder.path)
    #expect(now.map(\.path).contains(live.path) && now.count == 3)
    #expect(now.contains { $0.writer == getpid() })
    live.close()
  }

  @Test func `a folder that is not there holds no run, and a file is none`() throws {
    #expect(try RunFile.list(in: scratch.path("nowhere")).isEmpty)
    #expect(throws: RunFileError.self) { try RunFile.list(in: scratch.closedRun()) }
  }
}
