import FoundationEssentials
import GRDB
import Tree

extension TextID {
  /// As the key of the `text` table: 16 bytes, the highest first.
  var key: Data {
    var data = Data(capacity: 16)
    for half in [high, low] {
      withUnsafeBytes(of: half.bigEndian) { data.append(contentsOf: $0) }
    }
    return data
  }

  /// - Parameter key: as `key` gives it; one of another length names nothing.
  init(key: Data) {
    func half(_ bytes: Data) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
    self.init(high: half(key.prefix(8)), low: half(key.dropFirst(8)))
  }
}

extension Database {
  /// Stores the text unless it is there already.
  /// - Throws: `RunFileError.damaged` where another content stands under its name, or where nothing
  ///   does and the text was left in the file.
  func store(_ text: Text, path: String) throws {
    guard let content = text.content else {
      guard try storedText(text.id) != nil else {
        throw RunFileError.damaged(path: path, .text(id: text.id.description))
      }
      return
    }
    let bytes = Data(content.utf8)
    try cachedStatement(
      sql: "INSERT INTO text (id, content) VALUES (?, ?) ON CONFLICT DO NOTHING"
    ).execute(arguments: [text.id.key, bytes])
    guard changesCount == 0, try storedText(text.id) != bytes else { return }
    throw RunFileError.damaged(path: path, .text(id: text.id.description))
  }

  func storedText(_ id: TextID) throws -> Data? {
    try Data.fetchOne(
      cachedStatement(sql: "SELECT content FROM text WHERE id = ?"), arguments: [id.key])
  }

  /// The text, or nil when there is none under this name.
  /// - Throws: `RunFileError.damaged` where the content is not the one that was stored.
  func text(_ id: TextID, path: String) throws -> String? {
    guard let bytes = try storedText(id) else { return nil }
    let content = String(decoding: bytes, as: UTF8.self)
    guard TextID(of: content) == id else {
      throw RunFileError.damaged(path: path, .text(id: id.description))
    }
    return content
  }
}
