import ArgumentParser
import Import
import RunFile
import Tree

/// Makes a run file of a run that is written down otherwise.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Make a run file of an export or of a published search.",
    discussion: """
      Takes JSON Lines as "export --format jsonl" writes them, which make an equal run; a search tree \
      in the form of the trees that the paper's authors published (a JSON object with "search" and \
      "nodes"); and the authors' output.json, which holds the path to the best prompt ("level 1", \
      "level 2", …).
      """)

  @Argument(help: "The file to import.") var source: String
  @Option(name: .customLong("run"), help: "The new run file.") var newFile: String

  func run() throws {
    let text = try Files.text(source)
    do {
      try make(of: text)
    } catch let error as ImportError {
      throw Failure("\(source): \(error)")
    } catch RunFileError.newer(_, let version, let known) {
      throw RunFileError.newer(path: source, version: version, known: known)
    }
    let run = try RunFile.open(newFile, for: .reading)
    defer { run.close() }
    let tree = SearchTree(
      configuration: run.configuration, events: try run.events().lazy.map(\.event))
    Console.page(
      "\(newFile) holds \(tree.nodes.count) nodes on \(tree.levels.count) levels; the best is node "
        + "\(tree.result.number).")
    Console.err("Look at it: espalier open \(newFile.shellWord)")
  }

  private func make(of text: String) throws {
    let written = try WrittenRun(text)
    if case .lines(let lines) = written {
      try RunFile.importLines(Self.lines(of: lines), to: newFile)
      return
    }
    let run = try written.run(of: source)
    try RunFile.create(
      at: newFile, configuration: run.configuration, events: run.events.map(\.event),
      time: RunFiles.now)
  }

  /// A line's end is a line feed and nothing else: a text may hold a U+2028, or a carriage return.
  private static func lines(of text: String) -> some Sequence<String> {
    text.utf8.split(separator: UInt8(ascii: "\n")).lazy.map { String(Substring($0)) }
  }
}
