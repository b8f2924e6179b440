import Export
import Glibc
import Import
import RunFile
import Tree

/// A run that is read and not gone on with: a run file, or a tree in the form in which the paper's
/// authors published theirs.
struct SavedRun {
  let configuration: RunConfiguration
  let events: [RecordedEvent]
  let texts: any TextSource
  let path: String
  /// nil for a published tree.
  let file: RunFile?
  /// The last of the events, where those after it were left out.
  private let at: Int?

  /// - Parameter ordinal: nil for the present; else the run as it was after this event.
  /// - Throws: `RunFileError`, or a `Failure`, also where there is no such event.
  init(_ path: String, at ordinal: Int? = nil) throws {
    self.path = path
    at = ordinal
    if let published = try PublishedFile.read(path) {
      configuration = published.configuration
      let all = published.events.enumerated().map { ordinal, event in
        RecordedEvent(ordinal: ordinal, time: 0, event: event)
      }
      events = try Self.past(of: all, until: ordinal)
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
      texts = file
      self.file = file
    }
  }

  func close() { file?.close() }

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

/// A published tree, told from a run file by its first character.
enum PublishedFile {
  /// - Returns: nil for a file that does not begin as a JSON object does, or is not there.
  static func read(_ path: String) throws -> PublishedTree? {
    guard beginsAsObject(path) else { return nil }
    let text = String(decoding: try Files.read(path), as: UTF8.self)
    do { return try PublishedTree(json: text) } catch { throw Failure("\(path): \(error)") }
  }

  private static func beginsAsObject(_ path: String) -> Bool {
    guard let file = fopen(path, "rb") else { return false }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = fread(&bytes, 1, bytes.count, file)
    // White space, and the mark that some editors put before UTF-8.
    let first = bytes[..<count].first { ![0x20, 0x0a, 0x0d, 0x09, 0xef, 0xbb, 0xbf].contains($0) }
    return first == UInt8(ascii: "{")
  }
}
