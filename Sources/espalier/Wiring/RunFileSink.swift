import Engine
import RunFile
import Tree

/// The engine's log is the run file.
struct RunFileSink: EventSink {
  let file: RunFile

  func append(_ events: [RunEvent], records: [CallRecord]) async throws -> [RecordedEvent] {
    try await file.append(events, calls: records, at: RunFiles.now)
  }
}
