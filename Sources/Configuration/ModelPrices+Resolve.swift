extension ModelPrices {
  /// The prices in the configuration file, by the name of the model.
  ///
  /// - Parameter embeddings: the model that writes nothing: what it would cost need not be told.
  static func byModel(
    _ layers: Layers, embeddings: String?
  ) throws(ConfigurationError) -> [String: ModelPrices] {
    let inputs = byName(layers.decimals(.inputPrice))
    let cached = byName(layers.decimals(.cachedInputPrice))
    let outputs = byName(layers.decimals(.outputPrice))
    let dates = byName(layers.texts(.priceDate))

    var prices: [String: ModelPrices] = [:]
    let models = Set(inputs.keys).union(cached.keys).union(outputs.keys).union(dates.keys)
    for model in models.sorted() {
      let nothing = model == embeddings ? inputs[model]?.map { _ in 0.0 } : nil
      if let input = inputs[model], let output = outputs[model] ?? nothing, let date = dates[model]
      {
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

  private static func byName<Value>(
    _ named: [(name: String, value: Setting<Value>)]
  ) -> [String: Setting<Value>] {
    Dictionary(named.map { ($0.name, $0.value) }) { first, _ in first }
  }
}
