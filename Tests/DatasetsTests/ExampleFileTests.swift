import Datasets
import Testing

@Suite struct ExampleFileTests {
  @Test(arguments: [
    ("JSON Lines", "{\"query\": \"q\", \"response\": \"r\"}\n"),
    ("other names", "[{\"instruction\": \"q\", \"output\": \"r\", \"target\": \"x\"}]"),
    ("an object with an array", "{\"examples\": [{\"question\": \"q\", \"answer\": \"r\"}]}"),
  ])
  func forms(name: String, text: String) throws {
    let examples = try ExampleFile.read(Array(text.utf8), name: "examples")
    #expect(examples.map(\.query) == ["q"], "\(name)")
    #expect(examples.map(\.response) == ["r"], "\(name)")
  }

  @Test(arguments: [
    (
      "no response", "{\"query\": \"q\", \"reply\": \"r\"}",
      "e, line 1: the row has no field \"response\", \"answer\", \"output\" or \"target\"; its "
        + "fields are \"query\" and \"reply\". Rename one or, for queries, name it."
    ),
    (
      "an empty response", "{\"query\": \"q\", \"response\": \"\"}",
      "e, line 1: the field \"response\" is empty. Fill it or remove the row."
    ),
    (
      "plain text", "q\nr\n",
      "e, line 1: rows of plain text have no field \"query\". Give JSON "
        + "objects that have it or, for queries, name no field."
    ),
    (
      "a string", "[\"q\"]",
      "e, line 1: a row is a string. Make it an object such as {\"query\": \"…\"}."
    ),
  ])
  func errors(name: String, text: String, description: String) {
    let error = #expect(throws: DatasetError.self) {
      try ExampleFile.read(Array(text.utf8), name: "e")
    }
    #expect(error?.description == description, "\(name)")
  }
}
