/// Settles who plays each role.
///
/// The judge and the optimizer are the base model, on its server, unless they are told otherwise.
/// What belongs to a server (headers, query parameters, the form of its key, its width) is shared by
/// all roles on the base model's server; sampling is each role's own.
struct RoleResolver {
  let layers: Layers
  private let preset: Preset
  private let presetOrigin: Origin
  private let network: NetworkChoices
  let prices: [String: ModelPrices]
  private let baseModel: Setting<String>
  /// Where the base model is, or would be if it is simulated: the other roles are there by default.
  let baseAddress: Setting<ServerAddress>
  let keys: KeyRing

  init(
    _ layers: Layers, preset: Setting<Preset>, network: NetworkChoices
  ) throws(ConfigurationError) {
    self.layers = layers
    self.preset = preset.value
    self.presetOrigin = preset.origin == .standard ? .standard : .preset(preset.value.rawValue)
    self.network = network
    prices = try ModelPrices.byModel(
      layers, embeddings: layers.text(.embeddingsModel)?.value)
    let own = try Self.ownModel(.base, layers)
    let simulated = Setting(RoleSettings.simulated, from: .standard)
    baseModel = own ?? simulated
    let ownAddress = try Self.ownAddress(.base, layers)
    if let ownAddress, own == nil, ownAddress.origin != .variable("OPENAI_BASE_URL") {
      throw .noModel(.base, origin: ownAddress.origin)
    }
    baseAddress = ownAddress ?? Setting(.openAI, from: .standard)
    keys = KeyRing(
      layers, base: baseModel.value == RoleSettings.simulated ? nil : baseAddress.value)
  }

  func settings(_ role: RoleName) throws(ConfigurationError) -> RoleSettings {
    let ownModel = try Self.ownModel(role, layers)
    let model = ownModel ?? baseModel
    let ownAddress = try role == .base ? baseAddress : Self.ownAddress(role, layers)
    if role != .base, let ownAddress, ownModel == nil, model.value == RoleSettings.simulated {
      throw .noModel(role, origin: ownAddress.origin)
    }
    let address =
      model.value == RoleSettings.simulated ? nil : ownAddress ?? baseAddress
    let sharesServer = address?.value.isSameServer(as: baseAddress.value) ?? false
    /// The role itself, and the base model where what belongs to a server is shared with it.
    let owners = role == .base || !sharesServer ? [role] : [role, .base]

    let key = try address.flatMap { address throws(ConfigurationError) in
      try keys.key(for: role, at: address.value)
    }
    if let key, let address, address.value.scheme == .http, !address.value.isLoopback,
      !network.allowPlainHTTP.value
    {
      throw .plainHTTP(role, address.value, key: key.origin)
    }

    return RoleSettings(
      role: role,
      model: model,
      address: address,
      kind: try kind(role, hasOwnModel: ownModel != nil, sharesServer: sharesServer),
      template: try template(sharesServer && ownModel == nil ? [role, .base] : [role]),
      temperature: try layers.decimal(.temperature(role))
        ?? Setting(preset.temperature(role), from: presetOrigin),
      topP: try layers.decimal(.topP(role))
        ?? preset.topP(role).map { Setting($0, from: presetOrigin) },
      maxTokens: try layers.whole(.maxTokens(role))
        ?? Setting(preset.maxTokens, from: presetOrigin),
      key: key,
      keyVariable: key?.origin.description
        ?? keys.variableToSet(for: role, at: address?.value ?? baseAddress.value),
      keyHeader: try keyHeader(owners),
      headers: try headers(owners),
      query: query(owners, address),
      maxConcurrency: try maxConcurrency(owners),
      prices: address == nil ? nil : prices[model.value])
  }

  private static func ownModel(
    _ role: RoleName, _ layers: Layers
  ) throws(ConfigurationError) -> Setting<String>? {
    let model = try layers.text(.model(role))
    if let model, model.value.isEmpty {
      throw .refused(model.origin, problem: "the name of the model is empty")
    }
    return model
  }

  private static func ownAddress(
    _ role: RoleName, _ layers: Layers
  ) throws(ConfigurationError) -> Setting<ServerAddress>? {
    guard let text = try layers.text(.address(role)) else { return nil }
    do {
      return Setting(try ServerAddress(parsing: text.value), from: text.origin)
    } catch {
      // What was said is not repeated: a key may stand in it.
      throw .refused(text.origin, problem: "\(error)")
    }
  }

