/// A setting that a person can make: its place in the configuration file, its flag, its variable,
/// and what it accepts.
struct Key: Hashable, Sendable {
  /// The tables and the name in the configuration file; `*` stands for a name that is the person's.
  let path: [String]
  let kind: Kind
  /// Such as `--beam`; nil where only a variable or the file can say.
  let flag: String?
  /// Such as `ESPALIER_BEAM`; nil where only the file can say.
  let variable: String?
  /// A variable that other programs share; it counts after the file.
  let sharedVariable: String?

  init(
    _ path: String..., kind: Kind, flag: String? = nil, variable: String? = nil,
    sharedVariable: String? = nil
  ) {
    self.path = path
    self.kind = kind
    self.flag = flag
    self.variable = variable
    self.sharedVariable = sharedVariable
  }

  var name: String { path.joined(separator: ".") }

  /// Whether a path of the file is this setting's.
  func matches(_ other: [String]) -> Bool {
    path.count == other.count && zip(path, other).allSatisfy { $0 == "*" || $0 == $1 }
  }
}

// MARK: The search

extension Key {
  static let preset = search(
    "preset", .choice(Preset.allCases.map(\.rawValue)), flag: "--preset")
  static let beam = search("beam", .whole(1...1_000), flag: "--beam")
  static let actions = search("actions", .whole(1...1_000), flag: "--actions")
  static let depth = search("depth", .whole(1...10_000), flag: "--depth")
  static let maxDepthIncrease = search(
    "max_depth_increase", .whole(0...10_000), flag: "--max-depth-increase")
  static let examplesShown = search("k", .whole(0...100), flag: "--k")
  static let lift = search("lift", .truth, flag: "--lift")
  static let seed = search("seed", .whole(0...Int.max), flag: "--seed")
  static let prompt = search("prompt", .text, flag: "--prompt")
  static let queries = search("queries", .path, flag: "--queries")
  static let queryField = search("query_field", .text, flag: "--query-field")
  static let examples = search("examples", .path, flag: "--examples")
  static let maxCalls = search(
    "max_calls", .budget(unit: "calls", isWhole: true), flag: "--max-calls")
  static let tokenBudget = search(
    "max_tokens", .budget(unit: "tokens", isWhole: true), flag: "--max-tokens",
    // ESPALIER_MAX_TOKENS is the base model's limit on a reply.
    variable: "ESPALIER_MAX_TOKENS_IN_ALL")
  static let costBudget = search(
    "max_usd", .budget(unit: "USD", isWhole: false), flag: "--max-usd")
  static let timeBudget = search(
    "max_minutes", .budget(unit: "minutes", isWhole: false), flag: "--max-minutes")
  static let latency = search("latency", .whole(0...3_600_000), flag: "--latency")

  private static func search(
    _ name: String, _ kind: Kind, flag: String, variable: String? = nil
  ) -> Key {
    Key(
      "search", name, kind: kind, flag: flag, variable: variable ?? "ESPALIER_" + name.uppercased())
  }
}

// MARK: Files, screen, network

extension Key {
  static let runFile = Key(
    "output", "run", kind: .path, flag: "--run", variable: "ESPALIER_RUN")
  static let savePrompt = Key(
    "output", "save_prompt", kind: .path, flag: "--save-prompt", variable: "ESPALIER_SAVE_PROMPT")
  static let cache = Key(
    "output", "cache", kind: .path, flag: "--cache", variable: "ESPALIER_CACHE")
  static let embeddingsModel = Key(
    "embeddings", "model", kind: .text, flag: "--embeddings",
    variable: "ESPALIER_EMBEDDINGS_MODEL")
  static let embeddingsAddress = Key(
    "embeddings", "url", kind: .text, flag: "--embeddings-url",
    variable: "ESPALIER_EMBEDDINGS_URL")
  static let noCache = Key(
    "output", "no_cache", kind: .truth, flag: "--no-cache", variable: "ESPALIER_NO_CACHE")
  static let theme = Key(
    "screen", "theme", kind: .text, flag: "--theme", variable: "ESPALIER_THEME")

