extension JSON {
  /// - Parameter bytes: one document, with nothing but white space around it.
  package init(_ bytes: [UInt8], as dialect: JSONReader.Dialect) throws(JSONFault) {
    var reader = JSONReader(bytes, as: dialect)
    self = try reader.value()
    try reader.finish()
  }

  /// Reads what a server sent; nil where that is no document, is cut off, or has something behind its
  /// end.
  package init?(parsing bytes: [UInt8]) {
    guard let value = try? JSON(bytes, as: .lenient) else { return nil }
    self = value
  }

  package init?(parsing text: String) { self.init(parsing: Array(text.utf8)) }
}
