import ArgumentParser
import Configuration

/// The flags that a new run and a resumed one share. Each wins over its `ESPALIER_*` variable, and
/// that over the configuration file.
struct ModelFlags: ParsableArguments {
  @Option(help: "The base model; the others too, unless told otherwise. \"simulated\" is built in.")
  var model: String?
  @Option(help: "Its server, such as http://127.0.0.1:8080/v1.")
  var url: String?
  @Option(help: "The model that picks aspects and scores.")
  var judge: String?
  @Option(name: .customLong("judge-url"), help: "The judge's server.")
  var judgeURL: String?
  @Option(help: "The model that rewrites prompts.")
  var optimizer: String?
  @Option(name: .customLong("optimizer-url"), help: "The optimizer's server.")
  var optimizerURL: String?
  @Option(help: "A model that finds in-context examples by meaning, not by their words.")
  var embeddings: String?
  @Option(name: .customLong("embeddings-url"), help: "Its server.")
  var embeddingsURL: String?
  @Option(name: .customLong("ca-file"), help: "Certificates to trust, a PEM file.")
  var caFile: String?
  @Flag(
    name: .customLong("allow-plain-http"), help: "Let a key go over plain http to another host.")
  var allowPlainHTTP = false
  @Option(help: "Median latency of simulated models, in milliseconds.")
  var latency: Int?
  @Option(name: .customLong("max-calls"), help: "Model calls the run may make in all.")
  var maxCalls: Int?
  @Option(name: .customLong("max-tokens"), help: "Tokens it may take in all, both ways.")
  var maxTokens: Int?
  @Option(
    name: .customLong("max-usd"), help: "What it may cost in USD; needs prices in the config.")
  var maxUSD: Double?
  @Option(name: .customLong("max-minutes"), help: "Minutes it may be at work.")
  var maxMinutes: Double?
  @Option(help: "A theme by name, or a theme file.")
  var theme: String?
  @Option(name: .customLong("save-prompt"), help: "Write the best prompt to this file at the end.")
  var savePrompt: String?
  @Option(help: "A file of replies that runs share: what one has paid for costs others nothing.")
  var cache: String?
  @Flag(name: .customLong("no-cache"), help: "Make every call anew.")
  var noCache = false
  @Option(help: "Configuration file, in place of the one in ~/.config/espalier.")
  var config: String?

  func fill(_ flags: inout Flags) {
    flags.model = model
    flags.url = url
    flags.judge = judge
    flags.judgeURL = judgeURL
    flags.optimizer = optimizer
    flags.optimizerURL = optimizerURL
    flags.embeddings = embeddings
    flags.embeddingsURL = embeddingsURL
    flags.caFile = caFile
    flags.allowPlainHTTP = allowPlainHTTP ? true : nil
    flags.latency = latency
    flags.maxCalls = maxCalls
    flags.maxTokens = maxTokens
    flags.maxUSD = maxUSD
    flags.maxMinutes = maxMinutes
    flags.theme = theme
    flags.savePrompt = savePrompt
    flags.cache = cache
    flags.noCache = noCache ? true : nil
  }
}

/// How a run shows itself.
struct DisplayFlags: ParsableArguments {
  @Flag(help: "Without a screen: progress on stderr, the best prompt on stdout.")
  var headless = false
  @Flag(help: "Headless, and the whole run as one JSON object on stdout.")
  var json = false
}

/// The flags of a new run's search.
struct SearchFlags: ParsableArguments {
  @Option(
    help: "\"paper\" is the algorithm to the letter; \"default\" passes over unreadable scores.")
  var preset: String?
  @Option(help: "W: nodes kept at each level.")
  var beam: Int?
  @Option(help: "M: rewrites of each kept node.")
  var actions: Int?
  @Option(help: "L: prompts on a path, the initial one included.")
  var depth: Int?
  @Option(
    name: .customLong("max-depth-increase"), help: "Levels that skipped rewrites may add.")
  var maxDepthIncrease: Int?
  @Option(help: "In-context examples shown with each query.")
  var k: Int?
  @Flag(
    inversion: .prefixedNo,
    help: "Try the initial prompt on each level's query too, to tell what was gained.")
  var lift: Bool?
  @Option(help: "The order of the queries and every draw come from it.")
  var seed: Int?
  @Option(help: "The initial prompt, or @FILE.")
  var prompt: String?
  @Option(help: "Training queries: JSON Lines, JSON or plain lines.")
  var queries: String?
  @Option(name: .customLong("query-field"), help: "The field of a row that holds the query.")
  var queryField: String?
  @Option(help: "In-context examples: a file, or \"none\".")
  var examples: String?
  @Option(name: .customLong("run"), help: "The run file, in place of a new one in runs/.")
  var run: String?

  func fill(_ flags: inout Flags) {
    flags.preset = preset
    flags.beam = beam
    flags.actions = actions
    flags.depth = depth
    flags.maxDepthIncrease = maxDepthIncrease
    flags.k = k
    flags.lift = lift
    flags.seed = seed
    flags.prompt = prompt
    flags.queries = queries
    flags.queryField = queryField
    flags.examples = examples
    flags.run = run
  }
}
