import CFaultyDisk
import Locking

/// A folder whose disk goes wrong as a test wants it: what SQLite changes there, in this process, passes
/// through here.
package final class FaultyDisk: Sendable {
  package enum Fault: Hashable, Sendable, CaseIterable {
    /// There is no space left; what takes none still passes.
    case full
    /// The disk does not do what is asked.
    case broken
  }

  private let clerk = Clerk()
  // Unsafe only by its type: set once, and the library behind it has a lock.
  nonisolated(unsafe) private let disk: OpaquePointer?

  /// - Parameter folder: an absolute path without links. No database in it is open.
  package init(folder: String) {
    disk = faulty_disk_mount(
      folder,
      { context, change in
        guard let context, let change else { return Int32(FAULTY_PASS) }
        return Unmanaged<Clerk>.fromOpaque(context).takeUnretainedValue().verdict(change.pointee)
      }, Unmanaged.passUnretained(clerk).toOpaque())
    precondition(disk != nil, "SQLite takes no other VFS")
  }

  deinit { faulty_disk_unmount(disk) }

  /// How many changes there were, with those that failed.
  package var count: Int { clerk.state.withLock { $0.count } }

  /// How many changes failed.
  package var failures: Int { clerk.state.withLock { $0.failures } }

  /// Has the changes of these numbers fail. Numbers are counted from the first change of all.
  package func fail(_ range: Range<Int>, _ fault: Fault) {
    clerk.state.withLock {
      $0.range = range
      $0.fault = fault
    }
  }

  /// From now on nothing fails.
  package func mend() { clerk.state.withLock { $0.range = 0..<0 } }

  /// The changes from now on are kept for `record`.
  package func startRecording() { clerk.state.withLock { $0.record = [] } }

  package var record: [DiskChange] { clerk.state.withLock { $0.record ?? [] } }
}

/// What SQLite does to a file.
package struct DiskChange: Sendable {
  package enum Kind: Hashable, Sendable {
    case create
    case write([UInt8], at: Int)
    case truncate(to: Int)
    case synchronize
    case delete
    /// The index of a log grows; SQLite maps it into memory.
    case extendIndex
  }

  package var kind: Kind
  package var path: String
}

/// Keeps the books of a disk, and says what becomes of each change.
private final class Clerk: Sendable {
  struct State: Sendable {
    var count = 0
    var failures = 0
    var range = 0..<0
    var fault = FaultyDisk.Fault.full
    /// nil where none is kept.
    var record: [DiskChange]?
  }

  let state = Locked(State())

  func verdict(_ change: faulty_change) -> Int32 {
    state.withLock { state in
      state.record?.append(DiskChange(change))
      defer { state.count += 1 }
      guard state.range.contains(state.count) else { return Int32(FAULTY_PASS) }
      switch (state.fault, Int(change.kind)) {
      case (.full, Int(FAULTY_DELETE)), (.full, Int(FAULTY_TRUNCATE)): return Int32(FAULTY_PASS)
      case (.full, _):
        state.failures += 1
        return Int32(FAULTY_FULL)
      case (.broken, _):
        state.failures += 1
        return Int32(FAULTY_BROKEN)
      }
    }
  }
}

extension DiskChange {
  fileprivate init(_ change: faulty_change) {
    path = String(cString: change.path)
    kind =
      switch Int(change.kind) {
      case Int(FAULTY_CREATE): .create
      case Int(FAULTY_WRITE):
        .write(
          Array(UnsafeRawBufferPointer(start: change.bytes, count: Int(change.count))),
          at: Int(change.offset))
      case Int(FAULTY_TRUNCATE): .truncate(to: Int(change.offset))
      case Int(FAULTY_SYNC): .synchronize
      case Int(FAULTY_DELETE): .delete
      default: .extendIndex
      }
  }
}
