import ArgumentParser
import Export
import FoundationEssentials
import RunFile
import Tree

/// Steps into a run that another process is at work on.
struct ControlCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "control", abstract: "Step into a live run from another terminal.",
    discussion: """
      The actions: \(ControlWords.forms.joined(separator: ", ")).

      N is the number of a node, as the tree shows it. "steer" without a text takes the wish back, \
      "override N ASPECT judge" gives the score back to the judge, and "set max-calls none" \
      lifts that limit. The PROMPT @FILE is read from that file. It returns when the run has done \
      it, and says what was done and the number of the event, or why it can't be done (exit code 1). \
      What is done is recorded with your name and the reason.

        espalier control runs/NAME.espalier prune 12 --reason "It rambles."
      """)

  @Argument(help: "The run file.") var file: String
  // Takes what looks like an option, too, as a negative number does.
  @Argument(parsing: .allUnrecognized, help: ArgumentHelp("What to do.", valueName: "action"))
  var words: [String] = []
  @Option(help: "Why: it is recorded with what is done.") var reason: String?
  @Flag(help: "The answer as one JSON object on stdout.") var json = false

  func validate() throws {
    if !CommandLine.arguments.contains("--"), let option = words.first(where: Self.isOption) {
      throw ValidationError("Unknown option '\(option)'")
    }
    do { _ = try ControlWords(words) } catch let fault as Failure {
      throw ValidationError(fault.description)
    }
  }

  func run() throws {
    let wish = try ControlWords(words)
    let line = try ControlLine(path: file)
    let run = try RunFile.open(file, for: .reading)
    defer { run.close() }
    let moment = try run.moment()
    let request = try wish.request(
      in: moment.tree, by: .person(Person.name), because: reason.map { Text($0) })
    switch try line.ask(request) {
    case .done(let ordinal):
      let deed = Self.deed(ordinal, in: run, since: moment)
      Console.out(
        try json
          ? Self.json(Answer(done: true, event: ordinal, what: deed))
          : "Done: \(deed.map { "\($0) (event \(ordinal))" } ?? "event \(ordinal)").")
    case .refused(let why, let remedy):
      let told = ([why] + [remedy?.advice].compactMap { $0 }).joined(separator: " ")
      throw Failure(told)
    }
  }

  /// Who reads the answer by a program gets every refusal as an answer, also that of the command line.
  ///
  /// - Returns: nil where the arguments are of another command, or ask for no JSON.
  static func answer(
    toRefused arguments: some Sequence<String>, because why: String
  ) -> String? {
    let words = arguments.prefix { $0 != "--" }
    guard words.first == configuration.commandName, words.contains("--json") else { return nil }
    return try? json(Answer(done: false, refused: why))
  }

  private static func isOption(_ word: String) -> Bool {
    word.hasPrefix("-") && word != "-" && Double(word) == nil
      && !word.contains(where: \.isWhitespace)
  }

  /// What was done, in the words of `log`.
  ///
  /// - Returns: nil where it can't be read: it was done all the same.
  private static func deed(
    _ ordinal: Int, in run: RunFile, since moment: RunMoment
  ) -> String? {
    let missing = ordinal + 1 - moment.count
    guard missing > 0, let events = try? run.events(from: moment.count, limit: missing),
      case .intervened(let intervention)? = events.last?.event
    else { return nil }
    var record = RunRecord(tree: moment.tree, ledger: Ledger(), texts: run, file: nil)
    for event in events { record.take(event) }
    return record.words.deed(of: intervention)
  }

  private struct Answer: Encodable {
    var done: Bool
    var event: Int?
    var what: String?
    var refused: String?
  }

  private static func json(_ answer: Answer) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(answer), as: UTF8.self)
  }
}
