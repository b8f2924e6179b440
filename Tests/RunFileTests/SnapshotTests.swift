import GRDB
import Testing
import Tree

@testable import RunFile

/// A run opened by its snapshot is the run that its events tell.
@Suite struct SnapshotTests {
  @Test func aLongRunKeepsASnapshotWhenItIsClosed() throws {
    let scratch = try Scratch()
    let path = try Self.write(in: scratch, rounds: 800)
    let file = try RunFile.open(path, for: .reading)
    defer { file.close() }
    for whole in [true, false] {
      let snapshot = try #require(try file.snapshot(whole: whole))
      #expect(snapshot.count == (try file.count()))
      #expect(try Self.isSame(snapshot, file))
    }
    try file.verify { true }
  }

  @Test func aShortOneDoesNot() throws {
    let scratch = try Scratch()
    let path = try Self.write(in: scratch, rounds: 10)
    let file = try RunFile.open(path, for: .reading)
    defer { file.close() }
    #expect(try file.snapshot(whole: true) == nil)
    #expect(try RunFile.check(path).snapshot == .none)
    #expect(try Self.isSame(file.moment(), file))
  }

  @Test func eventsAfterItAreFoldedIn() throws {
    let scratch = try Scratch()
    let path = try Self.write(in: scratch, rounds: 800)
    let writer = try RunFile.open(path, for: .writing(.normal))
    try writer.append(Self.events(round: 5_000), at: 9)
    writer.close()
    let file = try RunFile.open(path, for: .reading)
    defer { file.close() }
    let (snapshot, moment) = (try #require(try file.snapshot(whole: true)), try file.moment())
    #expect(snapshot.count < moment.count)
    #expect(try Self.isSame(moment, file))
    let run = try #require(RunFile.summary(of: path).run)
    #expect(run.changed == 799 && run.isSteered && run.nodes == 1)
  }

  @Test(arguments: [
    "UPDATE snapshot SET content = zeroblob(length(content))",
    "UPDATE snapshot SET content = substr(content, 1, length(content) - 1)",
    "UPDATE snapshot SET checksum = checksum + 1",
    "UPDATE snapshot SET chain = chain + 1",
    "UPDATE snapshot SET count = count - 1",
    "UPDATE snapshot SET version = version + 1",
    "DELETE FROM snapshot",
    "DROP TABLE snapshot",
    "DROP TABLE snapshotPage",
  ])
  func oneThatCannotBeTrustedIsAsIfItWereNotThere(sql: String) throws {
    let scratch = try Scratch()
    let path = try Self.write(in: scratch, rounds: 800)
    try DatabaseQueue(path: path).write { try $0.execute(sql: sql) }
    let file = try RunFile.open(path, for: .reading)
    defer { file.close() }
    #expect(try file.snapshot(whole: true) == nil)
    #expect(try Self.isSame(file.moment(), file))
  }

  /// What is known of a node is the same, and only a page that is looked at can be found wanting.
  @Test(arguments: [
    "UPDATE snapshotPage SET content = zeroblob(length(content))",
    "UPDATE snapshotPage SET checksum = checksum + 1",
    "UPDATE snapshotPage SET number = number + 7",
    "DELETE FROM snapshotPage",
  ])
  func itsPagesAreToldByTheEventsWhereTheyCannotBeTrusted(sql: String) throws {
    let scratch = try Scratch()
    let path = try Self.write(in: scratch, rounds: 800)
    try DatabaseQueue(path: path).write { try $0.execute(sql: sql) }
    let file = try RunFile.open(path, for: .reading)
    defer { file.close() }
    for whole in [true, false] {
      #expect(try Self.isSame(file.moment(whole: whole), file))
    }
    #expect(try file.snapshot(whole: false) != nil)
  }

  @Test func damageBeforeItIsToldByALookAtAll() throws {
    let scratch = try Scratch()
    let path = try Self.write(in: scratch, rounds: 800)
    try DatabaseQueue(path: path).write { db in
      try db.execute(sql: "UPDATE event SET time = time + 1 WHERE ordinal = 17")
    }
    let file = try RunFile.open(path, for: .reading)
    defer { file.close() }
    _ = try file.moment()
    #expect(throws: RunFileError.damaged(path: path, .event(ordinal: 17))) {
      try file.verify { true }
    }
    let state = RunFile.summary(of: path).state
    #expect(state == .unreadable(.damaged(path: path, .event(ordinal: 17))))
    #expect(throws: RunFileError.damaged(path: path, .event(ordinal: 17))) {
      try file.events()
    }
  }

  @Test func whatIsGoodBeforeDamageIsTold() throws {
    let scratch = try Scratch()
    let path = try Self.write(in: scratch, rounds: 800)
    try DatabaseQueue(path: path).write { db in
      try db.execute(
        sql: "DELETE FROM snapshot; UPDATE event SET time = time + 1 WHERE ordinal = 2300")
    }
    let file = try RunFile.open(path, for: .reading)
    defer { file.close() }
    let (moment, found) = try file.soundMoment()
    let damage = RunFileError.damaged(path: path, .event(ordinal: 2_300))
    #expect(found == damage && moment.count <= 2_300)
    #expect(throws: damage) { try file.moment() }
  }

  // MARK: What a check says of it

  @Test func aGoodOneIsCheckedAgainstTheEvents() throws {
    let scratch = try Scratch()
    let path = try Self.write(in: scratch, rounds: 800)
    let report = try RunFile.check(path)
    #expect(report.isSound && report.snapshot == .good)
  }

  @Test(arguments: [
    "UPDATE snapshot SET content = zeroblob(length(content))", "DELETE FROM snapshotPage",
  ])
  func aDamagedOneIsTold(sql: String) throws {
    let scratch = try Scratch()
    let path = try Self.write(in: scratch, rounds: 800)
    try DatabaseQueue(path: path).write { try $0.execute(sql: sql) }
    let report = try RunFile.check(path)
    #expect(report.isSound && report.snapshot == .damaged)
    try RunFile.compact(path)
    #expect(try RunFile.check(path).snapshot == .good)
  }

  /// Whole, of as many events, and with the chain of this run, but of another.
  @Test func aWrongOneIsTold() throws {
    let scratch = try Scratch()
    let path = try Self.write(in: scratch, rounds: 800)
    let file = try RunFile.open(path, for: .writing(.normal))
    var events = try file.events()
    events[17].event = .intervened(Intervention(.pause, by: .program))
    let other = RunMoment(configuration: file.configuration, events: events)
    try file.database.write { db in
      let reader = EventReader(header: file.header, path: path)
      let chain = try #require(try reader.chain(db, of: events.count - 1))
      try Snapshot.write(other, chain: chain, to: db)
    }
    file.close()
    #expect(try RunFile.check(path).snapshot == .untrue)
    try RunFile.compact(path)
    let report = try RunFile.check(path)
    #expect(report.isSound && report.snapshot == .good)
  }

  // MARK: Runs

  /// Whether the moment is what the events add up to.
  private static func isSame(_ moment: RunMoment, _ file: RunFile) throws -> Bool {
    let events = try file.events(limit: moment.count)
    return moment.packed()
      == RunMoment(configuration: file.configuration, events: events).packed()
  }

  private static func write(in scratch: Scratch, rounds: Int) throws -> String {
    let file = try scratch.create()
    defer { file.close() }
    for round in 0..<rounds { try file.append(events(round: round), at: Double(round)) }
    return file.path
  }

  /// A wish, a pause and its end: as many as one likes of them.
  private static func events(round: Int) -> [RunEvent] {
    let actions: [Intervention.Action] = [.steer(Text("wish \(round)")), .pause, .continue]
    return actions.map { .intervened(Intervention($0, by: .person("tester"))) }
  }
}
