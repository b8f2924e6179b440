import Glibc
import Tree

extension RunFile {
  /// Makes a new run that shares the past of another up to an event, paid calls and what was learned on
  /// the way included. The other run may be at work; it is left as it is.
  ///
  /// - Parameters:
  ///   - ordinal: of the first event that the new run does not share.
  ///   - name: of the new run.
  ///   - time: now, in seconds since 1970-01-01 UTC.
  /// - Throws: `RunFileError`.
  package static func fork(
    _ path: String, before ordinal: Int, named name: String, to newPath: String, time: Double
  ) throws {
    let file = try open(path, for: .reading)
    defer { file.close() }
    var configuration = file.configuration
    configuration.name = name
    let events = try file.events(limit: ordinal)
    let header = try reporting(newPath) {
      try Header(configuration: configuration, created: time)
    }
    try write(
      History(
        header: header, configuration: configuration, events: events,
        calls: try file.calls(endedBy: events), memory: try file.memory(),
        content: { try file.text($0) }), to: newPath)
  }

  /// The ledger's lines on the calls whose end is among the events. A call that failed and was asked
  /// again has several.
  private func calls(endedBy events: [RecordedEvent]) throws -> [TimedCall] {
    var ended: Set<CallKey> = []
    for event in events {
      if case .completed(let completion) = event.event { ended.insert(completion.call) }
    }
    return try timedCalls().filter { ended.contains($0.record.call) }
  }
}
