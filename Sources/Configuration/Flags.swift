/// What the command line said; nil where it was silent. The command fills it in.
package struct Flags: Sendable {
  package var model: String?
  package var url: String?
  package var judge: String?
  package var judgeURL: String?
  package var optimizer: String?
  package var optimizerURL: String?

  package var embeddings: String?
  package var embeddingsURL: String?

  package var preset: String?
  package var beam: Int?
  package var actions: Int?
  package var depth: Int?
  package var maxDepthIncrease: Int?
  package var k: Int?
  package var lift: Bool?
  package var seed: Int?
  package var prompt: String?
  package var queries: String?
  package var queryField: String?
  package var examples: String?
  package var maxCalls: Int?
  package var maxTokens: Int?
  package var maxUSD: Double?
  package var maxMinutes: Double?
  /// Milliseconds.
  package var latency: Int?

  package var run: String?
  package var savePrompt: String?
  package var cache: String?
  package var noCache: Bool?
  package var theme: String?

  package var caFile: String?
  package var allowPlainHTTP: Bool?

  package init() {}

  subscript(key: Key) -> Raw? {
    switch key {
    case .model(.base): text(model)
    case .address(.base): text(url)
    case .model(.judge): text(judge)
    case .address(.judge): text(judgeURL)
    case .model(.optimizer): text(optimizer)
    case .address(.optimizer): text(optimizerURL)
    case .embeddingsModel: text(embeddings)
    case .embeddingsAddress: text(embeddingsURL)
    case .preset: text(preset)
    case .beam: whole(beam)
    case .actions: whole(actions)
    case .depth: whole(depth)
    case .maxDepthIncrease: whole(maxDepthIncrease)
    case .examplesShown: whole(k)
    case .lift: lift.map(Raw.truth)
    case .seed: whole(seed)
    case .prompt: text(prompt)
    case .queries: text(queries)
    case .queryField: text(queryField)
    case .examples: text(examples)
    case .maxCalls: whole(maxCalls)
    case .tokenBudget: whole(maxTokens)
    case .costBudget: maxUSD.map(Raw.decimal)
    case .timeBudget: maxMinutes.map(Raw.decimal)
    case .latency: whole(latency)
    case .runFile: text(run)
    case .savePrompt: text(savePrompt)
    case .cache: text(cache)
    case .noCache: noCache.map(Raw.truth)
    case .theme: text(theme)
    case .caFile: text(caFile)
    case .allowPlainHTTP: allowPlainHTTP.map(Raw.truth)
    default: nil
    }
  }

  private func text(_ value: String?) -> Raw? { value.map(Raw.text) }
  private func whole(_ value: Int?) -> Raw? { value.map(Raw.whole) }
}
