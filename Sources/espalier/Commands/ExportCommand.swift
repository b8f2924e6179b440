import ArgumentParser
import Export
import RunFile

/// Takes a run, or a part of it, out of its file.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write a run, or its best prompt, in another format.",
    usage: "espalier export <file> --format <format> [<options>]",
    discussion: """
      prompt     the prompt and nothing else
      messages   what an OpenAI client sends before its query: the prompt, and the examples that
                 were shown with the node's query
      json       the run as one object
      jsonl      everything there is, one object a line
      csv        one row a node
      markdown   a report: the best prompt, how it came about, rewards, settings, calls
      html       the same as one page, with the tree as a picture: no network, no scripts

      A prompt and messages are the best node's unless --node says otherwise; the others tell of the \
      whole run. FILE may also be a published tree or path, as "import" takes it.

      --redact leaves out the queries, the in-context examples, the responses, and what models wrote \
      of them: the judge's reasons, what its aspects mean, the optimizer's analyses, raw replies, \
      causes of failures. Prompts, the few words on each rewrite, the names of aspects, and what \
      people wrote (wishes, reasons, forks) stay, and may still tell what the queries were about: \
      read the export before you pass it on. In jsonl each text that was left out is still named by a \
      hash, by which a guess can be checked.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case prompt, messages, json, jsonl, csv, markdown, html
  }

  @Argument(help: "The run file.") var file: String
  @Option(help: "One of the formats above.") var format: Format
  @Option(help: "The number of a node, or \"best\", or \"all\".") var node: NodeChoice?
  @Option(help: ArgumentHelp("The run as it was after this event.", valueName: "event"))
  var at: Int?
  @Flag(help: "Leave out queries and responses; prompts stay (see above).") var redact = false
  @Option(
    name: .shortAndLong, help: "Write to this file, in place of standard output, which is \"-\".")
  var output: String?

  func validate() throws {
    if format == .jsonl, node.map({ $0.scope != .all }) == true {
      throw ValidationError("--format jsonl holds the whole run: leave --node out.")
    }
    if format == .jsonl, at != nil {
      throw ValidationError(
        "--format jsonl holds the whole run: leave --at out, or fork the run there first.")
    }
  }

  func run() throws {
    let target = output.map { OutputFile(path: $0) }
    try refuseToReplace(target)
    let run = try SavedRun(file, at: at)
    defer { run.close() }
    let text = try text(of: run)
    try run.checkTexts()
    let whole = text + (text.utf8.last == UInt8(ascii: "\n") ? "" : "\n")
    if let target {
      try target.write(whole)
    } else {
      Console.out(whole, terminator: "")
    }
  }

  private func text(of run: SavedRun) throws -> String {
    guard let format = ExportFormat(rawValue: format.rawValue) else { return try lines(of: run) }
    return try run.record(isRedacted: redact).exported(as: format, of: node?.scope)
  }

  private func lines(of run: SavedRun) throws -> String {
    guard let file = run.file else {
      throw Failure("\(run.path) is no run file, and only a run file has a history to export.")
    }
    var text = ""
    let redaction = redact ? LineRedaction(run.record(isRedacted: true), events: run.events) : nil
    try file.exportLines { line in
      guard let line = redaction.map({ $0.line(line) }) ?? line else { return }
      text += line
      text += "\n"
    }
    return text
  }

  /// A slip of the hand must not cost a run.
  private func refuseToReplace(_ target: OutputFile?) throws {
    try target?.check()
    guard let target, try target.isSame(as: file) else { return }
    throw Failure("\(target.path) is what is exported, and is not replaced. Choose another.")
  }
}

/// What `--node` says.
struct NodeChoice: ExpressibleByArgument {
  let scope: ExportScope

  init?(argument: String) {
    switch argument {
    case "best": scope = .best
    case "all": scope = .all
    default:
      guard let number = Int(argument) else { return nil }
      scope = .node(number: number)
    }
  }
}
