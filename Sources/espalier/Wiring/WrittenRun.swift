import Glibc
import Import
import RunFile
import Tree

/// A run that is written down otherwise than in a run file. "import" makes one of it.
enum WrittenRun {
  /// Our own JSON Lines: checked, and read, only where a run file is made of them.
  case lines(String)
  /// A search tree in the form in which the paper's authors' are at hand.
  case tree(PublishedTree)
  /// Their output.json.
  case path(PublishedPath)

  /// - Throws: `ImportError`.
  init(_ text: String) throws(ImportError) {
    if Self.isLines(text) {
      self = .lines(text)
    } else if PublishedPath.isForm(of: text) {
      self = .path(try PublishedPath(json: text))
    } else {
      self = .tree(try PublishedTree(json: text))
    }
  }

  /// Told from a run file by its first character.
  ///
  /// - Returns: nil for a file that does not begin as a JSON object does, or is not there.
  static func read(_ path: String) throws -> WrittenRun? {
    guard beginsAsObject(path) else { return nil }
    let text = try Files.text(path)
    do { return try WrittenRun(text) } catch { throw Failure("\(path): \(error)") }
  }

  /// What it tells.
  ///
  /// - Parameter file: its path.
  /// - Throws: a `Failure` for JSON Lines.
  func run(
    of file: String
  ) throws -> (configuration: RunConfiguration, events: [RecordedEvent]) {
    switch self {
    case .lines:
      throw Failure(
        "\(file) is a run as JSON Lines. Make a run file of it: espalier import \(file.shellWord) "
          + "--run NEW")
    case .tree(let tree): return (tree.configuration, Self.recorded(tree.events))
    case .path(let path):
      let name = file.split(separator: "/").last.map(String.init) ?? file
      return (path.configuration(named: name), Self.recorded(path.events))
    }
  }

  /// At no time: nobody wrote it down.
  private static func recorded(_ events: [RunEvent]) -> [RecordedEvent] {
    events.enumerated().map { RecordedEvent(ordinal: $0, time: 0, event: $1) }
  }

  /// The first line of an export is an object that says its kind; the documents of the authors do
  /// not have that member.
  private static func isLines(_ text: String) -> Bool {
    let first = text.utf8.prefix(400).prefix { $0 != UInt8(ascii: "\n") }
    return String(decoding: first, as: UTF8.self).contains("\"kind\"")
  }

  private static func beginsAsObject(_ path: String) -> Bool {
    guard Files.isRegular(path), let file = fopen(path, "rb") else { return false }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = fread(&bytes, 1, bytes.count, file)
    // White space, and the mark that some editors put before UTF-8.
    let first = bytes[..<count].first { ![0x20, 0x0a, 0x0d, 0x09, 0xef, 0xbb, 0xbf].contains($0) }
    return first == UInt8(ascii: "{")
  }
}
