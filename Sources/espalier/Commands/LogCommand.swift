import ArgumentParser
import Export
import Glibc
import RunFile
import Tree

/// Tells what happened in a run, event by event.
struct LogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "Tell what happened in a run, one line an event.",
    discussion: """
      Of a long text it tells the beginning; "export --format json" has all of it.

      With --follow it goes on for as long as a process is at work on the run; Ctrl-C ends it sooner.
      """)

  @Argument(help: "The run file.") var file: String
  @Flag(name: .shortAndLong, help: "Wait for more.") var follow = false

  /// Between two looks at a run that is followed, in microseconds.
  private static let pause: UInt32 = 100_000

  func run() throws {
    let run = try SavedRun(file)
    defer { run.close() }
    var record = RunRecord(
      configuration: run.configuration, events: [], texts: run.texts, file: run.path)
    Self.tell(run.events, &record)
    guard follow, let file = run.file else { return try run.checkTexts() }
    var next = run.events.count
    while !Console.isBroken {
      // Asked before the look, so that what a writer left at its end is still told.
      let isWritten = RunFile.writer(of: run.path) != nil
      let events = try file.count() > next ? try file.events(from: next) : []
      next += events.count
      Self.tell(events, &record)
      if !isWritten { break }
      if events.isEmpty { usleep(Self.pause) }
    }
    try run.checkTexts()
    Console.err("No process is at work on \(run.path).")
  }

  private static func tell(_ events: [RecordedEvent], _ record: inout RunRecord) {
    var lines: [String] = []
    for event in events {
      record.take(event)
      let time = event.time > 0 ? event.time.timestamp + "  " : ""
      lines.append("\(time)\(event.ordinal)  \(record.words.line(for: event.event))")
    }
    if !lines.isEmpty { Console.page(lines.joined(separator: "\n")) }
  }
}
