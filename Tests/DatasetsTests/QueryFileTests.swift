import Datasets
import Testing

@Suite struct QueryFileTests {
  @Test(arguments: [
    ("JSON Lines", "{\"query\": \"a\"}\n{\"query\": \"b\"}\n"),
    ("JSON Lines with blank lines, no end", "\n{\"query\": \"a\"}\n \t\n{\"query\": \"b\"}"),
    ("line ends of other systems", "{\"query\": \"a\"}\r\n\r\n{\"query\": \"b\"}\r\n"),
    ("a byte order mark", "\u{feff}{\"query\": \"a\"}\n{\"query\": \"b\"}\n"),
    ("fields of several names", "{\"instruction\": \"a\"}\n{\"prompt\": \"b\"}\n"),
    (
      "the preferred field",
      "{\"prompt\": \"x\", \"query\": \"a\"}\n{\"input\": \"\", \"question\": \"b\"}"
    ),
    (
      "other fields of any kind",
      "{\"id\": [1, -2.5e+3, null, true], \"query\": \"a\"}\n{\"o\": {\"query\": 1}, \"query\": \"b\"}"
    ),
    ("an array of strings", "[\"a\", \"b\"]"),
    ("an array of objects", "[{\"query\": \"a\"},\n {\"question\": \"b\"}]\n"),
    ("an array of both", "[\"a\", {\"query\": \"b\"}]"),
    (
      "an object with an array",
      "{\"version\": 1, \"data\": [\n{\"query\": \"a\"},\n{\"query\": \"b\"}\n]}"
    ),
    ("an object whose array has a field's name", "{\"prompt\": [\"a\", \"b\"]}"),
    ("plain lines", "a\nb\n"),
    ("plain lines with white space", "\u{feff}  a \r\n\r\n\tb\r\n"),
  ])
  func forms(name: String, text: String) throws {
    #expect(try QueryFile.read(Array(text.utf8), name: "queries") == ["a", "b"], "\(name)")
  }

  @Test(arguments: [
    ("one object", "{\"query\": \"a\", \"tags\": [\"x\"]}", ["a"]),
    ("one object over lines", "{\n  \"query\": \"a\"\n}", ["a"]),
    ("escapes", #"["\"\\\/\b\f\n\r\t é 👍"]"#, ["\"\\/\u{8}\u{c}\n\r\t é 👍"]),
    ("a text of several lines", "{\"query\": \"a\\n b \"}", ["a\n b "]),
    ("the last of fields with one name", "{\"query\": \"a\", \"query\": \"b\"}", ["b"]),
    (
      "plain text that begins like JSON", "{name}, hello\n[1] asks\n\"quoted\"",
      [
        "{name}, hello", "[1] asks", "\"quoted\"",
      ]
    ),
    ("repeated queries", "a\na\n", ["a", "a"]),
    ("a line separator is no line end", "a\u{2028}b", ["a\u{2028}b"]),
  ])
  func contents(name: String, text: String, queries: [String]) throws {
    #expect(try QueryFile.read(Array(text.utf8), name: "queries.txt") == queries, "\(name)")
  }

  @Test func theNamedFieldIsTheOnlyOne() throws {
    let text = "{\"query\": \"x\", \"task\": \"a\"}\n{\"task\": \"b\"}\n"
    #expect(try QueryFile.read(Array(text.utf8), name: "q.jsonl", field: "task") == ["a", "b"])
    #expect(throws: DatasetError.self) {
      try QueryFile.read(Array(text.utf8), name: "q.jsonl")
    }
  }

  @Test func stringsAreRowsOfANamedJSONLinesFile() throws {
    let text = "\"a\"\n\"b\"\n"
    #expect(try QueryFile.read(Array(text.utf8), name: "q.jsonl") == ["a", "b"])
    #expect(try QueryFile.read(Array(text.utf8), name: "q.txt") == ["\"a\"", "\"b\""])
  }

  @Test func theLongestTextIsRead() throws {
    let text = String(repeating: "a", count: 100_000)
    #expect(try QueryFile.read(Array(text.utf8), name: "q.txt") == [text])
  }
}
