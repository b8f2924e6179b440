import GRDB
package import Tree

/// A run that is written to a file all at once.
struct History {
  var header: Header
  var configuration: RunConfiguration
  var events: [RecordedEvent]
  var calls: [TimedCall] = []
  var memory: [String: String] = [:]
  /// Of the texts that the configuration and the events name without having them.
  /// May throw why there is none.
  var content: (TextID) throws -> String? = { _ in nil }
}

extension RunFile {
  /// Makes the file of a run that has happened elsewhere, at times that nobody knows: whole, or not at
  /// all.
  /// - Parameter time: now, in seconds since 1970-01-01 UTC.
  /// - Throws: `RunFileError`; `.exists` when there is a file of that name.
  package static func create(
    at path: String, configuration: RunConfiguration, events: [RunEvent], time: Double
  ) throws {
    let header = try reporting(path) {
      try Header(configuration: configuration, created: time)
    }
    let recorded = events.enumerated().map { ordinal, event in
      RecordedEvent(ordinal: ordinal, time: 0, event: event)
    }
    try write(History(header: header, configuration: configuration, events: recorded), to: path)
  }

  /// Writes a whole history. The file appears under its name when it is complete.
  static func write(_ history: History, to path: String) throws {
    func resolved(_ texts: [Text]) throws -> [Text] {
      try texts.map { text in
        if text.content != nil { return text }
        guard let content = try history.content(text.id) else {
          throw RunFileError.damaged(path: path, .text(id: text.id.description))
        }
        return Text(content)
      }
    }
    let lock = try make(path) { draft in
      try history.header.write(
        to: draft, texts: try resolved(history.configuration.texts)
      ) { db, start in
        var tail = start
        for event in history.events {
          let row = try Batch.Row(
            event.event, at: event.time, texts: try resolved(event.event.texts))
          try insert([row], after: &tail, in: db, path: path)
        }
        for (index, call) in history.calls.enumerated() { try db.insert(call, id: index + 1) }
        try db.remember(history.memory)
        return tail
      }
    }
    lock.remove()
  }
}
