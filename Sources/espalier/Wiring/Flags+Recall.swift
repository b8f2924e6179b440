import Configuration
import Tree

extension Flags {
  /// Fills what the command line left open with what the run was started with.
  ///
  /// - Throws: a `Failure` where that is not known, as of an imported run: no other model is asked in
  ///   its place unless a person says which.
  mutating func recall(_ configuration: RunConfiguration) throws {
    let base = configuration.models[.base]
    if model == nil, self.url == nil, base?.isSimulated != true, base?.endpoint == nil {
      let who = base.map { "the server of its base model, \($0.name)" } ?? "its base model"
      throw Failure("this run does not tell \(who). Name one with --model and --url.")
    }
    func name(_ role: Role) -> String? { configuration.models[role]?.name }
    func url(_ role: Role) -> String? { configuration.models[role]?.endpoint }
    /// A role that the base model played goes with it to wherever it is now.
    func follows(_ role: Role) -> Bool {
      name(role) == name(.base) && url(role) == url(.base)
    }
    /// Another server for a role is no other model.
    func real(_ role: Role) -> String? {
      configuration.models[role].flatMap { $0.isSimulated ? nil : $0.name }
    }
    if self.url != nil { model = model ?? real(.base) }
    if judgeURL != nil { judge = judge ?? real(.judge) }
    if optimizerURL != nil { optimizer = optimizer ?? real(.optimizer) }
    if model == nil, self.url == nil { (model, self.url) = (name(.base), url(.base)) }
    if judge == nil, judgeURL == nil, !follows(.judge) {
      (judge, judgeURL) = (name(.judge), url(.judge))
    }
    if optimizer == nil, optimizerURL == nil, !follows(.optimizer) {
      (optimizer, optimizerURL) = (name(.optimizer), url(.optimizer))
    }
    if embeddingsURL != nil { embeddings = embeddings ?? configuration.embeddings?.name }
    if embeddings == nil, embeddingsURL == nil {
      (embeddings, embeddingsURL) = (
        configuration.embeddings?.name, configuration.embeddings?.endpoint
      )
    }
    preset = configuration.preset
    maxCalls = maxCalls ?? configuration.settings.maxCalls
    maxTokens = maxTokens ?? configuration.settings.maxTokens
    maxUSD = maxUSD ?? configuration.settings.maxCost
    maxMinutes = maxMinutes ?? configuration.settings.maxMinutes
  }
}
