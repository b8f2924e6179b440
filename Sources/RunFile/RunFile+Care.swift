import GRDB
import Tree

/// What state a run file is in.
package struct RunFileReport: Hashable, Sendable {
  package let path: String
  /// In bytes, what lies beside it included.
  package let size: Int
  /// How many events are as they were written, from the first on.
  package let events: Int
  /// Empty for a sound file.
  package let damage: [RunFileError.Damage]
  package let snapshot: SnapshotState
  /// The process that writes it at the moment.
  package let writer: Int32?

  package var isSound: Bool { damage.isEmpty }

  /// What the snapshot is worth by which a long run opens. It is no part of the history, so that a file
  /// is sound whatever it is.
  package enum SnapshotState: Hashable, Sendable {
    /// There is none that this version knows, or no history to compare it with.
    case none
    case good
    /// It is seen to be so whenever the file is opened, and is not used.
    case damaged
    /// It is whole and believed, but the events tell something else.
    case untrue
  }
}

extension RunFile {
  /// Reads the whole file, its texts included, and changes nothing.
  /// - Throws: `RunFileError` when there is no such file, it is no run, or a newer one.
  package static func check(_ path: String) throws -> RunFileReport {
    let salvage = try Salvage(path: path)
    defer { salvage.close() }
    return report(salvage)
  }

  /// Makes a new run of the longest good part of a damaged one, which is left as it is.
  /// - Throws: `RunFileError`; `.exists` when the new path is taken, `.damaged` when not even the
  ///   configuration can be trusted.
  /// - Returns: what was found in the damaged file.
  package static func repair(_ path: String, into newPath: String) throws -> RunFileReport {
    let salvage = try Salvage(path: path)
    defer { salvage.close() }
    guard let header = salvage.header, let configuration = salvage.configuration else {
      throw RunFileError.damaged(path: path, .configuration)
    }
    if let lost = configuration.texts.first(where: { salvage.content(of: $0.id) == nil }) {
      throw RunFileError.damaged(path: path, .essential(part: configuration.part(lost)))
    }
    try write(
      History(
        header: header, configuration: configuration, events: salvage.events,
        calls: salvage.calls, content: salvage.content(of:)), to: newPath)
    return report(salvage)
  }

  /// Gives back to the disk what the file does not need: the raw replies of the ledger, where told
  /// to, and empty space. A long run gets a new snapshot.
  /// - Throws: `RunFileError`; `.inUse` when the run is being written; `.damaged` wherever the damage is,
  ///   as what could be of use for a repair is not thrown away.
  /// - Returns: the size before and after, in bytes, what lies beside the file included.
  @discardableResult
  package static func compact(
    _ path: String, droppingReplies: Bool = false
  ) throws -> (before: Int, after: Int) {
    let before = PrivateFile.wholeSize(of: path)
    if writer(of: path) == nil, let damage = try check(path).damage.first(where: { $0 != .spare }) {
      throw RunFileError.damaged(path: path, damage)
    }
    let file = try open(path, for: .writing(.full))
    defer { file.close() }
    try reporting(path) {
      try file.database.writeWithoutTransaction { db in
        try db.execute(sql: "DELETE FROM control; DELETE FROM snapshot; DELETE FROM snapshotPage")
        if droppingReplies { try db.execute(sql: "UPDATE call SET reply = NULL") }
        try db.execute(sql: "VACUUM")
      }
    }
    file.close()
    return (before, PrivateFile.wholeSize(of: path))
  }

  private static func report(_ salvage: Salvage) -> RunFileReport {
    RunFileReport(
      path: salvage.path, size: PrivateFile.wholeSize(of: salvage.path),
      events: salvage.events.count, damage: salvage.damage,
      snapshot: salvage.snapshotState(), writer: WriterLock.writer(of: salvage.path))
  }
}

extension RunConfiguration {
  /// What people call one of its texts.
  fileprivate func part(_ text: Text) -> String {
    if text == initialPrompt { return "its initial prompt" }
    if let index = queries.firstIndex(of: text) { return "the query of level \(index)" }
    let example = examples.firstIndex { $0.query == text || $0.response == text }
    return example.map { "in-context example \($0 + 1)" } ?? "a text of its aspects"
  }
}