  static let caFile = Key(
    "network", "ca_file", kind: .path, flag: "--ca-file", variable: "ESPALIER_CA_FILE",
    sharedVariable: "SSL_CERT_FILE")
  static let allowPlainHTTP = Key(
    "network", "allow_plain_http", kind: .truth, flag: "--allow-plain-http",
    variable: "ESPALIER_ALLOW_PLAIN_HTTP")
  static let connectTimeout = timeout("connect_timeout")
  static let idleTimeout = timeout("idle_timeout")
  static let totalTimeout = timeout("total_timeout")

  private static func timeout(_ name: String) -> Key {
    Key(
      "network", name, kind: .decimal(0.1...86_400), variable: "ESPALIER_" + name.uppercased())
  }
}

// MARK: A role

extension Key {
  static func model(_ role: RoleName) -> Key {
    of(role, "model", .text, flag: role.modelFlag)
  }
  static func address(_ role: RoleName) -> Key {
    of(
      role, "url", .text, flag: role.addressFlag,
      sharedVariable: role == .base ? "OPENAI_BASE_URL" : nil)
  }
  static func protocolKind(_ role: RoleName) -> Key {
    of(role, "kind", .choice(EndpointKind.allCases.map(\.rawValue)))
  }
  static func temperature(_ role: RoleName) -> Key { of(role, "temperature", .decimal(0...2)) }
  static func topP(_ role: RoleName) -> Key { of(role, "top_p", .decimal(0...1)) }
  static func maxTokens(_ role: RoleName) -> Key {
    of(role, "max_tokens", .whole(1...10_000_000))
  }
  static func maxConcurrency(_ role: RoleName) -> Key {
    of(role, "max_concurrency", .whole(1...4_096))
  }
  static func keyHeader(_ role: RoleName) -> Key {
    of(role, "key_header", .choice(KeyHeader.allCases.map(\.rawValue)))
  }
  static func header(_ role: RoleName) -> Key {
    Key(role.rawValue, "headers", "*", kind: .text)
  }
  static func queryParameter(_ role: RoleName) -> Key {
    Key(role.rawValue, "query", "*", kind: .text)
  }

  /// The parts of the text that a model which only continues text is given.
  static func template(_ role: RoleName, _ part: String) -> Key {
    Key(role.rawValue, "template", part, kind: part == "stop" ? .texts : .text)
  }
  static let templateParts = ["system", "user", "assistant", "opening", "stop"]

  private static func of(
    _ role: RoleName, _ name: String, _ kind: Kind, flag: String? = nil,
    sharedVariable: String? = nil
  ) -> Key {
    Key(
      role.rawValue, name, kind: kind, flag: flag,
      variable: role.variablePrefix + name.uppercased(), sharedVariable: sharedVariable)
  }
}

// MARK: What models cost

extension Key {
  /// USD for a million tokens.
  static let inputPrice = price("input", .decimal(0...1_000_000))
  static let cachedInputPrice = price("cached_input", .decimal(0...1_000_000))
  static let outputPrice = price("output", .decimal(0...1_000_000))
  static let priceDate = price("date", .date)

  private static func price(_ name: String, _ kind: Kind) -> Key {
    Key("prices", "*", name, kind: kind)
  }
}

extension Key {
  /// All settings there are.
  static let all: [Key] =
    [
      preset, beam, actions, depth, maxDepthIncrease, examplesShown, lift, seed, prompt, queries,
      queryField, examples, maxCalls, tokenBudget, costBudget, timeBudget, latency, runFile,
      savePrompt, cache, noCache, embeddingsModel, embeddingsAddress, theme, caFile, allowPlainHTTP,
      connectTimeout, idleTimeout, totalTimeout,
    ]
    + RoleName.allCases.flatMap { role in
      [
        model(role), address(role), protocolKind(role), temperature(role), topP(role),
        maxTokens(role), maxConcurrency(role), keyHeader(role), header(role),
        queryParameter(role),
      ] + templateParts.map { template(role, $0) }
    } + [inputPrice, cachedInputPrice, outputPrice, priceDate]
}
