/// What is allowed but probably not meant.
struct Warnings {
  private let settings: Settings
  private let layers: Layers

  init(_ settings: Settings, _ layers: Layers) {
    self.settings = settings
    self.layers = layers
  }

  var all: [String] {
    selfJudging + unusedAddresses + clearText + missingKeys + unusedKeys + unusedLatency
      + unknownVariables
  }

  private var roles: [RoleSettings] { RoleName.allCases.map { settings[$0] } }

  private var selfJudging: [String] {
    let (base, judge) = (settings.base, settings.judge)
    guard !base.isSimulated, base.model.value == judge.model.value,
      base.address?.value == judge.address?.value
    else { return [] }
    return [
      """
      The base model, \(quoted(base.model.value)), judges itself: models favour their own answers. \
      Name another with --judge.
      """
    ]
  }

  private var unusedAddresses: [String] {
    roles.compactMap { role in
      let flag = role.role.addressFlag
      guard role.isSimulated, layers.flags[.address(role.role)] != nil,
        !roles.contains(where: { $0.address?.origin == .flag(flag) })
      else { return nil }
      return "\(flag) is not used: the \(role.role) is simulated."
    }
  }

  private var clearText: [String] {
    roles.compactMap { role in
      guard role.key != nil, let address = role.address?.value, address.scheme == .http,
        !address.isLoopback
      else { return nil }
      return "The key of the \(role.role) goes to \(address) in clear text."
    }
  }

  private var missingKeys: [String] {
    roles.compactMap { role in
      guard role.key == nil, let address = role.address?.value,
        address.isSameServer(as: .openAI)
      else { return nil }
      return """
        There is no key for the \(role.role) at \(address): set \(KeyRing.openAIVariable) \
        or \(role.role.keyVariable).
        """
    }
  }

  private var unusedKeys: [String] {
    RoleName.allCases.compactMap { role in
      let origin = Origin.variable(role.keyVariable)
      guard layers.variable(role.keyVariable) != nil,
        !roles.contains(where: { $0.key?.origin == origin })
      else { return nil }
      // A key that lies ready while all is simulated is no mistake.
      guard roles.contains(where: { !$0.isSimulated }) else { return nil }
      return "\(role.keyVariable) goes to nobody: the \(role) is simulated."
    }
  }

  private var unusedLatency: [String] {
    guard !settings.isSimulated, let flag = Key.latency.flag,
      settings.search.latency.origin == .flag(flag)
    else { return [] }
    return ["\(flag) is not used: it is for simulated models."]
  }

  private var unknownVariables: [String] {
    let known = Set(
      Key.all.compactMap(\.variable) + RoleName.allCases.map(\.keyVariable) + [
        "ESPALIER_CONFIG", EmbeddingsChoices.keyVariable,
      ])
    return layers.environment.keys.sorted().compactMap { name in
      guard name.hasPrefix("ESPALIER_"), !known.contains(name) else { return nil }
      let meant = suggestion(for: name, among: known).map { "; did you mean \($0)?" } ?? "."
      return "There is no variable \(quoted(name))\(meant)"
    }
  }
}
