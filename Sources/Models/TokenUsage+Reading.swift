import JSON

extension TokenUsage {
  /// What a server reports, read field by field: counts may be missing, negative, text, fractions or
  /// beyond any integer. What isn't usable is estimated at four bytes a token, and marked so.
  init(reported: JSON?, request: ModelRequest, text: String) {
    let input = reported?.count("prompt_tokens") ?? reported?.count("input_tokens")
    let output = reported?.count("completion_tokens") ?? reported?.count("output_tokens")
    let cached = reported?.cachedTokens ?? 0
    let sent = request.messages.reduce(0) { $0 + $1.content.utf8.count + 16 }
    // Nobody reads a prompt of no tokens: such a report is a placeholder.
    let known = input.flatMap { $0 > 0 ? $0 : nil }
    self.init(
      input: known ?? (sent + 3) / 4, output: output ?? (text.utf8.count + 3) / 4,
      isEstimated: known == nil || output == nil)
    cachedInput = min(cached, self.input)
  }
}

extension TokenUsage {
  /// As the other, of texts that were embedded: nothing is written in reply.
  init(reported: JSON?, embedding texts: [String]) {
    let told = ["prompt_tokens", "input_tokens", "total_tokens"].lazy
      .compactMap { reported?.count($0) }.first { $0 > 0 }
    let sent = texts.reduce(0) { $0 + ($1.utf8.count + 3) / 4 }
    self.init(input: told ?? sent, isEstimated: told == nil)
  }
}

extension JSON {
  /// Of a usage: the tokens read from the server's prefix cache, if it tells.
  var cachedTokens: Int? {
    (self["prompt_tokens_details"] ?? self["input_tokens_details"])?.count("cached_tokens")
      ?? count("prompt_cache_hit_tokens")
  }

  /// A count of tokens, if it can be one: 0 to a thousand million.
  fileprivate func count(_ key: String) -> Int? {
    let value: Double? =
      switch self[key] {
      case .number(let number): number
      case .string(let text): Double(text)
      default: nil
      }
    guard let value, value >= 0, value <= 1e9 else { return nil }
    return Int(value)
  }
}
