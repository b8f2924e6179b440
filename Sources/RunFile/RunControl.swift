import GRDB
import Tree

/// The end of the line to the process that writes a run: requests go through the file, and so do
/// the answers.
package final class RunControl: Sendable {
  private let path: String
  private let database: DatabaseQueue
  private let openFile: OpenFile

  /// - Throws: `RunFileError`; `.noWriter` when no process writes the run.
  package init(path: String) throws {
    openFile = try OpenFile(checking: path)
    self.path = path
    guard WriterLock.writer(of: path) != nil else { throw RunFileError.noWriter(path: path) }
    database = try reporting(path) {
      let database = try DatabaseQueue(file: path, configuration: RunFile.sqlite(readonly: false))
      try database.read { try Schema.checkVersion($0, path: path) }
      return database
    }
  }

  /// Leaves the request for the writer.
  /// - Parameter time: now, in seconds since 1970-01-01 UTC.
  /// - Returns: what to ask for its answer with.
  package func ask(_ request: ControlRequest, at time: Double) throws -> Int {
    try reporting(path) {
      let json = try EventCoding.encode(Envelope(request))
      return try database.write { db in
        try db.execute(
          sql: "INSERT INTO control (time, request) VALUES (?, ?)", arguments: [time, json])
        return Int(db.lastInsertedRowID)
      }
    }
  }

  /// What the writer said; nil as long as it has said nothing.
  /// - Throws: `RunFileError.noWriter` when it has ended without an answer.
  package func answer(to id: Int) throws -> ControlAnswer? {
    let isAlive = WriterLock.writer(of: path) != nil
    let json = try reporting(path) {
      try database.read { db in
        try String.fetchOne(db, sql: "SELECT answer FROM control WHERE id = ?", arguments: [id])
      }
    }
    if let json {
      return try reporting(path) { try EventCoding.decode(ControlAnswer.self, from: json) }
    }
    guard isAlive else { throw RunFileError.noWriter(path: path) }
    return nil
  }

  package func close() {
    // The writer may be gone meanwhile. One that closed the run leaves what lies beside it to who comes
    // last; one that crashed does not.
    try? database.read { db in
      if try Bool.fetchOne(db, sql: "SELECT isOpen FROM tail") == false { try db.keepLog(false) }
    }
    try? database.close()
  }

  /// A request with the texts it carries, which the coding of a `Text` leaves out.
  struct Envelope: Codable {
    var request: ControlRequest
    var texts: [String]

    init(_ request: ControlRequest) {
      self.request = request
      texts = request.texts.compactMap(\.content)
    }

    var opened: ControlRequest {
      let known = Dictionary(texts.map { (TextID(of: $0), Text($0)) }) { first, _ in first }
      return request.replacing { known[$0.id] ?? $0 }
    }
  }
}

extension ControlRequest {
  var texts: [Text] {
    switch self {
    case .intervene(let intervention): RunEvent.intervened(intervention).texts
    case .set(_, _, let reason), .undo(_, let reason), .redo(_, let reason):
      reason.map { [$0] } ?? []
    }
  }

  fileprivate func replacing(_ text: (Text) -> Text) -> ControlRequest {
    switch self {
    case .intervene(let intervention): .intervene(intervention.replacing(text))
    case .set(let change, let author, let reason):
      .set(change, by: author, because: reason.map(text))
    case .undo(let author, let reason): .undo(by: author, because: reason.map(text))
    case .redo(let author, let reason): .redo(by: author, because: reason.map(text))
    }
  }
}

extension Intervention {
  fileprivate func replacing(_ text: (Text) -> Text) -> Intervention {
    var intervention = self
    intervention.reason = reason.map(text)
    switch action {
    case .fork(let parent, let slot, let number, let prompt):
      intervention.action = .fork(parent: parent, slot: slot, number: number, prompt: text(prompt))
    case .steer(let wish): intervention.action = .steer(wish.map(text))
    case .lock(let span): intervention.action = .lock(text(span))
    case .unlock(let span): intervention.action = .unlock(text(span))
    default: break
    }
    return intervention
  }
}
