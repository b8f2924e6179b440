import GRDB
import Tree

/// A second copy of what a run can't do without: its row and the texts of its configuration. It lies in
/// a table of its own, so in pages of its own; what befalls one copy leaves the other.
///
/// Only repair reads it. Files of before version 4 have none until they are written to, and who opens a
/// file for writing makes one anew that is damaged.
struct Spare {
  let header: Header
  /// The texts of the configuration, those that are as they were.
  let texts: [TextID: String]

  /// - Returns: nil where there is none that can be trusted.
  init?(_ db: Database, path: String) {
    guard let header = try? Header(db, table: "spare", path: path),
      let json = try? Row.fetchOne(db, sql: "SELECT texts FROM spare")?.checked(
        "texts", as: String.self),
      let contents = try? EventCoding.decode([String].self, from: json)
    else { return nil }
    self.header = header
    texts = Dictionary(contents.map { (TextID(of: $0), $0) }) { first, _ in first }
  }

  /// Whether the file is one that has to have a copy.
  static func isExpected(_ db: Database) -> Bool {
    let version = try? Int.fetchOne(db, sql: "PRAGMA user_version")
    return version.map { $0 >= 4 } ?? true
  }

  func has(_ texts: [Text]) -> Bool { texts.allSatisfy { self.texts[$0.id] != nil } }

  /// Makes the copy anew where it is not the one of the run.
  static func renew(in db: Database, header: Header, path: String) throws {
    let spare = Spare(db, path: path)
    let texts = try header.decodeConfiguration(path: path).texts
    if spare?.header != header || spare?.has(texts) != true { try write(to: db, path: path) }
  }

  /// Makes the copy of what the file holds, in the place of the one before.
  static func write(to db: Database, path: String) throws {
    let header = try Header(db, path: path)
    let contents = try header.decodeConfiguration(path: path).texts.map { text in
      guard let content = try db.text(text.id, path: path) else {
        throw RunFileError.damaged(path: path, .text(id: text.id.description))
      }
      return content
    }
    try db.execute(
      sql: """
        INSERT OR REPLACE INTO spare (one, id, created, configuration, chain, texts)
        SELECT one, id, created, configuration, chain, ? FROM run
        """, arguments: [try EventCoding.encode(contents)])
  }
}
