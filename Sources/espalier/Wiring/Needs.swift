import DRPO
import Engine
import Models
import Tree

/// What one search will take of a role, or of the model of embeddings, by an estimate: no rewrite
/// skipped, nothing asked again, and replies of a usual length.
struct Needs: Hashable, Encodable {
  var calls: Int
  var inputTokens: Int
  var outputTokens: Int
  /// In USD; nil where the price is unknown.
  var usd: Double?
  /// The most that one call may fill of the model's context: the longest request and the limit on its
  /// reply.
  var longestCall: Int

  /// Tokens of usual replies.
  private static let (answer, choice, judgement, rewrite) = (400, 200, 500, 600)
  /// Prompts grow as they are rewritten; they end up at about so many tokens.
  private static let promptAtTheEnd = 400

  init(_ role: Role, in configuration: RunConfiguration, price: TokenPrice?) {
    let settings = configuration.settings
    let levels = min(settings.depth, configuration.queries.count)
    // Aspects once a level, two calls for the root and three for every other node; and two for each
    // further query that the root is tried on.
    let further = settings.measuresLift ? max(0, levels - 1) : 0
    let tree = SearchTree(configuration: configuration)
    let all = ExpectedCalls(tree).total - tree.embeddingCallsLeft
    let children = max(0, all - levels - 2 - 2 * further) / 3
    let trials = 1 + children + further
    func mean(_ texts: [String]) -> Int {
      texts.isEmpty ? 0 : texts.reduce(0) { $0 + $1.estimatedTokens } / texts.count
    }
    let queries = configuration.queries.prefix(max(levels, 1)).map { $0.content ?? "" }
    let query = mean(queries)
    let prompt =
      ((configuration.initialPrompt.content ?? "").estimatedTokens + Self.promptAtTheEnd) / 2
    let frame = { (conversation: Conversation) in
      (conversation.system ?? "").estimatedTokens
        + conversation.turns.reduce(0) { $0 + $1.text.estimatedTokens }
    }
    let single: [(calls: Int, input: Int, output: Int)]
    switch role {
    case .base:
      let example = mean(
        configuration.examples.map { ($0.query.content ?? "") + ($0.response.content ?? "") })
      let shown = settings.examplesShown * example
      single = [(trials, prompt + query + shown, Self.answer)]
    case .judge:
      let evaluation = frame(
        Texts.evaluation(query: "", response: "", aspects: configuration.library))
      let choice = frame(Texts.aspectSelection(query: "", library: AspectLibrary.all))
      single = [
        (trials, evaluation + query + Self.answer, Self.judgement),
        (levels, choice + query, Self.choice),
      ]
    case .optimizer:
      let text = frame(
        Texts.rewriting(
          prompt: "", query: "", response: "", evaluation: Evaluation(scores: []),
          recentPrompts: [], wishes: [], locked: []))
      // Up to five prompts of the path are in it.
      single = [
        (children, text + query + Self.answer + Self.judgement + 5 * prompt, Self.rewrite)
      ]
    }
    let limit = configuration.models[role]?.maxTokens ?? .max
    calls = single.reduce(0) { $0 + $1.calls }
    inputTokens = single.reduce(0) { $0 + $1.calls * $1.input }
    outputTokens = single.reduce(0) { $0 + $1.calls * min($1.output, limit) }
    usd = price?.cost(of: TokenUsage(input: inputTokens, output: outputTokens))
    let longestQuery = queries.map(\.estimatedTokens).max() ?? 0
    longestCall =
      (single.map(\.input).max() ?? 0) + longestQuery - query
      + (configuration.models[role]?.maxTokens ?? 0)
  }

  /// Of the model of embeddings.
  init(embeddingsIn configuration: RunConfiguration, price: TokenPrice?) {
    let tree = SearchTree(configuration: configuration)
    let texts = tree.textsToEmbed.map { ($0.content ?? "").estimatedTokens }
    calls = tree.embeddingCallsLeft
    inputTokens = texts.reduce(0, +)
    outputTokens = 0
    usd = price?.cost(of: TokenUsage(input: inputTokens))
    // Each text is read by itself.
    longestCall = texts.max() ?? 0
  }
}
