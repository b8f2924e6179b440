import Datasets
import Testing

/// What a person reads when a file is bad: every text here comes out of a reading.
@Suite struct DatasetErrorTests {
  private static let fix = "Correct it, or give plain text with one query a line."

  @Test(arguments: [
    (
      "nothing", "q.txt", " \n\r\n",
      "q.txt: there is nothing in it. Give one query a line, or JSON."
    ),
    ("no rows", "q.json", "[]", "q.json: there is nothing in it. Give one query a line, or JSON."),
    (
      "a row broken off", "q.jsonl", "{\"query\": \"a\"}\n\n{\"query\": \"b\"\n{\"query\": \"c\"}",
      "q.jsonl, line 3, column 14: broken JSON: a comma or } should be here. \(fix)"
    ),
    (
      "the first row broken off", "q.jsonl", "{\"query\": \"a\"\n{\"query\": \"b\"}\n",
      "q.jsonl, line 1, column 14: broken JSON: a comma or } should be here. \(fix)"
    ),
    (
      "a string broken off", "q", "{\"query\": \"é 👍\n{\"query\": \"b\"}\n",
      "q, line 1, column 15: broken JSON: a string without its closing quote; a line break inside "
        + "is written \\n. \(fix)"
    ),
    (
      "plain text between rows", "q", "{\"query\": \"a\"}\nhello\n",
      "q, line 2, column 1: broken JSON: a value should be here. \(fix)"
    ),
    (
      "a comma too many", "q.json", "[\n\"a\",\n]",
      "q.json, line 3, column 1: broken JSON: a value should be here. \(fix)"
    ),
    (
      "a comma too few", "q.json", "{\"data\": [\n{\"query\": \"a\"}\n{\"query\": \"b\"}\n]}",
      "q.json, line 3, column 1: broken JSON: a comma or ] should be here. \(fix)"
    ),
    (
      "text after the array", "q.json", "[\"a\"]\n[\"b\"]",
      "q.json, line 2, column 1: broken JSON: text after its end. \(fix)"
    ),
    (
      "two rows in a line", "q.jsonl", "{\"query\": \"a\"} {\"query\": \"b\"}",
      "q.jsonl, line 1, column 16: broken JSON: text after its end. \(fix)"
    ),
    (
      "plain text in a JSON file", "q.json", "hello",
      "q.json, line 1, column 1: broken JSON: a value should be here. \(fix)"
    ),
    (
      "half a character", "q.json", #"["\ud83d"]"#,
      "q.json, line 1, column 9: broken JSON: half of a surrogate pair, which is no character. "
        + "\(fix)"
    ),
    (
      "a row of another kind", "q.jsonl", "{\"query\": \"a\"}\n[\"b\"]\n",
      "q.jsonl, line 2: a row is an array. Make it an object such as {\"query\": \"…\"}."
    ),
    (
      "a number in an array", "q.json", "[\"a\",\n 2]",
      "q.json, line 2: a row is a number. Make it an object such as {\"query\": \"…\"}."
    ),
    (
      "no field", "q.jsonl", "{\"query\": \"a\"}\n{\"text\": \"b\", \"id\": 2}\n",
      "q.jsonl, line 2: the row has no field \"query\", \"instruction\", \"question\", \"input\" or "
        + "\"prompt\"; its fields are \"text\" and \"id\". Rename one or, for queries, name it."
    ),
    (
      "an empty row", "q.jsonl", "{\"query\": \"a\"}\n{}\n",
      "q.jsonl, line 2: the row has no field \"query\", \"instruction\", \"question\", \"input\" or "
        + "\"prompt\"; it has no fields. Rename one or, for queries, name it."
    ),
    (
      "a field of another kind", "q.json", "[{\"query\":\n null}]",
      "q.json, line 1: the field \"query\" is null. Make it a string."
    ),
    (
      "an empty query", "q.jsonl", "{\"query\": \" \\n\"}",
      "q.jsonl, line 1: the field \"query\" is empty. Fill it or remove the row."
    ),
    (
      "an empty string", "q.json", "[\"a\",\n\n\"\"]",
      "q.json, line 3: the row is an empty string. Fill it or remove it."
    ),
    (
      "an object without rows", "q.json", "{\"text\": \"a\"}",
      "q.json: the object holds no array of rows; its only field is \"text\". "
        + "Put the rows in one array, or one object a line."
    ),
    (
      "an object with two arrays", "q.json", "{\"train\": [\"a\"], \"test\": [\"b\"]}",
      "q.json: which array holds the rows? There are \"train\" and \"test\". "
        + "Leave one, or give it as a file of its own."
    ),
  ])
  func texts(name: String, file: String, content: String, text: String) {
    #expect(read(Array(content.utf8), file) == text, "\(name)")
  }

  @Test func aByteThatIsNotUTF8() {
    let bytes = Array("{\"query\": \"a\"}\n{\"query\": \"caf".utf8) + [0xe9] + Array("\"}".utf8)
    #expect(
      read(bytes, "q.jsonl") == "q.jsonl, line 2: byte 0xE9 is not UTF-8. Save the file as UTF-8.")
    #expect(
      read([0xff, 0xfe, 0x61, 0], "q")
        == "q, line 1: byte 0xFF is not UTF-8. Save the file as UTF-8.")
  }

  @Test func aTextTooLarge() {
    let text = "a\n" + String(repeating: "é", count: 50_001)
    #expect(
      read(Array(text.utf8), "q.txt") == "q.txt, line 2: a text of 100002 bytes; "
        + "at most 100000 are allowed. Shorten it or remove the row.")
  }

  @Test func aFileTooLarge() {
    let bytes = [UInt8](repeating: 0x20, count: 64 << 20 + 1)
    #expect(
      read([0x61] + bytes, "q.txt") == "q.txt: a file of \(bytes.count + 1) bytes; "
        + "at most 67108864 are allowed. Give a part of it: a run needs a query a level.")
  }

  @Test func aNestThatIsTooDeep() {
    let text = "[" + String(repeating: "[", count: 100_000)
    #expect(
      read(Array(text.utf8), "q.json")
        == "q.json, line 1, column 65: broken JSON: more than 64 values nested. \(Self.fix)")
  }

  @Test func aFieldNamedForPlainText() {
    #expect(
      read(Array("a\nb".utf8), "q.txt", field: "task") == "q.txt, line 1: rows of plain text have "
        + "no field \"task\". Give JSON objects that have it or, for queries, name no field.")
    #expect(
      read(Array("[\"a\"]".utf8), "q.json", field: "task")
        == "q.json, line 1: a row is a string. Make it an object such as {\"query\": \"…\"}.")
  }

  @Test func manyAndLongNamesAreCut() {
    let names = (1...11).map { "\"\($0)\(String(repeating: "x", count: 50))\": 1" }
    let text = read(Array("[{\(names.joined(separator: ", "))}]".utf8), "q.json")
    #expect(text.contains("\"1\(String(repeating: "x", count: 39))…\", \"2x"))
    #expect(text.contains("…\" and 3 more. Rename"))
  }

  private func read(_ bytes: [UInt8], _ name: String, field: String? = nil) -> String {
    do {
      return "no error: \(try QueryFile.read(bytes, name: name, field: field))"
    } catch {
      return "\(error)"
    }
  }
}
