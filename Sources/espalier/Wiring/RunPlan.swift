import Configuration
import DRPO
import Datasets
import Tree

/// A new run, settled in every detail before anything is asked.
struct RunPlan {
  let configuration: RunConfiguration
  let warnings: [String]

  /// What the initial prompt is when nobody names one.
  static let initialPrompt = "You are a helpful assistant."

  init(_ settings: Settings) throws {
    let search = settings.search
    let queries = try Self.queries(search)
    let searchSettings = SearchSettings(
      beam: search.beam.value, actions: search.actions.value, depth: search.depth.value,
      maxDepthIncrease: search.maxDepthIncrease.value, examplesShown: search.examplesShown.value,
      unreadable: search.preset.value.unreadableCountsAsZero ? .zero : .unscored,
      maxCalls: search.maxCalls?.value, maxTokens: search.maxTokens?.value,
      maxCost: search.maxUSD?.value, maxMinutes: search.maxMinutes?.value,
      measuresLift: search.lift.value)
    configuration = RunConfiguration(
      name: RunFiles.newName(), preset: search.preset.value.rawValue, settings: searchSettings,
      seed: search.seed.value, initialPrompt: Text(try Self.prompt(search)),
      queries: queries.shuffled(by: search.seed.value).map { Text($0) },
      examples: try Self.examples(search).map {
        Example(query: Text($0.query), response: Text($0.response))
      },
      library: AspectLibrary.defaultFive, models: Self.models(settings),
      embeddings: Self.embeddings(settings))
    warnings = Self.warnings(queries: queries.count, depth: searchSettings.depth)
  }

  // MARK: Data

  private static func prompt(_ search: SearchChoices) throws -> String {
    try search.prompt?.value.text ?? initialPrompt
  }

  private static func queries(_ search: SearchChoices) throws -> [String] {
    guard case .file(let path) = search.queries.value else {
      return ShippedData.queries.map(\.text)
    }
    let bytes = try Files.read(path)
    let queries = try QueryFile.read(bytes, name: path, field: search.queryField?.value)
    if queries.isEmpty {
      throw Failure("\(path) holds no queries, and a search needs at least one.")
    }
    return queries
  }

  private static func examples(
    _ search: SearchChoices
  ) throws -> [(query: String, response: String)] {
    switch search.examples.value {
    case .builtIn: ShippedData.examples
    case .none: []
    case .file(let path): try ExampleFile.read(try Files.read(path), name: path)
    }
  }

  private static func warnings(queries: Int, depth: Int) -> [String] {
    guard queries < depth else { return [] }
    return [
      "there are \(queries) queries for \(depth) levels, so the search ends at level "
        + "\(queries - 1), where the queries end."
    ]
  }

  // MARK: Models, for the record

  static func models(_ settings: Settings) -> [Role: ModelDescription] {
    var models: [Role: ModelDescription] = [:]
    for role in Role.allCases {
      let chosen = settings[role.name]
      models[role] = ModelDescription(
        name: chosen.model.value, endpoint: chosen.address?.value.description,
        isSimulated: chosen.isSimulated, temperature: chosen.temperature.value,
        topP: chosen.topP?.value, maxTokens: chosen.maxTokens.value)
    }
    return models
  }

  static func embeddings(_ settings: Settings) -> ModelDescription? {
    settings.embeddings.map {
      ModelDescription(
        name: $0.model.value, endpoint: $0.address.value.description, isSimulated: false)
    }
  }

  /// A sentence for each role that another model plays than when the run began.
  static func swaps(_ settings: Settings, _ recorded: RunConfiguration) -> [String] {
    let now = models(settings)
    let swaps: [String] = Role.allCases.compactMap { role in
      guard let old = recorded.models[role], let new = now[role], !old.isSame(as: new) else {
        return nil
      }
      return "the \(role) was \(old.place) so far and is \(new.place) from here on: what came "
        + "before and what comes after may not be by the same model."
    }
    let (old, new) = (recorded.embeddings, embeddings(settings))
    guard let new, old?.isSame(as: new) != true else { return swaps }
    let before = old.map { "by \($0.place)" } ?? "by their words"
    return swaps + ["examples were found \(before) so far, and are by \(new.place) from here on."]
  }
}

extension ModelDescription {
  fileprivate func isSame(as other: ModelDescription) -> Bool {
    (name, endpoint) == (other.name, other.endpoint)
  }

  fileprivate var place: String { endpoint.map { "\(name) at \($0)" } ?? name }
}

extension Role {
  var name: RoleName {
    switch self {
    case .base: .base
    case .judge: .judge
    case .optimizer: .optimizer
    }
  }
}
