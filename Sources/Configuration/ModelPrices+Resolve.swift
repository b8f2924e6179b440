extension ModelPrices {
  /// The prices in the configuration file, by the name of the model.
  static func byModel(_ layers: Layers) throws(ConfigurationError) -> [String: ModelPrices] {
    let inputs = decimals(.inputPrice, layers)
    let cached = decimals(.cachedInputPrice, layers)
    let outputs = decimals(.outputPrice, layers)
    let dates = texts(.priceDate, layers)

    var prices: [String: ModelPrices] = [:]
    let models = Set(inputs.keys).union(cached.keys).union(outputs.keys).union(dates.keys)
    for model in models.sorted() {
      if let input = inputs[model], let output = outputs[model], let date = dates[model] {
        prices[model] = ModelPrices(
          input: input, cachedInput: cached[model], output: output, date: date)
      } else if let origin = inputs[model]?.origin ?? outputs[model]?.origin
        ?? cached[model]?.origin ?? dates[model]?.origin
      {
        throw .refused(
          origin,
          problem: """
            the prices of \(quoted(model)) are incomplete: they need input, output and the date \
            they were looked up
            """)
      }
    }
    return prices
  }

  private static func decimals(_ key: Key, _ layers: Layers) -> [String: Setting<Double>] {
    layers.named(key).reduce(into: [:]) { found, entry in
      guard case .decimal(let number) = entry.value.value else { return }
      found[entry.name] = entry.value.map { _ in number }
    }
  }

  private static func texts(_ key: Key, _ layers: Layers) -> [String: Setting<String>] {
    layers.named(key).reduce(into: [:]) { found, entry in
      guard case .text(let text) = entry.value.value else { return }
      found[entry.name] = entry.value.map { _ in text }
    }
  }
}
