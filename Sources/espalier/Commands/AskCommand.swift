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
      search: the prompt, and the in-context examples that are nearest to the question, by its \
      meaning where the run has embeddings and their model can be asked for one more, else by its \
      words. The run is not changed.

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
    let endpoints = Cast.endpoints(settings, onTrouble: Self.patience())
    guard let base = try Cast.models(settings, endpoints)[.base] else {
      throw Failure("no model plays the base.")
    }
    if settings[.base].isSimulated {
      Console.err("SIMULATED: the model inside the program answers.")
    }
    let initial = compare ? tree.root.prompt : nil
    let examples = run.configuration.examples.flatMap { [$0.query, $0.response] }
    for text in [prompt] + [initial].compactMap(\.self) + examples { _ = try run.text(text.id) }
    var inquiry = Inquiry(of: tree, texts: run, base: base)
    if !tree.retrieval.models.isEmpty, let embedder = try Cast.embedder(settings, endpoints) {
      let (asked, setback) = try Self.wait { [question, inquiry] in
        var inquiry = inquiry
        let setback = await inquiry.retrieve(for: question, by: embedder, in: tree, texts: run)
        return (inquiry, setback)
      }
      inquiry = asked
      if let setback { Console.err(setback) }
    }
    try run.checkTexts()
    if let initial {
      Console.out("--- under the initial prompt")
      try answer(inquiry, under: initial)
      Console.out("\n--- under the prompt of node \(best.number)")
    }
    try answer(inquiry, under: prompt)
  }

  /// What becomes of a few attempts is told at the end; why it takes long, meanwhile.
  private static func patience() -> @Sendable (String) -> Void {
    let start = ContinuousClock.now
    let silence = Locked(Silence(at: .zero))
    return { message in
      let line = silence.withLock { silence in
        silence.attemptFailed(message)
        return silence.line(at: ContinuousClock.now - start, calls: 1)
      }
      if let line { Console.err(line) }
    }
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

  /// Prints the answer as it comes.
  private func answer(_ inquiry: Inquiry, under prompt: Text) throws {
    let streamed = Locked(false)
    let outcome = try Self.wait { [question] in
      try await inquiry.ask(question, under: prompt) { piece in
        streamed.withLock { $0 = true }
        Console.out(piece, terminator: "")
      }
    }
    if streamed.withLock({ $0 }) { Console.out("") }
    switch outcome {
    case .answered(let answer):
      if !streamed.withLock({ $0 }) { Console.out(answer.response.content ?? "") }
      if let notice = answer.end.notice { Console.err(notice) }
    case .failed(let reason, _): throw Failure(reason.content ?? "the model gave no answer.")
    default: throw Failure("the model gave no answer.")
    }
  }

  /// Blocks the main thread until it is done.
  private static func wait<Value: Sendable>(
    for work: @escaping @Sendable () async throws -> Value
  ) throws -> Value {
    let done = DispatchSemaphore(value: 0)
    let result = Locked<Result<Value, any Error>?>(nil)
    Task {
      let ending: Result<Value, any Error>
      do { ending = .success(try await work()) } catch { ending = .failure(error) }
      result.withLock { $0 = ending }
      done.signal()
    }
    done.wait()
    guard let ending = result.withLock({ $0 }) else {
      preconditionFailure("the work that was waited for has left no result")
    }
    return try ending.get()
  }
}
