import ArgumentParser
import Configuration
import Glibc

/// The program. Exit codes: 0 done, 1 error, 2 usage, 130 interrupted, 141 nobody reads the output.
@main struct Espalier: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "espalier",
    abstract: "Align a language model by its prompt: no training, no labels.",
    discussion: """
      Espalier searches for a better system prompt with DRPO (dynamic rewarding with prompt \
      optimization, arXiv 2411.08733). A judge picks, for each query, the aspects that matter there \
      and scores the answers; an optimizer rewrites the prompt from that; beam search keeps the \
      best. You watch the tree grow, and prune it by hand.

      Without a model of your own, all three roles are played by a simulated model inside the \
      program, and everything it shows is labelled SIMULATED.

        espalier                                  watch a search on the simulated model
        espalier --model NAME --url URL           search with a server of your own
        espalier open runs/NAME.espalier          look at a run
        espalier resume runs/NAME.espalier        go on with it

      Keys come from the environment alone: ESPALIER_API_KEY, ESPALIER_JUDGE_API_KEY, \
      ESPALIER_OPTIMIZER_API_KEY, or OPENAI_API_KEY.
      """,
    version: version,
    subcommands: [
      RunCommand.self, OpenCommand.self, ResumeCommand.self, ControlCommand.self, AskCommand.self,
      RunsCommand.self, ShowCommand.self, DiffCommand.self, LogCommand.self, ExportCommand.self,
      ImportCommand.self, ForkCommand.self, FileCommand.self, VerifyCommand.self,
      DoctorCommand.self, EstimateCommand.self, ConfigCommand.self,
    ],
    defaultSubcommand: RunCommand.self)

  static func main() {
    // A server that hangs up must not end the program; libcurl leaves this to us.
    signal(SIGPIPE, SIG_IGN)
    Console.reserve()
    var code: Int32 = 0
    do {
      try GivenText.check()
      var command = try parsed()
      try command.run()
    } catch {
      code = tell(error)
    }
    Glibc.exit(Console.finish(code))
  }

  /// - Returns: the exit code that it means.
  private static func tell(_ error: any Error) -> Int32 {
    if let code = error as? ExitCode { return code.rawValue }
    let code = exitCode(for: error)
    let text = fullMessage(for: error)
    if code == .success {
      Console.out(text)
    } else if let answer = ControlCommand.answer(
      toRefused: CommandLine.arguments.dropFirst(), because: message(for: error))
    {
      Console.out(answer)
    } else {
      Console.err(text)
    }
    let isUsage = code == .validationFailure || (error as? ConfigurationError)?.isUsage == true
    return isUsage ? 2 : code.rawValue
  }

  /// A command that is named first is parsed by itself, for to lay out all of them takes longer than to
  /// show a run. What it does not take is told by the whole, which knows how it is called.
  private static func parsed() throws -> any ParsableCommand {
    let arguments = CommandLine.arguments.dropFirst()
    if let unknown = UnknownCommand(arguments) { throw unknown.error }
    let named = configuration.subcommands.first {
      $0.configuration.commandName == arguments.first && $0.configuration.subcommands.isEmpty
    }
    let rest = Array(arguments.dropFirst())
    if let command = try? named?.parse(rest) { return command }
    return try parseAsRoot()
  }
}

extension ConfigurationError {
  /// What was wrong stands on the command line.
  fileprivate var isUsage: Bool {
    switch self {
    case .refused(.flag, _), .noModel(_, origin: .flag): true
    case .refused, .noModel, .file, .plainHTTP: false
    }
  }
}
