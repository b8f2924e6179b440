/// Which key goes to which server. Keys come from the environment only.
///
/// A role's own variable goes to its server, whichever that is. `ESPALIER_API_KEY` is the base
/// model's; the other roles get it only on the same server (scheme, host and port). `OPENAI_API_KEY`
/// goes only to OpenAI's own server and to that of `OPENAI_BASE_URL`. Nothing else gets a key.
struct KeyRing {
  private let layers: Layers
  /// The base model's server; nil where it is simulated, for then its key has no place to go.
  private let base: ServerAddress?
  private let openAIServers: [ServerAddress]

  static let openAIVariable = "OPENAI_API_KEY"

  init(_ layers: Layers, base: ServerAddress?) {
    self.layers = layers
    self.base = base
    let named = layers.variable("OPENAI_BASE_URL").flatMap { try? ServerAddress(parsing: $0) }
    openAIServers = [.openAI] + (named.map { [$0] } ?? [])
  }

  func key(
    for role: RoleName, at address: ServerAddress
  ) throws(ConfigurationError) -> Setting<SecretKey>? {
    try first(of: variables(for: role, at: address))
  }

  /// The key in a variable of its own, else the base model's or OpenAI's where it is their server.
  func key(
    in variable: String, at address: ServerAddress
  ) throws(ConfigurationError) -> Setting<SecretKey>? {
    try first(of: [variable] + variables(for: .base, at: address))
  }

  /// Where a key for this server is to be set, the base model's variable where it would be sent there.
  func variableToSet(for role: RoleName, at address: ServerAddress) -> String {
    base?.isSameServer(as: address) == true ? RoleName.base.keyVariable : role.keyVariable
  }

  private func first(
    of variables: [String]
  ) throws(ConfigurationError) -> Setting<SecretKey>? {
    for variable in variables {
      guard let text = layers.variable(variable) else { continue }
      guard let key = SecretKey(text) else {
        throw .refused(
          .variable(variable),
          problem: "the key has a space, a line end or a letter beyond ASCII in it: set it anew")
      }
      return Setting(key, from: .variable(variable))
    }
    return nil
  }

  /// The variables whose key this server may have, the most particular first.
  private func variables(for role: RoleName, at address: ServerAddress) -> [String] {
    var variables: [String] = []
    if role != .base { variables.append(role.keyVariable) }
    if let base, base.isSameServer(as: address) {
      variables.append(RoleName.base.keyVariable)
    }
    if openAIServers.contains(where: { $0.isSameServer(as: address) }) {
      variables.append(Self.openAIVariable)
    }
    return variables
  }
}
