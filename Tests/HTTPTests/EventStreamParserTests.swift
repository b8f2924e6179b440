import HTTP
import Testing

@Suite struct EventStreamParserTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var input: String
    var events: [String]

    init(_ name: String, _ input: String, _ events: [String]) {
      testDescription = name
      self.input = input
      self.events = events
    }
  }

  static let cases = [
    Case("LF", "data: a\n\ndata: b\n\n", ["a", "b"]),
    Case("CRLF", "data: a\r\n\r\ndata: b\r\n\r\n", ["a", "b"]),
    Case("CR", "data: a\r\rdata: b\r\r", ["a", "b"]),
    Case("mixed ends", "data: a\r\n\ndata: b\n\r\n", ["a", "b"]),
    Case("mark at the start", "\u{feff}data: a\n\n", ["a"]),
    Case("mark later is text", "data: a\n\n\u{feff}data: b\n\n", ["a"]),
    Case("comments", ": hello\n:\ndata: a\n: in between\ndata: b\n\n", ["a\nb"]),
    Case("several data lines", "data: a\ndata:\ndata: b\n\n", ["a\n\nb"]),
    Case("one space is skipped", "data:a\n\ndata:  b\n\n", ["a", " b"]),
    Case("other fields", "id: 7\nretry: 10\nevent: x\nnonsense\ndata: a\n\n", ["a"]),
    Case("empty data is no event", "data:\n\ndata\n\nevent: x\n\ndata: a\n\n", ["a"]),
    Case("unterminated end is discarded", "data: a\n\ndata: b\n", ["a"]),
    Case(
      "only LF and CR end lines", "data: a\u{2028}b\u{85}c\u{b}d\n\n", ["a\u{2028}b\u{85}c\u{b}d"]),
    Case("characters of all lengths", "data: é€😀\n\n", ["é€😀"]),
    Case("nothing", "", []),
    Case("blank lines", "\n\r\n\r\n\n", []),
  ]

  @Test(arguments: cases) func readsWhole(_ test: Case) {
    var parser = EventStreamParser()
    let events = parser.consume(Array(test.input.utf8).span)
    #expect(events.map(\.text) == test.events)
  }

  @Test(arguments: cases) func readsByteByByte(_ test: Case) {
    var parser = EventStreamParser()
    var events: [EventStreamParser.Event] = []
    for byte in test.input.utf8 { events += parser.consume([byte].span) }
    #expect(events.map(\.text) == test.events)
  }

  @Test(arguments: cases) func readsInTwoPiecesSplitAnywhere(_ test: Case) {
    let bytes = Array(test.input.utf8)
    for split in 0...bytes.count {
      var parser = EventStreamParser()
      let events =
        parser.consume(Array(bytes[..<split]).span) + parser.consume(Array(bytes[split...]).span)
      #expect(events.map(\.text) == test.events, "split at \(split)")
    }
  }

  @Test func namesEvents() {
    var parser = EventStreamParser()
    let events = parser.consume(Array("event: error\ndata: a\n\ndata: b\n\n".utf8).span)
    #expect(events.map { String(decoding: $0.name, as: UTF8.self) } == ["error", ""])
  }

  @Test func stopsAtItsLimit() {
    var line = EventStreamParser(limit: 100)
    #expect(line.consume(Array(repeating: 0x61, count: 101).span).isEmpty)
    #expect(line.isOverLimit)
    var event = EventStreamParser(limit: 100)
    let lines = Array(String(repeating: "data: 0123456789\n", count: 12).utf8)
    #expect(event.consume(lines.span).isEmpty)
    #expect(event.isOverLimit)
  }
}

extension EventStreamParser.Event {
  fileprivate var text: String { String(decoding: data, as: UTF8.self) }
}
