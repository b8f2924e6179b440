import Testing

@testable import Import

@Suite struct JSONTests {
  @Test(
    arguments: [
      ("null", .null),
      (" [true, false]\n", .array([.bool(true), .bool(false)])),
      ("[]", .array([])),
      ("{}", .object([])),
      ("-1.5e2", .number(-150)),
      (#""a\n\"\\\/\u0041""#, .string("a\n\"\\/A")),
      (#""\ud83d\ude00\ud83d!\udc00""#, .string("😀\u{fffd}!\u{fffd}")),
      ("\"a\r\n\u{2028}\"", .string("a\r\n\u{2028}")),
      (
        #"{"b": 1, "a": 2, "b": 3}"#,
        .object([
          .init(key: "b", value: .number(1)), .init(key: "a", value: .number(2)),
          .init(key: "b", value: .number(3)),
        ])
      ),
    ] as [(String, JSON)])
  func `reads what JSON allows, in its order`(text: String, value: JSON) throws {
    #expect(try JSON(text) == value)
  }

  @Test(arguments: [
    "", "nul", "tru", "{", "[1", "[1,]", "{\"a\"}", "{\"a\":}", "{a:1}", "\"", "\"\\x\"",
    "\"\\u12\"", "1 2",
    "-", "nan",
  ])
  func `refuses the rest`(text: String) {
    #expect(throws: ImportError.self) { try JSON(text) }
  }

  @Test func `refuses to nest until the stack ends`() {
    #expect(throws: ImportError.self) { try JSON(String(repeating: "[", count: 100_000)) }
  }
}
