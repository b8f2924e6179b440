/// Everything that decides what a run does, resolved and stored with it: a run file needs no other
/// file to be continued.
package struct RunConfiguration: Hashable, Sendable, Codable {
  /// The readable name of the run, such as `quiet-cedar`.
  package var name: String
  /// `paper` or `default`, or the name of a later preset.
  package var preset: String
  package var settings: SearchSettings
  package var seed: UInt64
  package var initialPrompt: Text
  /// The training queries, already shuffled by the seed: level d answers `queries[d]`.
  package var queries: [Text]
  /// In-context examples that may be shown to the base model.
  package var examples: [Example]
  /// The default aspects, which serve when the judge's choice stays unreadable.
  package var library: [Aspect]
  package var models: [Role: ModelDescription]
  /// The model by which in-context examples are found; nil where they are found by their words, and
  /// in files of earlier versions.
  package var embeddings: ModelDescription?

  package init(
    name: String, preset: String, settings: SearchSettings, seed: UInt64, initialPrompt: Text,
    queries: [Text], examples: [Example], library: [Aspect], models: [Role: ModelDescription],
    embeddings: ModelDescription? = nil
  ) {
    self.name = name
    self.preset = preset
    self.settings = settings
    self.seed = seed
    self.initialPrompt = initialPrompt
    self.queries = queries
    self.examples = examples
    self.library = library
    self.models = models
    self.embeddings = embeddings
  }

  /// Whether any role is played by a simulated model: then every result says so.
  package var isSimulated: Bool { models.values.contains(where: \.isSimulated) }

  /// Whether no call costs anything.
  package var isFree: Bool { models.values.allSatisfy(\.isSimulated) && embeddings == nil }
}

/// The settings of the search that a person may change while it runs; a change counts from the next
/// `open` on.
package struct SearchSettings: Hashable, Sendable, Codable {
  /// W: how many nodes a level keeps. The paper's `beam_size`.
  package var beam: Int
  /// M: how many rewrites an opened node gets. The paper's `n_actions`.
  package var actions: Int
  /// L: prompts on a path, root included. The paper's `depth`.
  package var depth: Int
  /// By how many levels skipped rewrites may deepen the search in all. The paper's
  /// `max_depth_increase`.
  package var maxDepthIncrease: Int
  /// k: in-context examples shown with a query.
  package var examplesShown: Int
  package var unreadable: UnreadablePolicy
  /// Model calls this run may start in all, those answered from a cache left out; nil without a limit,
  /// as with the other budgets.
  package var maxCalls: Int?
  /// Tokens of requests and replies together.
  package var maxTokens: Int?
  /// In USD.
  package var maxCost: Double?
  /// Minutes of work: pauses and the time between two sittings do not count.
  package var maxMinutes: Double?
  /// Left out where it is off, as it is in files of earlier versions.
  private var lift: Bool?

  /// Whether the initial prompt is tried on the query of each level as well, so that one can tell what
  /// the others gained over it. It is no part of the search.
  package var measuresLift: Bool {
    get { lift == true }
    set { lift = newValue ? true : nil }
  }

  package init(
    beam: Int = 2, actions: Int = 3, depth: Int = 20, maxDepthIncrease: Int = 10,
    examplesShown: Int = 2, unreadable: UnreadablePolicy = .unscored, maxCalls: Int? = nil,
    maxTokens: Int? = nil, maxCost: Double? = nil, maxMinutes: Double? = nil,
    measuresLift: Bool = false
  ) {
    self.beam = beam
    self.actions = actions
    self.depth = depth
    self.maxDepthIncrease = maxDepthIncrease
    self.examplesShown = examplesShown
    self.unreadable = unreadable
    self.maxCalls = maxCalls
    self.maxTokens = maxTokens
    self.maxCost = maxCost
    self.maxMinutes = maxMinutes
    self.measuresLift = measuresLift
  }
}

/// What a judgement that stayed unreadable counts for.
package enum UnreadablePolicy: String, Hashable, Sendable, Codable {
  /// A reward of 0 and an empty evaluation, as the paper's authors have it.
  case zero
  /// No score: ranked below every scored sibling, and left out of the path rewards below.
  case unscored
}

/// An in-context example: a query with a good response.
package struct Example: Hashable, Sendable, Codable {
  package var query: Text
  package var response: Text

  package init(query: Text, response: Text) {
    self.query = query
    self.response = response
  }
}

/// Who played a role, for the record; keys and headers are never part of it.
package struct ModelDescription: Hashable, Sendable, Codable {
  package var name: String
  /// The base address of the server; nil for the embedded simulated model.
  package var endpoint: String?
  package var isSimulated: Bool
  package var temperature: Double?
  package var topP: Double?
  package var maxTokens: Int?

  package init(
    name: String, endpoint: String?, isSimulated: Bool, temperature: Double? = nil,
    topP: Double? = nil, maxTokens: Int? = nil
  ) {
    self.name = name
    self.endpoint = endpoint
    self.isSimulated = isSimulated
    self.temperature = temperature
    self.topP = topP
    self.maxTokens = maxTokens
  }
}
