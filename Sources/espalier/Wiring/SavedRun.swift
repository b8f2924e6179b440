import Export
import RunFile
import Tree

/// A run that is read and not gone on with: a run file, or what the paper's authors have of a search.
struct SavedRun {
  let configuration: RunConfiguration
  let events: [RecordedEvent]
  let texts: any TextSource
  let path: String
  /// nil for what is no run file.
  let file: RunFile?
  /// The last of the events, where those after it were left out.
  private let at: Int?

  /// - Parameter ordinal: nil for the present; else the run as it was after this event.
  /// - Throws: `RunFileError`, or a `Failure`, also where there is no such event.
  init(_ path: String, at ordinal: Int? = nil) throws {
    self.path = path
    at = ordinal
    if let written = try WrittenRun.read(path) {
      let run = try written.run(of: path)
      configuration = run.configuration
      events = try Self.past(of: run.events, until: ordinal)
      texts = TextsInMemory()
      file = nil
    } else {
      let file = try RunFile.open(path, for: .reading)
      do {
        configuration = file.configuration
        events = try Self.past(of: try file.events(), until: ordinal)
      } catch {
        file.close()
        throw error
      }
      texts = MarkedTexts(file)
      self.file = file
    }
  }

  func close() { file?.close() }

  /// For who has made something of the run, before it is taken for whole.
  /// - Throws: `RunFileError.damaged` where a text that was needed for it is lost.
  func checkTexts() throws { try file?.checkTexts() }

  func record(isRedacted: Bool = false) -> RunRecord {
    RunRecord(
      configuration: configuration, events: events, texts: texts, file: path,
      isRedacted: isRedacted, at: at)
  }

  private static func past(
    of events: [RecordedEvent], until ordinal: Int?
  ) throws -> [RecordedEvent] {
    guard let ordinal else { return events }
    try Past.check(ordinal, in: events.count)
    return Array(events.prefix(ordinal + 1))
  }
}

/// The history of a run as a place to go back to.
enum Past {
  /// - Throws: a `Failure` where no event has this ordinal.
  static func check(_ ordinal: Int, in count: Int) throws {
    if (0..<count).contains(ordinal) { return }
    let last = count == 0 ? "it has none yet" : "the last is \(count - 1)"
    throw Failure("there is no event \(ordinal) in this run; \(last).")
  }
}
