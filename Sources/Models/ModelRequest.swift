/// One conversation to be answered.
package struct ModelRequest: Hashable, Sendable {
  package struct Message: Hashable, Sendable, Codable {
    package enum Speaker: String, Hashable, Sendable, Codable {
      case system, user, assistant
    }

    package var speaker: Speaker
    package var content: String

    package init(_ speaker: Speaker, _ content: String) {
      self.speaker = speaker
      self.content = content
    }
  }

  package enum Format: String, Hashable, Sendable, Codable {
    case text
    /// One JSON object; where a server can't be told so, the words of the request ask for it anyway.
    case json
  }

  package var messages: [Message]
  package var sampling: Sampling
  package var format: Format
  /// A JSON schema of the object wanted, as JSON, for servers that can be held to one; with `format`
  /// `.json` only. What comes back is checked by who reads it, in any case.
  package var schema: String?
  /// The draw for this call, a hash of the run's seed and the call's key. Servers get it as `seed`,
  /// which is a hint to them; a simulated model draws all its chance from it.
  package var seed: UInt64
  /// What of it servers get: 31 bits, for some of them hold it in an `int`. Simulated models draw from
  /// the same bits, so that one behind a server says what the embedded one says.
  package var seedOnTheWire: UInt64 { seed & 0x7fff_ffff }
  /// Tells requests with the same words apart: the M proposals of a node, repeated judgements.
  package var sample: Int
  /// Where calls wait for a place at a server, those with less go first. It is no part of what is
  /// asked.
  package var urgency: Int

  package init(
    messages: [Message], sampling: Sampling = Sampling(), format: Format = .text,
    schema: String? = nil, seed: UInt64 = 0, sample: Int = 0, urgency: Int = 0
  ) {
    self.messages = messages
    self.sampling = sampling
    self.format = format
    self.schema = schema
    self.seed = seed
    self.sample = sample
    self.urgency = urgency
  }
}

/// How a model is asked to sample; nil leaves the choice to the server.
package struct Sampling: Hashable, Sendable, Codable {
  package var temperature: Double?
  package var topP: Double?
  /// Limit on the reply, in tokens.
  package var maxTokens: Int?

  package init(temperature: Double? = nil, topP: Double? = nil, maxTokens: Int? = nil) {
    self.temperature = temperature
    self.topP = topP
    self.maxTokens = maxTokens
  }
}
