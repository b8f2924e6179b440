import Foundation
import Testing
import Tree

@testable import RunFile

@Suite struct WriterLockTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test func `a second writer is refused and told who writes`() throws {
    let file = try scratch.create()
    let path = scratch.path()
    #expect(RunFile.writer(of: path) == getpid())
    let error = #expect(throws: RunFileError.inUse(path: path, process: getpid())) {
      try RunFile.open(path, for: .writing(.full))
    }
    #expect(error?.description.contains("being written by process \(getpid())") == true)
    #expect(throws: RunFileError.inUse(path: path, process: getpid())) { try scratch.create() }
    try file.append(Sample.answers(1), at: 1)
    #expect(RunFile.writer(of: path) == getpid())

    file.close()
    #expect(RunFile.writer(of: path) == nil)
    try RunFile.open(path, for: .writing(.full)).close()
  }

  @Test func `a link to a run is that run`() throws {
    let file = try scratch.create()
    let recorded = try file.append(Sample.events, at: 1)
    let folder = scratch.folder.appending(path: "links")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let link = folder.appending(path: "link.espalier").path
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: "../quiet-cedar.espalier")

    #expect(RunFile.writer(of: link) == getpid())
    #expect(throws: RunFileError.inUse(path: link, process: getpid())) {
      try RunFile.open(link, for: .writing(.full))
    }
    let reader = try RunFile.open(link, for: .reading)
    #expect(try reader.events() == recorded)
    reader.close()
    #expect(RunFile.summary(of: link).writer == getpid())
    #expect(RunFile.summary(of: link).run != nil)
    #expect(try RunFile.check(link).isSound)
    let control = try RunControl(path: link)
    let request = try control.ask(.undo(by: .program, because: nil), at: 2)
    #expect(try file.requests(at: 2).map(\.id) == [request])
    control.close()
    file.close()

    // The other way round, the link's writer has the lock of the run.
    let other = try RunFile.open(link, for: .writing(.full))
    #expect(throws: RunFileError.inUse(path: scratch.path(), process: getpid())) {
      try RunFile.open(scratch.path(), for: .writing(.full))
    }
    other.close()
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["link.espalier"])
    #expect(try scratch.names == ["links", "quiet-cedar.espalier"])
  }

  @Test func `a lock file that nobody holds is no lock`() throws {
    let path = try scratch.closedRun()
    try "4242 feed 3 abc\n".write(toFile: path + "-lock", atomically: false, encoding: .utf8)
    #expect(RunFile.writer(of: path) == nil)
    let file = try RunFile.open(path, for: .writing(.full))
    #expect(RunFile.writer(of: path) == getpid())
    file.close()
    #expect(try scratch.names == ["quiet-cedar.espalier"])
  }

  @Test func `who removes the lock file lets nobody in, and it comes back`() throws {
    let file = try scratch.create()
    let path = scratch.path()
    let remove = { try FileManager.default.removeItem(atPath: WriterLock.path(for: path)) }
    try remove()
    #expect(RunFile.writer(of: path) == nil)
    let error = #expect(throws: RunFileError.inUse(path: path, process: 0)) {
      try RunFile.open(path, for: .writing(.full))
    }
    #expect(error?.description.contains("being written by another process") == true)

    let recorded = try file.append(Sample.events, at: 1)
    #expect(RunFile.writer(of: path) == getpid())
    #expect(WriterLock.mark(of: path)?.tail.count == recorded.count)
    try remove()
    _ = try file.requests(at: 2)
    #expect(RunFile.writer(of: path) == getpid())
    #expect(WriterLock.mark(of: path)?.tail.count == recorded.count)
    #expect(throws: RunFileError.inUse(path: path, process: getpid())) {
      try RunFile.open(path, for: .writing(.full))
    }

    file.close()
    let next = try RunFile.open(path, for: .writing(.full))
    #expect(try next.events() == recorded)
    next.close()
    #expect(try scratch.names == ["quiet-cedar.espalier"])
  }

  @Test func `a hard link to a run has no writer of its own`() throws {
    let path = try scratch.closedRun()
    let link = scratch.folder.appending(path: "link.espalier").path
    try FileManager.default.linkItem(atPath: path, toPath: link)
    let file = try RunFile.open(path, for: .writing(.full))
    #expect(throws: RunFileError.inUse(path: link, process: 0)) {
      try RunFile.open(link, for: .writing(.full))
    }
    file.close()
    try RunFile.open(link, for: .writing(.full)).close()
    #expect(try scratch.names == ["link.espalier", "quiet-cedar.espalier"])
  }

  @Test func `what has the name of a lock by chance is kept`() throws {
    let path = try scratch.closedRun()
    let lock = WriterLock.path(for: path)
    let notes = String(repeating: "What I know of locks.\n", count: 10)
    try notes.write(toFile: lock, atomically: false, encoding: .utf8)
    #expect(throws: RunFileError.inTheWay(of: path, path: lock)) {
      try RunFile.open(path, for: .writing(.full))
    }
    #expect(try String(contentsOfFile: lock, encoding: .utf8) == notes)
    // Half of a mark, as a loss of power may leave it.
    try "4242 feed 3".write(toFile: lock, atomically: false, encoding: .utf8)
    try RunFile.open(path, for: .writing(.full)).close()
    #expect(try scratch.names == ["quiet-cedar.espalier"])
  }

  @Test(.timeLimit(.minutes(1))) func `a pipe with the name of a lock is none`() throws {
    let path = try scratch.closedRun()
    try #require(mkfifo(WriterLock.path(for: path), 0o600) == 0)
    #expect(RunFile.writer(of: path) == nil)
    #expect(RunFile.summary(of: path).run != nil)
    #expect(throws: RunFileError.inTheWay(of: path, path: WriterLock.path(for: path))) {
      try RunFile.open(path, for: .writing(.full))
    }
  }

  @Test func `a closed writer makes no lock file`() throws {
    let file = try scratch.create()
    file.close()
    _ = try? file.requests(at: 1)
    file.stayKnown()
    file.noteTail(Tail(count: 3, chain: Chain(value: 1)), calls: 0)
    #expect(try scratch.names == ["quiet-cedar.espalier"])
    try RunFile.open(scratch.path(), for: .writing(.full)).close()
  }

  @Test func `a writer that is let go lets another in, though a reader stays`() throws {
    var file: RunFile? = try scratch.create()
    let reader = try RunFile.open(scratch.path(), for: .reading)
    try file?.append(Sample.events, at: 1)
    file = nil
    let next = try RunFile.open(scratch.path(), for: .writing(.full))
    #expect(try next.count() == Sample.events.count)
    next.close()
    reader.close()
  }

  @Test func `readers come and go beside the writer`() throws {
    let file = try scratch.create()
    let reader = try RunFile.open(scratch.path(), for: .reading)
    #expect(try reader.count() == 0)
    let first = try file.append(Sample.events, at: 1)
    #expect(try reader.events() == first)
    let more = try file.append(Sample.answers(3), at: 2)
    #expect(try reader.events(from: first.count) == more)
    try RunFile.open(scratch.path(), for: .reading).close()
    #expect(RunFile.writer(of: scratch.path()) == getpid())

    file.close()
    #expect(try reader.events() == first + more)
    let next = try RunFile.open(scratch.path(), for: .writing(.normal))
    let last = try next.append(Sample.answers(1), at: 3)
    #expect(try reader.events(from: first.count + more.count) == last)
    reader.close()
    next.close()
    #expect(try scratch.names == ["quiet-cedar.espalier"])
  }

  @Test(arguments: ["", "x", "1 2 3", "1 a b c", "1 a 2 xyz", "a b 1 f", "1 a 2 f x"])
  func `a mark that makes no sense is none`(line: String) {
    #expect(WriterLock.Mark(line: line) == nil)
  }

  @Test func `a mark reads back`() {
    let mark = WriterLock.Mark(
      process: 7, runID: "feed", tail: Tail(count: 9, chain: Chain(value: .max)), calls: 5)
    #expect(WriterLock.Mark(line: mark.line) == mark)
    #expect(WriterLock.Mark(line: "7 feed 9 ff")?.calls == 0, "of an earlier version")
    #expect(mark.line.utf8.count == 101)
  }
}
