import Tree

// A run as JSON Lines: one object a line, each with its kind.
//
//   {"kind":"run","format":1,"id":"…","created":…,"configuration":{…}}
//   {"kind":"text","id":"…","content":"…"}                 before the first line that names it
//   {"kind":"event","ordinal":0,"time":…,"of":"flight","event":{…}}
//   {"kind":"call","time":…,"call":{…},"request":"…","model":…,"status":…,"usage":{…},"reply":…}
//   {"kind":"end","events":…,"chain":"…","calls":…,"ledger":"…"}

extension RunFile {
  /// Everything that the run is, one line at a time, without the line ends.
  ///
  /// `importLines` makes an equal run of it.
  /// - Throws: `RunFileError`, or what `write` throws.
  package func exportLines(_ write: (String) throws -> Void) throws {
    var told: Set<TextID> = []
    func tell(_ texts: [Text]) throws {
      for text in texts where told.insert(text.id).inserted {
        try write(try Line.text(text.id, content: self.text(text.id)))
      }
    }
    try write(Line.run(header))
    try tell(configuration.texts)
    var count = 0
    var chain = header.origin
    while true {
      let rows = try rows(from: count, limit: 1_000)
      guard let last = rows.last else { break }
      for row in rows {
        try tell(try decoded(row).event.texts)
        try write(Line.event(row))
      }
      count = last.ordinal + 1
      chain = last.chain
    }
    let calls = try timedCalls()
    for call in calls { try write(try Line.call(call)) }
    try write(try Line.end(Tail(count: count, chain: chain), calls))
  }

  /// Makes a run file of the lines of an export.
  ///
  /// - Parameter lines: blank ones are passed over.
  /// - Throws: `RunFileError`; `.badLine` names the line that can't be used, `.newer` means the lines.
  package static func importLines(_ lines: some Sequence<String>, to path: String) throws {
    var reader = LinesReader(path: path)
    for line in lines { try reader.take(line) }
    try write(try reader.history(), to: path)
  }
}

/// Writes the lines of an export.
private enum Line {
  static func run(_ header: Header) -> String {
    object("run") { writer in
      writer.member("format", LinesReader.format)
      writer.member("id", header.id)
      writer.member("created", header.created)
      writer.member("configuration") { $0.raw(header.configuration) }
    }
  }

  static func text(_ id: TextID, content: String) -> String {
    object("text") { writer in
      writer.member("id", id.description)
      writer.member("content", content)
    }
  }

  static func event(_ row: EventRow) -> String {
    object("event") { writer in
      writer.member("ordinal", row.ordinal)
      writer.member("time", row.time)
      writer.member("of", row.kind)
      writer.member("event") { $0.raw(row.payload) }
    }
  }

  static func call(_ call: TimedCall) throws -> String {
    let record = call.record
    let (key, usage) = (try EventCoding.encode(record.call), try EventCoding.encode(record.usage))
    return object("call") { writer in
      writer.member("time", call.time)
      writer.member("call") { $0.raw(key) }
      writer.member("request", String(record.request, radix: 16))
      writer.member("model", record.model)
      writer.member("status", record.status.rawValue)
      writer.member("usage") { $0.raw(usage) }
      if let reply = record.reply { writer.member("reply", reply) }
    }
  }

  static func end(_ tail: Tail, _ calls: [TimedCall]) throws -> String {
    let ledger = try calls.checksum
    return object("end") { writer in
      writer.member("events", tail.count)
      writer.member("chain", String(tail.chain.value, radix: 16))
      writer.member("calls", calls.count)
      writer.member("ledger", String(ledger, radix: 16))
    }
  }

  private static func object(
    _ kind: String, _ members: (inout JSONWriter) -> Void
  ) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("kind", kind)
      members(&writer)
    }
    return writer.string
  }
}
