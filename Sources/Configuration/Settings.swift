/// All that was settled for a run before it starts, each value with where it came from.
package struct Settings: Sendable {
  package var search: SearchChoices
  package var output: OutputChoices
  package var network: NetworkChoices
  package var base: RoleSettings
  package var judge: RoleSettings
  package var optimizer: RoleSettings
  /// Nil where in-context examples are found by their words.
  package var embeddings: EmbeddingsChoices?
  /// What a person should know before the first call, a sentence each.
  package var warnings: [String]

  package subscript(role: RoleName) -> RoleSettings {
    switch role {
    case .base: base
    case .judge: judge
    case .optimizer: optimizer
    }
  }

  /// Whether any role is simulated.
  package var isSimulated: Bool { RoleName.allCases.contains { self[$0].isSimulated } }
}

/// What the search does.
package struct SearchChoices: Hashable, Sendable {
  package var preset: Setting<Preset>
  package var beam: Setting<Int>
  package var actions: Setting<Int>
  package var depth: Setting<Int>
  package var maxDepthIncrease: Setting<Int>
  package var examplesShown: Setting<Int>
  /// Whether the initial prompt is tried on the query of each level, for comparison.
  package var lift: Setting<Bool>
  package var seed: Setting<UInt64>
  /// The initial prompt; nil for the program's own.
  package var prompt: Setting<PromptSource>?
  package var queries: Setting<DataSource>
  /// The field of a row that holds the query; nil to find it.
  package var queryField: Setting<String>?
  package var examples: Setting<DataSource>
  /// Model calls the run may start; nil for no limit.
  package var maxCalls: Setting<Int>?
  /// Tokens that requests and replies may take together; nil for no limit.
  package var maxTokens: Setting<Int>?
  /// What the run may cost in USD; nil for no limit.
  package var maxUSD: Setting<Double>?
  /// Minutes that the run may be at work; nil for no limit.
  package var maxMinutes: Setting<Double>?
  /// The median latency of simulated models in milliseconds.
  package var latency: Setting<Int>
}

package enum PromptSource: Hashable, Sendable {
  case text(String)
  /// A file that holds the prompt: said as `@FILE`.
  case file(String)

  /// What a person says in place of a prompt.
  ///
  /// - Parameter home: what `~` stands for.
  /// - Returns: nil for an `@` with no file after it.
  package init?(_ words: String, home: String?) {
    guard words.hasPrefix("@") else {
      self = .text(words)
      return
    }
    guard words != "@" else { return nil }
    self = .file(expandingHome(String(words.dropFirst()), home))
  }
}

/// Where queries or examples come from.
package enum DataSource: Hashable, Sendable {
  /// Those that come with the program: `builtin`.
  case builtIn
  /// Only examples can be `none`.
  case none
  case file(String)
}

/// Where results go, and how they look.
package struct OutputChoices: Hashable, Sendable {
  /// The run file; nil for a new one in `runs/`.
  package var runFile: Setting<String>?
  package var savePrompt: Setting<String>?
  /// The file of replies that runs share; nil where each has only its own.
  package var cache: Setting<String>?
  /// Whether every call is to be made anew.
  package var noCache: Setting<Bool>
  /// A theme by name, or a path, which has a slash; nil for the program's own choice.
  package var theme: Setting<String>?
}

/// What holds for every server.
package struct NetworkChoices: Hashable, Sendable {
  /// A bundle of certificates to trust in place of the system's.
  package var caFile: Setting<String>?
  package var allowPlainHTTP: Setting<Bool>
  /// Seconds.
  package var connectTimeout: Setting<Double>
  /// Seconds without any part of an answer.
  package var idleTimeout: Setting<Double>
  /// Seconds for a whole call.
  package var totalTimeout: Setting<Double>
}

/// Who plays a role, and how it is asked.
package struct RoleSettings: Hashable, Sendable {
  package var role: RoleName
  package var model: Setting<String>
  /// Nil for the simulated model.
  package var address: Setting<ServerAddress>?
  package var kind: Setting<EndpointKind>
  /// How a conversation is written out for a model that only continues text, where somebody said.
  package var template: TemplateChoices
  package var temperature: Setting<Double>
  /// Nil to leave it to the server.
  package var topP: Setting<Double>?
  package var maxTokens: Setting<Int>
  /// Nil where the server wants none.
  package var key: Setting<SecretKey>?
  /// The variable that holds its key, or would.
  package var keyVariable: String
  package var keyHeader: Setting<KeyHeader>
  package var headers: [Setting<ExtraHeader>]
  /// What goes behind the question mark of each address.
  package var query: [Setting<QueryParameter>]
  /// Calls in flight at once.
  package var maxConcurrency: Setting<Int>
  /// Nil where nobody said: then the cost is unknown.
  package var prices: ModelPrices?

  package var isSimulated: Bool { model.value == Self.simulated }

  /// The name of the embedded model.
  package static let simulated = "simulated"
}

/// The kind of call a server is asked with.
package enum EndpointKind: String, Hashable, Sendable, CaseIterable {
  /// `/chat/completions`.
  case chat
  /// `/completions`, for pre-trained models.
  case completions
}

/// How a server wants its key.
package enum KeyHeader: String, Hashable, Sendable, CaseIterable {
  /// `Authorization: Bearer …`.
  case authorization
  /// `api-key: …`, as Azure wants it.
  case apiKey = "api-key"
}

/// What a model costs, in USD for a million tokens.
package struct ModelPrices: Hashable, Sendable {
  package var input: Setting<Double>
  /// Nil where cached tokens cost the same.
  package var cachedInput: Setting<Double>?
  package var output: Setting<Double>
  /// The day the prices were looked up, as 2026-11-21.
  package var date: Setting<String>
}

/// The parts of a conversation as one text, with `{text}` for what was said; nil for the program's own.
package struct TemplateChoices: Hashable, Sendable {
  package var system: Setting<String>?
  package var user: Setting<String>?
  package var assistant: Setting<String>?
  /// What the model is to continue.
  package var opening: Setting<String>?
  /// Where the model is stopped.
  package var stop: Setting<[String]>?
}
