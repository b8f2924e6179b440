/// What a model's tokens cost, in USD a million.
package struct TokenPrice: Hashable, Sendable, Codable {
  package var input: Double
  /// Of input read from the server's prefix cache; nil where it costs as much as other input.
  package var cachedInput: Double?
  package var output: Double
  /// The day the price was looked up, for the record: prices change.
  package var date: String?

  package init(
    input: Double, cachedInput: Double? = nil, output: Double, date: String? = nil
  ) {
    self.input = input
    self.cachedInput = cachedInput
    self.output = output
    self.date = date
  }

  /// In USD.
  package func cost(of usage: TokenUsage) -> Double {
    let fresh = Double(usage.input - usage.cachedInput) * input
    let cached = Double(usage.cachedInput) * (cachedInput ?? input)
    return (fresh + cached + Double(usage.output) * output) / 1_000_000
  }
}
