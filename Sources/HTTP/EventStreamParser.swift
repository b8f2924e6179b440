/// Reads a stream of server-sent events, byte by byte, as the standard has it
/// (https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream).
///
/// Lines end with LF, CRLF or CR; no other character ends one, so U+2028 stays inside a JSON string.
/// Nothing is decoded before an event is whole, so a character may be split anywhere. An event
/// without data isn't dispatched, and one that the stream's end cuts off is discarded: by who drops
/// the parser.
package struct EventStreamParser: Sendable {
  package struct Event: Hashable, Sendable {
    /// The `event` field; empty when there was none.
    package var name: [UInt8]
    /// The `data` lines, joined by LF.
    package var data: [UInt8]

    package init(name: [UInt8] = [], data: [UInt8]) {
      self.name = name
      self.data = data
    }
  }

  private var line: [UInt8] = []
  private var event = Event(data: [])
  private var hasData = false
  private var endedByCR = false
  private var isFirstLine = true
  private let limit: Int

  /// A line or an event grew past the limit; the parser has stopped reading.
  package private(set) var isOverLimit = false

  /// - Parameter limit: the most bytes kept for one event.
  package init(limit: Int = 4 << 20) {
    self.limit = limit
  }

  /// The events that these bytes complete.
  package mutating func consume(_ bytes: Span<UInt8>) -> [Event] {
    var events: [Event] = []
    var start = 0
    for index in bytes.indices {
      let byte = bytes[index]
      guard byte == .lineFeed || byte == .carriageReturn else { continue }
      if byte == .lineFeed && endedByCR && index == start {
        endedByCR = false
        start = index + 1
        continue
      }
      line.append(contentsOf: bytes.extracting(start..<index))
      start = index + 1
      endedByCR = byte == .carriageReturn
      endLine(into: &events)
      if isOverLimit { return events }
    }
    if start < bytes.count {
      endedByCR = false
      line.append(contentsOf: bytes.extracting(start..<bytes.count))
      if line.count + event.data.count > limit { isOverLimit = true }
    }
    return events
  }

  private mutating func endLine(into events: inout [Event]) {
    if isFirstLine {
      isFirstLine = false
      if line.starts(with: [0xef, 0xbb, 0xbf]) { line.removeFirst(3) }
    }
    if line.isEmpty {
      // An empty `data:` line alone leaves the data empty: such an event isn't dispatched.
      if !event.data.isEmpty { events.append(event) }
      event = Event(data: [])
      hasData = false
    } else {
      readField()
      line.removeAll(keepingCapacity: true)
      if event.data.count > limit { isOverLimit = true }
    }
  }

  private mutating func readField() {
    let colon = line.firstIndex(of: .colon) ?? line.endIndex
    var value = line[colon...].dropFirst()
    if value.first == .space { value = value.dropFirst() }
    if line[..<colon].elementsEqual("data".utf8) {
      if hasData { event.data.append(.lineFeed) }
      event.data.append(contentsOf: value)
      hasData = true
    } else if line[..<colon].elementsEqual("event".utf8) {
      event.name = Array(value)
    }
  }
}

extension UInt8 {
  fileprivate static let lineFeed: UInt8 = 0x0a
  fileprivate static let carriageReturn: UInt8 = 0x0d
  fileprivate static let space: UInt8 = 0x20
  fileprivate static let colon: UInt8 = 0x3a
}