  /// A role that is the base model is asked as it is; any other is asked to chat unless told.
  private func kind(
    _ role: RoleName, hasOwnModel: Bool, sharesServer: Bool
  ) throws(ConfigurationError) -> Setting<EndpointKind> {
    let owners: [RoleName] = role == .base || hasOwnModel || !sharesServer ? [role] : [role, .base]
    for owner in owners {
      let said = try layers.text(.protocolKind(owner))
      if let kind = said?.compactMap(EndpointKind.init(rawValue:)) { return kind }
    }
    return Setting(.chat, from: .standard)
  }

  private func template(_ owners: [RoleName]) throws(ConfigurationError) -> TemplateChoices {
    var choices = TemplateChoices()
    // The role's own last, so that it wins.
    for owner in owners.reversed() {
      if let said = try turn("system", of: owner) { choices.system = said }
      if let said = try turn("user", of: owner) { choices.user = said }
      if let said = try turn("assistant", of: owner) { choices.assistant = said }
      if let said = try layers.text(.template(owner, "opening")) { choices.opening = said }
      if let said = try layers.find(.template(owner, "stop")) {
        choices.stop = said.compactMap(\.asTexts)
      }
    }
    return choices
  }

  private func turn(
    _ part: String, of role: RoleName
  ) throws(ConfigurationError) -> Setting<String>? {
    guard let said = try layers.text(.template(role, part)) else { return nil }
    guard said.value.contains("{text}") else {
      throw .refused(said.origin, problem: "{text}, for what was said, is missing in the template")
    }
    return said
  }

  private func keyHeader(_ owners: [RoleName]) throws(ConfigurationError) -> Setting<KeyHeader> {
    for owner in owners {
      let said = try layers.text(.keyHeader(owner))
      if let header = said?.compactMap(KeyHeader.init(rawValue:)) { return header }
    }
    return Setting(.authorization, from: .standard)
  }

  private func maxConcurrency(_ owners: [RoleName]) throws(ConfigurationError) -> Setting<Int> {
    for owner in owners {
      if let said = try layers.whole(.maxConcurrency(owner)) { return said }
    }
    return Setting(16, from: .standard)
  }

  private func headers(
    _ owners: [RoleName]
  ) throws(ConfigurationError) -> [Setting<ExtraHeader>] {
    for owner in owners {
      var headers: [Setting<ExtraHeader>] = []
      for (name, setting) in layers.texts(.header(owner)) {
        guard let header = ExtraHeader(name: name, value: setting.value) else {
          throw .refused(
            setting.origin,
            problem: "this cannot be a header: it has a character no header may have")
        }
        headers.append(setting.map { _ in header })
      }
      if !headers.isEmpty { return headers }
    }
    return []
  }

  /// What stood in the address itself, and what the file adds; the file wins.
  private func query(
    _ owners: [RoleName], _ address: Setting<ServerAddress>?
  ) -> [Setting<QueryParameter>] {
    guard let address else { return [] }
    let perOwner = owners.map { layers.texts(.queryParameter($0)) }
    let added = (perOwner.first { !$0.isEmpty } ?? []).map { name, setting in
      setting.map { QueryParameter(name: percentEncoded(name), value: percentEncoded($0)) }
    }
    let names = Set(added.map(\.value.name))
    return address.value.query.filter { !names.contains($0.name) }
      .map { Setting($0, from: address.origin) } + added
  }
}

extension Optional {
  /// `flatMap` for a closure that throws a type of its own.
  fileprivate func flatMap<Other, Failure: Error>(
    _ transform: (Wrapped) throws(Failure) -> Other?
  ) throws(Failure) -> Other? {
    guard let self else { return nil }
    return try transform(self)
  }
}

/// All but the unreserved characters of RFC 3986 as `%` and two digits.
private func percentEncoded(_ text: String) -> String {
  let digits = Array("0123456789ABCDEF")
  return text.utf8.reduce(into: "") { result, byte in
    let character = Character(Unicode.Scalar(byte))
    if byte < 0x80, character.isLetter || character.isNumber || "-._~".contains(character) {
      result.append(character)
    } else {
      result += ["%", digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }
}
