import Models

/// What goes wrong with simulated models, for tests of those who call them.
package struct SimulatedFaults: Hashable, Sendable {
  /// The share of replies that can't be read, `0...1`. Drawn from the seed of the request, so the
  /// same request fails again, and a re-ask with a seed of its own draws anew.
  package var unreadable: Double
  /// The share of tries that throw `ModelError.unavailable`, `0...1`. The same request draws anew
  /// each time it is tried.
  package var unavailable: Double

  package init(unreadable: Double = 0, unavailable: Double = 0) {
    self.unreadable = unreadable
    self.unavailable = unavailable
  }

  package static let none = SimulatedFaults()

  /// The reply as it arrives: itself, or spoiled in one of the ways of real models.
  func spoil(_ reply: String, chance: Chance) -> String {
    guard unreadable > 0, chance.of("unreadable").unit < unreadable else { return reply }
    switch chance.of("way").bits % 6 {
    case 0: return ""
    case 1: return String(reply.prefix(reply.count * 2 / 3))
    case 2: return "I'd be happy to help with that! Could you tell me more about what you need?"
    case 3: return "<think>Let me see. \(reply)"
    case 4: return reply.split(separator: "\"").joined(separator: " ")
    default: return "ſ∂ \u{fffd}\u{fffd} 0x1f lorem lorem lorem {{{ \"\" ]"
    }
  }
}

/// How often each request was tried, where that matters: only with faults of transport.
actor SimulatedTries {
  private var tries: [ModelRequest: Int] = [:]

  func next(_ request: ModelRequest) -> Int {
    tries[request, default: 0] += 1
    return tries[request, default: 0]
  }
}
