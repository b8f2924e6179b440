/// A complete reply: the transfer ended cleanly and the server said why the model stopped.
package struct ModelReply: Hashable, Sendable {
  package enum Finish: Hashable, Sendable {
    case stop
    /// The limit of tokens was reached.
    case length
    case contentFilter
    case refusal(String)
    case toolCalls
    case other(String)
  }

  package var text: String
  package var finish: Finish
  /// What a reasoning model thought aloud; shown, never scored, never sent back.
  package var reasoning: String?
  /// Of all attempts at the reply, as far as known.
  package var usage: TokenUsage
  /// Requests that reached the wire for this reply, one that it shares with others included; 0 from a
  /// cache.
  package var requests: Int
  /// In USD; nil where the price is unknown.
  package var cost: Double?

  package init(
    text: String, finish: Finish = .stop, reasoning: String? = nil,
    usage: TokenUsage = TokenUsage(), requests: Int = 1, cost: Double? = nil
  ) {
    self.text = text
    self.finish = finish
    self.reasoning = reasoning
    self.usage = usage
    self.requests = requests
    self.cost = cost
  }
}

/// Tokens as the server counted them.
package struct TokenUsage: Hashable, Sendable {
  package var input: Int
  /// Of `input`, those read from the server's prefix cache.
  package var cachedInput: Int
  package var output: Int
  /// The server told nothing usable: these are our estimate.
  package var isEstimated: Bool

  package init(
    input: Int = 0, cachedInput: Int = 0, output: Int = 0, isEstimated: Bool = false
  ) {
    self.input = input
    self.cachedInput = cachedInput
    self.output = output
    self.isEstimated = isEstimated
  }
}

extension TokenUsage {
  package static func + (a: TokenUsage, b: TokenUsage) -> TokenUsage {
    TokenUsage(
      input: a.input + b.input, cachedInput: a.cachedInput + b.cachedInput,
      output: a.output + b.output, isEstimated: a.isEstimated || b.isEstimated)
  }
}
