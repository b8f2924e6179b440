import DRPO
import Engine
import Foundation
import Locking
import Models
import RunFile
import Simulation
import TestSupport
import Testing
import Tree

@testable import espalier

/// A disk that is full, or does not do what is asked, from any change of a run's file on.
@Suite struct DiskTroubleTests {
  /// How the trouble ends.
  enum Relief: CaseIterable {
    /// Of itself: one change has failed, and no other.
    case none
    /// The person who is told makes room, and the run goes on.
    case room
    /// The person who is told leaves at once, and makes room later.
    case leaving
  }

  @Test(
    arguments: FaultyDisk.Fault.allCases.flatMap { fault in
      Relief.allCases.map { (fault, $0) }
    })
  func `whichever change fails first, nothing is lost and nothing is asked in vain`(
    _ fault: FaultyDisk.Fault, _ relief: Relief
  ) async throws {
    let whole = try await DiskTrouble().course()
    #expect(whole.tree.finish != nil)
    for number in 0..<whole.changes {
      let trouble = DiskTrouble(number: number, fault: fault, relief: relief)
      let end = try await trouble.course()
      #expect(end.tree == whole.tree, "\(trouble)")
    }
  }
}

/// A small run whose disk goes wrong at a change, to its end.
private struct DiskTrouble: CustomStringConvertible {
  /// Which change of the disk is the first to fail; nil for a good disk.
  var number: Int?
  var fault = FaultyDisk.Fault.full
  var relief = DiskTroubleTests.Relief.none

  var description: String { "\(fault) at change \(number ?? -1), relief: \(relief)" }

  struct End {
    var tree: SearchTree
    /// Of the file, until it was closed the first time.
    var changes: Int
  }

  func course() async throws -> End {
    let folder = try Folder(inMemory: true)
    let disk = FaultyDisk(folder: folder.path)
    if let number { disk.fail(number..<(relief == .none ? number + 1 : .max), fault) }
    let path = folder.path("a.espalier")

    let file = try create(path, disk)
    let (ending, told) = try await play(file, disk)
    file.close()
    let changes = disk.count
    disk.mend()

    let kept = try RunFile.open(path, for: .reading)
    let events = try kept.events()
    kept.close()
    #expect(Array(events.prefix(told.count)) == told, "\(self): what was committed is there")
    if ending == .finished {
      #expect(events.count == told.count, "\(self)")
    } else {
      let again = try RunFile.open(path, for: .writing(.full))
      let (ending, _) = try await play(again, disk)
      #expect(ending == .finished)
      again.close()
      let after = try #require(folder.events("a.espalier"))
      #expect(Array(after.prefix(events.count)) == events.map(\.event), "\(self)")
    }
    let report = try RunFile.check(path)
    #expect(report.isSound, "\(self): \(report.damage)")
    let tree = try folder.tree("a.espalier")
    let replies = CallCounts(folder.events("a.espalier") ?? []).replies
    #expect(replies.values.allSatisfy { $0 == 1 }, "\(self)")
    try RunFile.open(path, for: .writing(.full)).close()
    #expect(try folder.names() == ["a.espalier"], "\(self)")
    return End(tree: tree, changes: changes)
  }

  private static let configuration = RunConfiguration.scripted(
    beam: 1, actions: 1, depth: 2, maxDepthIncrease: 0, queries: 3)

  private func create(_ path: String, _ disk: FaultyDisk) throws -> RunFile {
    func create() throws -> RunFile {
      try RunFile.create(at: path, configuration: Self.configuration, durability: .full, time: 1)
    }
    do {
      return try create()
    } catch let error as RunFileError {
      expectAdvice(String(describing: error))
      disk.mend()
      return FileManager.default.fileExists(atPath: path)
        ? try RunFile.open(path, for: .writing(.full)) : try create()
    }
  }

  /// - Returns: how it ended, and the events that were committed.
  private func play(
    _ file: RunFile, _ disk: FaultyDisk
  ) async throws -> (Ending, [RecordedEvent]) {
    let history = try file.events()
    let told = Locked(history)
    let troubles = Locked<[String]>([])
    let sink = CountedSink(sink: RunFileSink(file: file))
    let model = sink.counted(SimulatedModel(latency: .none))
    let leave = AsyncStream.makeStream(of: Void.self)
    let engine = Engine(
      tree: SearchTree(
        configuration: Self.configuration, events: history.lazy.map(\.event)),
      texts: file, models: Role.allCases.reduce(into: [:]) { $0[$1] = PlayedRole(model: model) },
      sink: sink, clock: RecordingClock()
    ) { [relief] update in
      switch update {
      case .events(let events): told.withLock { $0 += events }
      case .storage(let trouble?):
        let count = troubles.withLock {
          $0.append(trouble)
          return $0.count
        }
        if relief == .leaving {
          leave.continuation.yield()
        } else if count == 3 {
          disk.mend()
        }
      case .words, .setback, .notice, .ended, .storage(nil): break
      }
    }
    let leaving = Task { for await _ in leave.stream { await engine.abort() } }
    let ending = await engine.run()
    leave.continuation.finish()
    await leaving.value
    for trouble in troubles.withLock({ $0 }) { expectAdvice(trouble) }
    return (ending, told.withLock { $0 })
  }

  /// Who is told must know what to do.
  private func expectAdvice(_ text: String) {
    let isFull = fault == .full && text.contains("free some space there to go on")
    #expect(isFull || text.contains("can't be"), "\(self): \(text)")
  }
}

/// The run file as a sink that counts the starts it has committed. No call may be made before its own.
private final class CountedSink: EventSink {
  private let sink: RunFileSink
  private let starts = Locked(0)

  init(sink: RunFileSink) { self.sink = sink }

  func append(_ events: [RunEvent], records: [CallRecord]) async throws -> [RecordedEvent] {
    let recorded = try await sink.append(events, records: records)
    let more = events.count {
      if case .flight(.started) = $0 { true } else { false }
    }
    starts.withLock { $0 += more }
    return recorded
  }

  /// The model as it is seen by those who count.
  func counted(_ model: some LanguageModel) -> some LanguageModel {
    let requests = Locked(0)
    return ScriptedModel { [self] request in
      let count = requests.withLock {
        $0 += 1
        return $0
      }
      #expect(count <= starts.withLock { $0 }, "a call was made that is not in the file")
      return try await model.reply(to: request).text
    }
  }
}
