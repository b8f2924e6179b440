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
  @Option(help: "The number of a node, or \"best\", or \"all\".") var node: NodeChoice?
  @Option(help: ArgumentHelp("As it was after this event.", valueName: "event")) var at: Int?
  @Flag(help: "As one JSON object.") var json = false

  func run() throws {
    let run = try SavedRun(file, at: at)
    defer { run.close() }
    let record = run.record()
    let scope = node?.scope ?? .all
    if json {
      let object = try record.exported(as: .json, of: scope)
      try run.checkTexts()
      Console.out(object)
    } else {
      Console.page(try Self.page(of: record, scope))
      try run.checkTexts()
    }
  }

  private static func page(of record: RunRecord, _ scope: ExportScope) throws -> String {
    switch scope {
    case .all: Card(record).run
    case .best: Card(record).node(record.best)
    case .node(let number): Card(record).node(try record.node(numbered: number))
    }
  }
}
