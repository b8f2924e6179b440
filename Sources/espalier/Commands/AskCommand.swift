import ArgumentParser
import Configuration
import Dispatch
import Engine
import Locking
import RunFile
import Tree

/// Puts the result of a run to use.
struct AskCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ask", abstract: "Ask the base model under the best prompt of a run.",
    usage: "espalier ask <file> <question> [<options>]",
    discussion: """
      The model is the run's own, unless --model or --url name another, and gets what it gets in the \
      search: the prompt, and the in-context examples that are nearest to the question. The run is \
      not changed.

        espalier ask runs/NAME.espalier "How do I thaw fish?" --compare
      """)

  @Argument(help: "The run file.") var file: String
  @Argument(help: "What to ask.") var question: String
  @Option(help: "Under the prompt of this node, in place of the best.") var node: Int?
  @Flag(help: "First under the initial prompt, then under the best.") var compare = false
  @Option(help: "Another base model.") var model: String?
  @Option(help: "Its server, such as http://127.0.0.1:8080/v1.") var url: String?
  @Option(name: .customLong("ca-file"), help: "Certificates to trust, a PEM file.")
  var caFile: String?
  @Flag(
    name: .customLong("allow-plain-http"), help: "Let a key go over plain http to another host.")
  var allowPlainHTTP = false
  @Option(help: "Configuration file, in place of the one in ~/.config/espalier.")
  var config: String?

  func validate() throws {
    if question.allSatisfy(\.isWhitespace) { throw ValidationError("the question is empty.") }
  }

  func run() throws {
    let run = try RunFile.open(file, for: .reading)
    defer { run.close() }
    let tree = try run.moment(whole: false).tree
    let best = try node.map(tree.named) ?? tree.result
    guard let prompt = best.prompt else {
      throw Failure("node \(best.number) has no prompt yet. Choose another with --node.")
    }
    let settings = try settle(run.configuration)
    let endpoints = Cast.endpoints(settings) { Console.err($0) }
    guard let base = try Cast.models(settings, endpoints)[.base] else {
      throw Failure("no model plays the base.")
    }
    if settings[.base].isSimulated {
      Console.err("SIMULATED: the model inside the program answers.")
    }
    let inquiry = Inquiry(of: tree, texts: run, base: base)
    if compare, let initial = tree.root.prompt {
      Console.out("--- under the initial prompt")
      try answer(inquiry, under: initial)
      Console.out("\n--- under the prompt of node \(best.number)")
    }
    try answer(inquiry, under: prompt)
  }

  private func settle(_ recorded: RunConfiguration) throws -> Settings {
    var flags = Flags()
    flags.model = model
    flags.url = url
    flags.caFile = caFile
    flags.allowPlainHTTP = allowPlainHTTP ? true : nil
    // Nobody else is asked, so nothing need be known of them.
    (flags.judge, flags.optimizer) = ("simulated", "simulated")
    try flags.recall(recorded)
    let settings = try Surroundings(configFlag: config).settle(flags)
    for warning in settings.warnings { Console.err("espalier: \(warning)") }
    return settings
  }

  /// Prints the answer as it comes. Blocks the main thread until it is there.
  private func answer(_ inquiry: Inquiry, under prompt: Text) throws {
    let done = DispatchSemaphore(value: 0)
    let outcome = Locked<Result<Outcome, any Error>?>(nil)
    let (question, streamed) = (question, Locked(false))
    Task {
      let result: Result<Outcome, any Error>
      do {
        result = .success(
          try await inquiry.ask(question, under: prompt) { piece in
            streamed.withLock { $0 = true }
            Console.out(piece, terminator: "")
          })
      } catch {
        result = .failure(error)
      }
      outcome.withLock { $0 = result }
      done.signal()
    }
    done.wait()
    if streamed.withLock({ $0 }) { Console.out("") }
    switch try outcome.withLock({ $0 })?.get() {
    case .answered(let answer):
      if !streamed.withLock({ $0 }) { Console.out(answer.response.content ?? "") }
      if let notice = answer.end.notice { Console.err(notice) }
    case .failed(let reason, _): throw Failure(reason.content ?? "the model gave no answer.")
    default: throw Failure("the model gave no answer.")
    }
  }
}
