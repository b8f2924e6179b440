/// In-context examples from a file of one's own: queries, each with a good response.
package enum ExampleFile {
  /// The fields that may hold the response; the first that a row has is taken.
  package static let responseFields = ["response", "answer", "output", "target"]

  /// The examples in the order of the file, which has any form that `QueryFile` reads but plain
  /// text. The fields of the query are `QueryFile.fields`.
  ///
  /// - Parameter name: the file's name, for errors.
  package static func read(
    _ bytes: [UInt8], name: String
  ) throws(DatasetError) -> [(query: String, response: String)] {
    var examples: [(query: String, response: String)] = []
    for row in try RowReader.rows(in: bytes, name: name, fields: QueryFile.fields) {
      let query = try row.text(of: QueryFile.fields, mayBeText: false)
      examples.append((query, try row.text(of: responseFields, mayBeText: false)))
    }
    return examples
  }

}
