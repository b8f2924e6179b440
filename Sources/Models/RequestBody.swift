import JSON

/// What is sent for a request: the same request and capabilities give the same bytes.
struct RequestBody {
  let configuration: OpenAIEndpoint.Configuration
  let capabilities: Capabilities

  /// - Parameter count: how many replies are asked for.
  func json(for request: ModelRequest, count: Int = 1) -> JSON {
    var members = [JSON.Member("model", .string(configuration.model))]
    switch configuration.kind {
    case .chat:
      members.append(JSON.Member("messages", .array(messages(of: request).map(Self.json))))
      if request.format == .json, let format = format(of: request) {
        members.append(JSON.Member("response_format", format))
      }
    case .completion(let template):
      members.append(JSON.Member("prompt", .string(template.prompt(for: request.messages))))
      if !template.stop.isEmpty && capabilities.takesStop {
        members.append(JSON.Member("stop", .array(template.stop.map(JSON.string))))
      }
    }
    members += sampling(of: request)
    if count > 1 { members.append(JSON.Member("n", .number(Double(count)))) }
    if isStreamed {
      members.append(JSON.Member("stream", true))
      if capabilities.takesStreamOptions {
        members.append(JSON.Member("stream_options", ["include_usage": true]))
      }
    }
    return .object(members)
  }

  var isStreamed: Bool { configuration.streams && capabilities.takesStream }

  /// What makes this request differ from the usual, in words; empty where nothing does.
  func adaptations(for request: ModelRequest) -> String {
    var relevant = capabilities
    // That is how it answers, not how it is asked.
    relevant.beginsWithThoughts = nil
    if request.sampling.temperature == nil { relevant.takesTemperature = true }
    if request.sampling.topP == nil { relevant.takesTopP = true }
    if request.sampling.maxTokens == nil { relevant.limitFactor = 1 }
    if case .chat = configuration.kind {
      relevant.takesStop = true
      if request.sampling.maxTokens == nil { relevant.limitField = .maxTokens }
      let wantsSchema = request.schema != nil
      if request.format == .text || relevant.jsonMode == .object && !wantsSchema {
        relevant.jsonMode = .schema
      }
      if !request.hasSystemTurn { relevant.systemTurn = .system }
    } else {
      (relevant.limitField, relevant.jsonMode) = (.maxTokens, .schema)
      relevant.systemTurn = .system
    }
    if !configuration.streams { relevant.takesStream = true }
    return relevant.description
  }

  /// The user's turn with the system prompt in it; nil where that has a turn of its own.
  func folded(_ request: ModelRequest) -> String? {
    guard case .chat = configuration.kind, capabilities.systemTurn == .folded,
      request.hasSystemTurn
    else { return nil }
    return messages(of: request).first { $0.role == "user" }?.content
  }

  private func sampling(of request: ModelRequest) -> [JSON.Member] {
    var members: [JSON.Member] = []
    if let temperature = request.sampling.temperature, capabilities.takesTemperature {
      members.append(JSON.Member("temperature", .number(temperature)))
    }
    if let topP = request.sampling.topP, capabilities.takesTopP {
      members.append(JSON.Member("top_p", .number(topP)))
    }
    if let limit = request.sampling.maxTokens {
      // `/completions` never had the newer name.
      let field =
        if case .chat = configuration.kind { capabilities.limitField.rawValue } else {
          "max_tokens"
        }
      members.append(JSON.Member(field, .number(Double(limit * capabilities.limitFactor))))
    }
    if capabilities.takesSeed {
      members.append(JSON.Member("seed", .number(Double(request.seedOnTheWire))))
    }
    return members
  }

  private func format(of request: ModelRequest) -> JSON? {
    switch capabilities.jsonMode {
    case .words: return nil
    case .schema:
      guard let schema = request.schema.flatMap({ JSON(parsing: $0) }) else { fallthrough }
      return [
        "type": "json_schema",
        "json_schema": ["name": "reply", "strict": true, "schema": schema],
      ]
    case .object: return ["type": "json_object"]
    }
  }

  private func messages(of request: ModelRequest) -> [(role: String, content: String)] {
    var messages: [(role: String, content: String)] = []
    var folded: [String] = []
    for message in request.messages {
      switch (message.speaker, capabilities.systemTurn) {
      case (.system, .folded): folded.append(message.content)
      case (.system, .developer): messages.append(("developer", message.content))
      default: messages.append((message.speaker.rawValue, message.content))
      }
    }
    guard !folded.isEmpty else { return messages }
    let system = folded.joined(separator: "\n\n")
    if let first = messages.firstIndex(where: { $0.role == "user" }) {
      messages[first].content = system + "\n\n" + messages[first].content
    } else {
      messages.insert(("user", system), at: 0)
    }
    return messages
  }

  private static func json(_ message: (role: String, content: String)) -> JSON {
    ["role": .string(message.role), "content": .string(message.content)]
  }
}

extension ModelRequest {
  fileprivate var hasSystemTurn: Bool { messages.contains { $0.speaker == .system } }
}
