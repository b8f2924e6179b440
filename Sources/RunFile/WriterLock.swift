import Glibc
import Locking

/// Holds a run for one writer, by a file beside it that also says how far the history goes.
///
/// The system frees it when the process ends, however it ends, so a stale one can't be. Who removes the
/// file by hand lets nobody else in, for which there is `OpenFile.claim`; it comes back.
///
/// After each commit the file is told the length and chain of the history, and the length of the
/// ledger. SQLite drops the end of a damaged `-wal` without a word; the mark shows that something was
/// there.
final class WriterLock: Sendable {
  private let path: String
  private let descriptor: Int32
  /// What the file says; nil once another writer may have the run.
  private let mark: Locked<Mark?>
  /// What the writer before left, because it did not close the run in good order.
  let earlierMark: Mark?

  /// - Throws: `RunFileError.inUse` when another writer holds the run.
  init(for runPath: String) throws {
    path = Self.path(for: runPath)
    while true {
      let descriptor = open(path, O_CREAT | O_RDWR | O_NONBLOCK | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { throw PrivateFile.writeFault(runPath) }
      switch FileLock.take(descriptor) {
      case .taken: break
      case .held:
        defer { close(descriptor) }
        throw RunFileError.inUse(path: runPath, process: Self.read(descriptor)?.process ?? 0)
      case .failed:
        defer { close(descriptor) }
        throw RunFileError.notWritable(path: runPath, reason: PrivateFile.lastFault)
      }
      // The writer before may have removed the file between our open and our lock.
      if Self.isStill(descriptor, at: path) {
        self.descriptor = descriptor
        earlierMark = Self.read(descriptor)
        let unknown = Mark(process: 0, runID: "-", tail: Tail(count: 0, chain: Chain(value: 0)))
        var mark = earlierMark ?? unknown
        mark.process = getpid()
        self.mark = Locked(mark)
        note(mark)
        return
      }
      close(descriptor)
    }
  }

  deinit { close(descriptor) }

  static func path(for runPath: String) -> String {
    PrivateFile.companion("-lock", of: runPath)
  }

  /// Whether the file is a lock, though maybe a torn one, or not there. What is longer, or no file, has
  /// its name by chance.
  static func canBeOne(_ path: String) -> Bool {
    guard PrivateFile.exists(path) else { return true }
    let isFile = (try? PrivateFile.checkIsFile(path)) != nil
    return isFile && PrivateFile.size(of: path) ?? 0 <= mostBytes
  }

  /// Says who writes and how far the history goes.
  func note(_ new: Mark) {
    mark.withLock { mark in
      guard mark != nil else { return }
      mark = new
      makeAnewIfGone()
      write(new)
    }
  }

  /// Makes the file anew where somebody has removed it: by it others find the writer.
  func comeBack() {
    mark.withLock { mark in
      if let mark, makeAnewIfGone() { write(mark) }
    }
  }

  /// - Returns: whether it was gone, and is there again. Where it can't be made, the next time will do.
  @discardableResult
  private func makeAnewIfGone() -> Bool {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_nlink == 0 else { return false }
    let again = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
    guard again >= 0 else { return false }
    defer { close(again) }
    guard FileLock.take(again) == .taken, dup2(again, descriptor) >= 0 else { return false }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    return true
  }

  private func write(_ mark: Mark) {
    let line = Array(mark.line.utf8)
    pwrite(descriptor, line, line.count, 0)
  }

  /// The run has been closed in good order: nothing needs to be remembered beside it.
  func remove() {
    if Self.isStill(descriptor, at: path) { unlink(path) }
  }

  /// Lets another writer have the run, whether or not there is something to be remembered.
  func release() {
    mark.withLock { mark in
      mark = nil
      FileLock.free(descriptor)
    }
  }

  /// Who writes the run at the moment; nil when nobody does.
  static func writer(of runPath: String) -> Int32? {
    let descriptor = open(path(for: runPath), O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    guard FileLock.isTaken(descriptor) else { return nil }
    return read(descriptor)?.process ?? 0
  }

  /// What the last writer noted; nil when it closed the run in good order.
  static func mark(of runPath: String) -> Mark? {
    let descriptor = open(path(for: runPath), O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return read(descriptor)
  }

  private static func isStill(_ descriptor: Int32, at path: String) -> Bool {
    var here = stat()
    var there = stat()
    return fstat(descriptor, &here) == 0 && stat(path, &there) == 0
      && here.st_ino == there.st_ino && here.st_dev == there.st_dev
  }

  private static let mostBytes = 200

  private static func read(_ descriptor: Int32) -> Mark? {
    var bytes = [UInt8](repeating: 0, count: mostBytes)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    guard count > 0 else { return nil }
    return Mark(line: String(decoding: bytes[..<count], as: UTF8.self))
  }
}

extension WriterLock {
  /// How far the history went when it was noted.
  struct Mark: Hashable, Sendable {
    var process: Int32
    var runID: String
    var tail: Tail
    /// How many there were in the ledger; 0 where the program did not say so yet.
    var calls: Int

    init(process: Int32, runID: String, tail: Tail, calls: Int = 0) {
      self.process = process
      self.runID = runID
      self.tail = tail
      self.calls = calls
    }

    /// One line of a fixed length, so that each replaces the one before.
    var line: String {
      let fields = [
        "\(process)", runID, "\(tail.count)", String(tail.chain.value, radix: 16), "\(calls)",
      ]
      let line = fields.joined(separator: " ")
      return line + String(repeating: " ", count: max(0, 100 - line.utf8.count)) + "\n"
    }

    init?(line: String) {
      let fields = line.split(whereSeparator: \.isWhitespace)
      guard fields.count == 4 || fields.count == 5, let process = Int32(fields[0]),
        let count = Int(fields[2]),
        let chain = UInt64(fields[3], radix: 16),
        let calls = fields.count == 4 ? 0 : Int(fields[4])
      else { return nil }
      self.init(
        process: process, runID: String(fields[1]),
        tail: Tail(count: count, chain: Chain(value: chain)), calls: calls)
    }
  }
}
