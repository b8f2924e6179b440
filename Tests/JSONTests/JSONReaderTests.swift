import JSON
import Testing

@Suite struct JSONReaderTests {
  @Test(arguments: [
    "0", "-0", "10", "-1.5", "1e5", "1.25E-3", "true", "false", "null", "\"\"", "[]", "[ ]", "{}",
    "{ }", " [1 , 2] ", "{\"a\" : {\"b\": []}}", "\"\\uD83D\\uDE00\"", "\"\u{7f}\u{2028}\"",
  ])
  func accepts(text: String) throws {
    #expect(throws: Never.self) { try read(text) }
  }

  @Test(arguments: [
    "", " ", "01", "-", "+1", "1.", ".5", "1e", "tru", "True", "nul", "NaN", "'a'", "\"", "\"a",
    "\"\\x\"", "\"\\u12\"", "\"\\u+123\"", "\"\\ude00\"", "\"\\ud83d\\n\"", "\"\\ud83d\\ud83d\"",
    "\"\t\"", "\"\u{0}\"", "[", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "]", "[1}", "{", "{a: 1}",
    "{\"a\"", "{\"a\" 1}", "{\"a\":}", "{\"a\": 1,}", "{\"a\": 1", "1 2", "[] []", "// a\n1",
  ])
  func refuses(text: String) {
    #expect(throws: JSONFault.self) { try read(text) }
  }

  @Test func valuesKnowTheirLines() throws {
    var reader = JSONReader(Array("\n[1,\n\n{\"a\":\n\"b\"}]".utf8), as: .strict)
    var lines: [Int] = []
    try reader.array { reader throws(JSONFault) in
      _ = reader.peek()
      lines.append(reader.line)
      _ = try reader.value()
    }
    #expect(lines == [2, 4])
    #expect(reader.line == 5)
  }

  @Test func faultsKnowTheirPlace() {
    #expect(
      throws: JSONFault(offset: 5, line: 2, reason: "a comma or ] should be here", isCutOff: false)
    ) { try read("[1,\n2}") }
    #expect(
      throws: JSONFault(offset: 2, line: 1, reason: "a comma or ] should be here", isCutOff: true)
    ) { try read("[1") }
  }

  @Test func charactersBeyondASCIIByEscape() throws {
    #expect(try read(#""\u00e9\u20ac\uD83D\uDE00""#).string == "é€😀")
  }

  @Test func membersKeepTheirOrder() throws {
    #expect(
      try read(#"{"b": 1, "a": 2, "b": 3}"#)
        == .object([.init("b", 1), .init("a", 2), .init("b", 3)]))
  }

  @discardableResult
  private func read(_ text: String) throws(JSONFault) -> JSON {
    try JSON(Array(text.utf8), as: .strict)
  }
}
