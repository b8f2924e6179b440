extension Settings {
  /// Settles everything, in falling priority: flags, `ESPALIER_*` variables, the configuration file,
  /// `OPENAI_*` variables, the preset, defaults. Reads no file and no environment by itself.
  package static func resolve(
    flags: Flags, environment: [String: String], file: ConfigFile?
  ) throws(ConfigurationError) -> Settings {
    let layers = Layers(flags: flags, environment: environment, file: file)
    let search = try SearchChoices(layers)
    let network = try NetworkChoices(layers)
    let roles = try RoleResolver(layers, preset: search.preset, network: network)

    let base = try roles.settings(.base)
    let judge = try roles.settings(.judge)
    let optimizer = try roles.settings(.optimizer)
    var settings = Settings(
      search: search, output: try OutputChoices(layers), network: network, base: base,
      judge: judge, optimizer: optimizer, embeddings: try roles.embeddings(), warnings: [])
    settings.warnings = Warnings(settings, layers).all
    return settings
  }
}

extension SearchChoices {
  init(_ layers: Layers) throws(ConfigurationError) {
    let chosen = try layers.text(.preset)
    let preset =
      chosen?.compactMap(Preset.init(rawValue:)) ?? Setting(.standard, from: .standard)
    let origin: Origin = chosen == nil ? .standard : .preset(preset.value.rawValue)
    func whole(_ key: Key, _ value: Int) throws(ConfigurationError) -> Setting<Int> {
      try layers.whole(key) ?? Setting(value, from: origin)
    }

    self.init(
      preset: preset,
      beam: try whole(.beam, preset.value.beam),
      actions: try whole(.actions, preset.value.actions),
      depth: try whole(.depth, preset.value.depth),
      maxDepthIncrease: try whole(.maxDepthIncrease, preset.value.maxDepthIncrease),
      examplesShown: try whole(.examplesShown, preset.value.examplesShown),
      lift: try layers.truth(.lift) ?? Setting(preset.value.measuresLift, from: origin),
      seed: try layers.whole(.seed)?.map { UInt64($0) } ?? Setting(0, from: .standard),
      prompt: try Self.prompt(layers),
      queries: try Self.source(.queries, layers, mayBeNone: false),
      queryField: try layers.text(.queryField),
      examples: try Self.source(.examples, layers, mayBeNone: true),
      maxCalls: try layers.whole(.maxCalls),
      maxTokens: try layers.whole(.tokenBudget),
      maxUSD: try layers.decimal(.costBudget),
      maxMinutes: try layers.decimal(.timeBudget),
      latency: try layers.whole(.latency) ?? Setting(300, from: .standard))
  }

  private static func prompt(
    _ layers: Layers
  ) throws(ConfigurationError) -> Setting<PromptSource>? {
    guard let said = try layers.text(.prompt) else { return nil }
    guard let source = PromptSource(said.value, home: layers.variable("HOME")) else {
      throw .refused(said.origin, problem: "there is no file named after the @")
    }
    guard case .file(let named) = source else { return said.map { _ in source } }
    let path = layers.resolvedPath(named, from: said.origin)
    return said.map { _ in .file(path) }
  }

  private static func source(
    _ key: Key, _ layers: Layers, mayBeNone: Bool
  ) throws(ConfigurationError) -> Setting<DataSource> {
    guard let said = try layers.text(key) else { return Setting(.builtIn, from: .standard) }
    switch said.value {
    case "builtin": return said.map { _ in .builtIn }
    case "none" where mayBeNone: return said.map { _ in .none }
    case "": throw .refused(said.origin, problem: "this is not the path of a file")
    default:
      let path = layers.resolvedPath(said.value, from: said.origin)
      return said.map { _ in .file(path) }
    }
  }
}

extension OutputChoices {
  init(_ layers: Layers) throws(ConfigurationError) {
    self.init(
      runFile: try layers.path(.runFile), savePrompt: try layers.path(.savePrompt),
      cache: try layers.path(.cache),
      noCache: try layers.truth(.noCache) ?? Setting(false, from: .standard),
      theme: try layers.text(.theme).map { theme in
        theme.value.contains("/")
          ? theme.map { layers.resolvedPath($0, from: theme.origin) } : theme
      })
  }
}

extension NetworkChoices {
  init(_ layers: Layers) throws(ConfigurationError) {
    func seconds(_ key: Key, _ value: Double) throws(ConfigurationError) -> Setting<Double> {
      try layers.decimal(key) ?? Setting(value, from: .standard)
    }
    self.init(
      caFile: try layers.path(.caFile),
      allowPlainHTTP: try layers.truth(.allowPlainHTTP) ?? Setting(false, from: .standard),
      connectTimeout: try seconds(.connectTimeout, 10),
      idleTimeout: try seconds(.idleTimeout, 120),
      totalTimeout: try seconds(.totalTimeout, 600))
  }
}

extension Layers {
  fileprivate func path(_ key: Key) throws(ConfigurationError) -> Setting<String>? {
    guard let said = try text(key) else { return nil }
    guard !said.value.isEmpty else {
      throw .refused(said.origin, problem: "this is not the path of a file")
    }
    return said.map { resolvedPath($0, from: said.origin) }
  }
}
