/// Training queries from a file of one's own.
package enum QueryFile {
  /// The fields that may hold a query; the first that a row has is taken.
  package static let fields = ["query", "instruction", "question", "input", "prompt"]

  /// The queries in the order of the file.
  ///
  /// JSON Lines, a JSON array of strings or objects, a JSON object with one such array, or plain
  /// text with a query a line; found by the content, for the name may say anything. Blank lines, a
  /// byte order mark and line ends of other systems do not matter. Repeated queries are kept.
  ///
  /// - Parameters:
  ///   - name: the file's name, for errors. `.json`, `.jsonl` and `.ndjson` keep a broken file from
  ///     passing as plain text.
  ///   - field: the one field that holds the query; nil for `fields`.
  package static func read(
    _ bytes: [UInt8], name: String, field: String? = nil
  ) throws(DatasetError) -> [String] {
    let fields = field.map { [$0] } ?? fields
    var queries: [String] = []
    for row in try RowReader.rows(in: bytes, name: name, fields: fields) {
      queries.append(try row.text(of: fields, mayBeText: field == nil))
    }
    return queries
  }
}
