import Testing

@testable import Models

@Suite struct JSONModeTests {
  private static let schema = #"{"type": "object", "required": ["scores", "why"]}"#

  @Test(arguments: [
    ("as wanted", #"{"why": "", "scores": []}"#, true),
    ("with blanks around it", " {\"scores\": {},\n\"why\": null, \"more\": 1}\n", true),
    ("a member is missing", #"{"scores": []}"#, false),
    ("all are missing", "{}", false),
    ("a fence around it", "```json\n{\"scores\": [], \"why\": 1}\n```", false),
    ("prose", "The scores are good.", false),
    ("an array", "[]", false),
  ])
  func keepsToTheSchema(_ name: String, _ text: String, _ isKept: Bool) {
    #expect(Capabilities.JSONMode.schema.isKept(by: text, schema: Self.schema) == isKept)
  }

  @Test func withoutASchemaAnyObjectWillDo() {
    #expect(Capabilities.JSONMode.schema.isKept(by: "{}", schema: nil))
    #expect(Capabilities.JSONMode.object.isKept(by: "{}", schema: Self.schema))
    #expect(!Capabilities.JSONMode.object.isKept(by: "no", schema: Self.schema))
    #expect(Capabilities.JSONMode.words.isKept(by: "no", schema: Self.schema))
  }

  @Test func twoMissesInARowTell() {
    let book = CapabilityBook()
    for isKept in [false, true, false] { book.saw("json_schema", isKept: isKept) }
    #expect(book.capabilities == Capabilities())
    book.saw("json_schema", isKept: false)
    #expect(book.capabilities.jsonMode == .object)
    #expect(book.capabilities.description == "JSON without a schema (it ignores one)")
    // Of calls that were under way.
    for _ in 0..<4 { book.saw("json_schema", isKept: false) }
    #expect(book.capabilities.jsonMode == .object)
    for _ in 0..<2 { book.saw("json_object", isKept: false) }
    #expect(book.capabilities.jsonMode == .words)
    for _ in 0..<4 { book.saw("json_schema", isKept: false) }
    #expect(book.capabilities.jsonMode == .words)
  }
}
