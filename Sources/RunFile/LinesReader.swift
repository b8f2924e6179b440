import Tree

/// Gathers a history from the lines of an export, and finds where it is not one.
struct LinesReader {
  let path: String
  private var number = 0
  private var header: Header?
  private var configuration: RunConfiguration?
  private var texts: [TextID: String] = [:]
  private var events: [RecordedEvent] = []
  private var calls: [TimedCall] = []
  private var chain = Chain(value: 0)
  private var isEnded = false

  /// Of the lines, which say it in the first.
  static let format = 1

  init(path: String) { self.path = path }

  mutating func take(_ line: String) throws {
    number += 1
    if line.allSatisfy(\.isWhitespace) { return }
    do {
      let members = try Members(line)
      guard !isEnded, (header == nil) == (members.kind == "run") else { throw JSONReader.Fault() }
      switch members.kind {
      case "run": try takeRun(members)
      case "text": try takeText(members)
      case "event": try takeEvent(members)
      case "call": try takeCall(members)
      case "end": try takeEnd(members)
      default: throw JSONReader.Fault()
      }
    } catch let error as RunFileError {
      throw error
    } catch {
      throw RunFileError.badLine(path: path, line: number)
    }
  }

  func history() throws -> History {
    guard let header, let configuration, isEnded else {
      throw RunFileError.badLine(path: path, line: number + 1)
    }
    return History(
      header: header, configuration: configuration, events: events, calls: calls
    ) { texts[$0] }
  }

  private mutating func takeRun(_ members: Members) throws {
    let format = try members.reader("format").int()
    guard format <= Self.format else {
      throw RunFileError.newer(path: path, version: format, known: Self.format)
    }
    guard format == Self.format else { throw JSONReader.Fault() }
    let configuration = try EventCoding.decode(
      RunConfiguration.self, from: members.raw("configuration"))
    let header = try Header(
      configuration: configuration, created: try members.reader("created").double(),
      id: try members.reader("id").string())
    chain = header.origin
    self.header = header
    self.configuration = configuration
  }

  private mutating func takeText(_ members: Members) throws {
    let content = try members.reader("content").string()
    let id = try members.reader("id").value(TextID.self)
    guard TextID(of: content) == id else { throw JSONReader.Fault() }
    texts[id] = content
  }

  private mutating func takeEvent(_ members: Members) throws {
    let event = RecordedEvent(
      ordinal: try members.reader("ordinal").int(), time: try members.reader("time").double(),
      event: try EventCoding.decode(
        members.raw("event"), kind: try members.reader("of").string()))
    guard event.ordinal == events.count, event.event.texts.allSatisfy({ texts[$0.id] != nil })
    else { throw JSONReader.Fault() }
    chain = chain.adding(
      ordinal: event.ordinal, time: event.time,
      kind: EventCoding.kind(of: event.event).rawValue,
      payload: try EventCoding.encode(event.event))
    events.append(event)
  }

  private mutating func takeCall(_ members: Members) throws {
    guard let request = UInt64(try members.reader("request").string(), radix: 16) else {
      throw JSONReader.Fault()
    }
    let record = CallRecord(
      call: try EventCoding.decode(CallKey.self, from: members.raw("call")), request: request,
      model: try members.reader("model").string(),
      status: try members.reader("status").value(CallRecord.Status.self),
      usage: try EventCoding.decode(Usage.self, from: members.raw("usage")),
      reply: members.has("reply") ? try members.reader("reply").string() : nil)
    calls.append(TimedCall(record: record, time: try members.reader("time").double()))
  }

  /// The chain is counted anew from what the lines say, so that it does not matter how another
  /// program has set their blanks or the order of their members.
  private mutating func takeEnd(_ members: Members) throws {
    guard let configuration, configuration.texts.allSatisfy({ texts[$0.id] != nil }),
      try members.reader("events").int() == events.count,
      try members.reader("chain").string() == String(chain.value, radix: 16)
    else { throw JSONReader.Fault() }
    // Exports of earlier versions say nothing of it.
    if members.has("calls") || members.has("ledger") {
      guard try members.reader("calls").int() == calls.count,
        try members.reader("ledger").string() == String(calls.checksum, radix: 16)
      else { throw JSONReader.Fault() }
    }
    isEnded = true
  }
}

/// The members of a line, each still as JSON.
private struct Members {
  let kind: String
  private var values: [String: String] = [:]

  init(_ line: String) throws {
    var values: [String: String] = [:]
    var reader = JSONReader(line)
    try reader.object { reader, key in values[key] = try reader.raw() }
    try reader.end()
    self.values = values
    guard let kind = values["kind"] else { throw JSONReader.Fault() }
    var kindReader = JSONReader(kind)
    self.kind = try kindReader.string()
  }

  func has(_ key: String) -> Bool { values[key] != nil }

  func raw(_ key: String) throws -> String {
    guard let value = values[key] else { throw JSONReader.Fault() }
    return value
  }

  func reader(_ key: String) throws -> Member { Member(json: try raw(key)) }
}

/// One member of a line, to be read as what it must be.
private struct Member {
  let json: String

  func int() throws -> Int { try read { try $0.int() } }
  func double() throws -> Double { try read { try $0.double() } }
  func string() throws -> String { try read { try $0.string() } }

  func value<Value: LosslessStringConvertible>(_ type: Value.Type) throws -> Value {
    try read { try $0.value(type) }
  }

  func value<Value: RawRepresentable<String>>(_ type: Value.Type) throws -> Value {
    try read { try $0.value(type) }
  }

  private func read<Value>(_ body: (inout JSONReader) throws -> Value) throws -> Value {
    var reader = JSONReader(json)
    let value = try body(&reader)
    try reader.end()
    return value
  }
}
