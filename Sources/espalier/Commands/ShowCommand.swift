import ArgumentParser
import Export

/// Prints a run or one of its nodes whole.
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print a run, or one node of it, whole.",
    discussion: """
      With --at it is the run as it was after that event; "log" tells their numbers. FILE may also be \
      a published tree or path, as "import" takes it.
      """)

  @Argument(help: "The run file.") var file: String
  @Option(help: "The number of a node.") var node: Int?
  @Option(help: ArgumentHelp("As it was after this event.", valueName: "event")) var at: Int?
  @Flag(help: "As one JSON object.") var json = false

  func run() throws {
    let run = try SavedRun(file, at: at)
    defer { run.close() }
    let record = run.record()
    if json {
      let scope = node.map { ExportScope.node(number: $0) } ?? .all
      let object = try record.exported(as: .json, of: scope)
      try run.checkTexts()
      Console.out(object)
    } else if let node {
      Console.page(Card(record).node(try record.node(numbered: node)))
    } else {
      Console.page(Card(record).run)
    }
    try run.checkTexts()
  }
}
