import GRDB

// The writer's end of the line to other processes; theirs is `RunControl`.

extension RunFile {
  /// The requests that have no answer yet, the oldest first. For the writer, which looks now and then.
  /// One that can't be understood, such as that of a later version, is refused here.
  ///
  /// - Parameter time: now, in seconds since 1970-01-01 UTC.
  package func requests(at time: Double) throws -> [ControlEntry] {
    stayKnown()
    let rows = try reporting(path) {
      try database.read { db in
        try Row.fetchAll(
          db, sql: "SELECT id, time, request FROM control WHERE answer IS NULL ORDER BY id")
      }
    }
    return try rows.compactMap { row in
      let id: Int = try reporting(path) { try row.checked("id") }
      guard let asked: Double = try? row.checked("time"),
        let json: String = try? row.checked("request"),
        let envelope = try? EventCoding.decode(RunControl.Envelope.self, from: json)
      else {
        try answer(id, .refused("This version of espalier does not know that request."), at: time)
        return nil
      }
      return ControlEntry(id: id, time: asked, request: envelope.opened)
    }
  }

  /// Tells the asking process what became of its request.
  /// - Parameter time: now, in seconds since 1970-01-01 UTC.
  package func answer(_ id: Int, _ answer: ControlAnswer, at time: Double) throws {
    try reporting(path) {
      let json = try EventCoding.encode(answer)
      try database.writeWithoutTransaction { db in
        try db.execute(
          sql: "UPDATE control SET answer = ?, answeredAt = ? WHERE id = ?",
          arguments: [json, time, id])
      }
    }
  }

  /// What was asked of a writer that has ended is not done by the next one, long after.
  static func refuseStale(_ db: Database) throws {
    let answer = ControlAnswer.refused("The process that wrote the run ended before it saw this.")
    try db.execute(
      sql: "UPDATE control SET answer = ? WHERE answer IS NULL",
      arguments: [try EventCoding.encode(answer)])
  }
}
