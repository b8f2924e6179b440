import JSON
import Testing

@Suite struct JSONTests {
  @Test(arguments: [
    (" {\"a\" : [1, -2.5e1, true, null, \"x\"] } ", "{\"a\":[1,-25,true,null,\"x\"]}"),
    ("\u{feff}[]", "[]"),
    ("{}", "{}"),
    (#""\u00e9\ud83d\ude00\n\/""#, "\"é😀\\n/\""),
    (#""lone \ud83d half""#, "\"lone \u{fffd} half\""),
    (#""lone \ude00 half""#, "\"lone \u{fffd} half\""),
    (#""\ud83d\u0041""#, "\"\u{fffd}A\""),
    ("[12345678901234567890123]", "[1.2345678901234568e+22]"),
    ("[NaN,Infinity,-Infinity]", "[null,null,null]"),
    ("\"a\u{2028}b\"", "\"a\u{2028}b\""),
    ("\"raw\nbreak\"", "\"raw\\nbreak\""),
    (#""\u0001""#, #""\u0001""#),
  ])
  func readsAndWrites(_ text: String, _ written: String) throws {
    let value = try #require(JSON(parsing: text))
    #expect(String(decoding: value.bytes, as: UTF8.self) == written)
    #expect(JSON(parsing: value.bytes)?.bytes == value.bytes)
  }

  @Test func repairsBadBytes() {
    let bytes = Array(#"{"a":""#.utf8) + [0xff] + Array(#""}"#.utf8)
    #expect(JSON(parsing: bytes)?["a"]?.string == "\u{fffd}")
  }

  @Test func lastOfDuplicateKeysCounts() {
    #expect(JSON(parsing: #"{"a":1,"a":2}"#)?["a"]?.integer == 2)
  }

  @Test(arguments: [
    "", " ", "{", "[1", "\"a", "{\"a\"}", "[1,]", "tru", "1 2", "{a:1}", "<html>", "-",
  ])
  func refuses(_ text: String) {
    #expect(JSON(parsing: text) == nil)
  }

  @Test func refusesDepthWithoutACrash() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(JSON(parsing: deep) == nil)
    let allowed = String(repeating: "[", count: 60) + String(repeating: "]", count: 60)
    #expect(JSON(parsing: allowed) != nil)
  }
}
